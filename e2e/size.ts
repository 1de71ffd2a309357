import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** `npm run size`: the sign-in page's budgets, from the built files. Bytes are exact: gzip level 9 of each file. */

const BUDGETS = { transferred: 190_000, initialJs: 150_000, requests: 8 };

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8')) as Record<string, Chunk>;
const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry);
if (!entry) throw new Error('dist/.vite/manifest.json names no entry. Was it built? (npm run build)');

/** The entry and all that it imports at once; what is behind `import()` loads when needed. */
const scripts = new Set<string>();
const styles = new Set<string>();
const queue = [entry];
for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
  const chunk = manifest[key];
  if (!chunk || scripts.has(chunk.file)) continue;
  scripts.add(chunk.file);
  for (const style of chunk.css ?? []) styles.add(style);
  queue.push(...(chunk.imports ?? []));
}

const gzip = (file: string): number => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).byteLength;
const files = ['index.html', 'favicon.svg', ...styles, ...scripts].map((file) => ({ file, bytes: gzip(file) }));
const transferred = files.reduce((sum, { bytes }) => sum + bytes, 0);
const initialJs = files.filter(({ file }) => scripts.has(file)).reduce((sum, { bytes }) => sum + bytes, 0);

for (const { file, bytes } of files) console.log(`${String(bytes).padStart(9)} B  ${file}`);
const figures = { transferred, initialJs, requests: files.length };
let ok = true;
for (const [name, value] of Object.entries(figures)) {
  const budget = BUDGETS[name as keyof typeof BUDGETS];
  const kept = value <= budget;
  ok &&= kept;
  console.log(`${kept ? 'ok  ' : 'OVER'} sign-in page, ${name}: ${value} of ${budget}`);
}
process.exit(ok ? 0 : 1);
