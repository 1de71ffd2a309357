import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/**
 * `npm run release`: builds, and writes `release/glia.tar.gz` (a folder `glia/` with the static files, each beside its brotli and gzip
 * form), `glia.tar.gz.sha256` and `glia.cdx.json`, a CycloneDX list of the packages in it. The same commit gives the same bytes.
 * `-- --folder F` writes the static files to F alone. Needs GNU tar.
 */

const COMPRESSED = /\.(css|html|js|json|svg)$/;

/** @throws an Error with the end of what the command wrote */
function run(command: string, args: readonly string[]): string {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] });
  if (done.error ?? done.status !== 0)
    throw new Error(`${command} ${args[0] ?? ''} failed: ${done.error?.message ?? `status ${done.status}`}`);
  return done.stdout;
}

function compress(file: string): void {
  const bytes = readFileSync(file);
  const best = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: best }));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

/** The static files, as they are served. */
function writeFiles(folder: string): void {
  run('vite', ['build', '--logLevel', 'warn']);
  mkdirSync(folder, { recursive: true });
  // Which source became which file is for Glia's own tests.
  cpSync('dist', folder, { recursive: true, filter: (path) => path !== join('dist', '.vite') });
  cpSync('LICENSE', join(folder, 'LICENSE'));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && COMPRESSED.test(entry.name)) compress(join(entry.parentPath, entry.name));
}

/** Seconds since 1970: of the commit, so that building it again gives the same archive. */
const timeOfCommit = (): string => process.env.SOURCE_DATE_EPOCH ?? run('git', ['log', '-1', '--format=%ct']).trim();

interface Bom {
  serialNumber?: string;
  metadata: { timestamp?: string; component: { name: string } };
}

function writeBom(file: string): void {
  const bom = JSON.parse(run('npm', ['sbom', '--omit=dev', '--sbom-format=cyclonedx'])) as Bom;
  // A number at random and the time at which it was made: neither says anything of the packages.
  delete bom.serialNumber;
  bom.metadata.timestamp = new Date(Number(timeOfCommit()) * 1000).toISOString();
  // npm names it after the folder.
  bom.metadata.component.name = 'glia';
  writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
}

function writeArchive(archive: string): void {
  const parent = mkdtempSync(join(tmpdir(), 'glia-'));
  try {
    writeFiles(join(parent, 'glia'));
    const same = ['--sort=name', '--format=ustar', '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX'];
    const tar = join(parent, 'glia.tar');
    run('tar', ['--create', '--file', tar, ...same, `--mtime=@${timeOfCommit()}`, '--directory', parent, 'glia']);
    mkdirSync(dirname(archive), { recursive: true });
    const bytes = gzipSync(readFileSync(tar), { level: 9 });
    writeFileSync(archive, bytes);
    writeFileSync(`${archive}.sha256`, `${createHash('sha256').update(bytes).digest('hex')}  glia.tar.gz\n`);
  } finally {
    rmSync(parent, { recursive: true });
  }
}

const [option, folder] = process.argv.slice(2);
if (option === '--folder' && folder !== undefined) writeFiles(resolve(folder));
else {
  writeArchive('release/glia.tar.gz');
  writeBom('release/glia.cdx.json');
  console.log(readFileSync('release/glia.tar.gz.sha256', 'utf8').trim());
}
