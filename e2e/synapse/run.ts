import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromiumPath, chromiumVersion } from '../chromium.ts';
import { countOf, type PlaywrightResults } from '../playwright-results.ts';
import { battery } from './battery/all.ts';
import { runContract } from './contract.ts';
import type { ContractReport } from './contract.ts';
import { note, startFilled } from './filled.ts';
import type { Filled } from './filled.ts';
import { makeModel } from './model.ts';
import { places } from './places.ts';

/**
 * `npm run test:synapse [-- contract | e2e [playwright's arguments]]`: a real Synapse is started and filled, then the
 * contract between it and the model is looked at, then the app is driven against it in a real Chromium. `--version 1.140.0`
 * takes that Synapse instead of the newest, and the model answers as that version does.
 */

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

// Synapse is our child: leaving by a signal has to pass by the exit handler that ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const CONTRACT_RESULTS = join(places.results, 'synapse-contract.json');
const E2E_RESULTS = join(places.results, 'synapse-e2e.json');

const { version: wanted, rest } = takeVersion(process.argv.slice(2));
const [only, ...playwrightArgs] = rest;
if ((only !== undefined && only !== 'contract' && only !== 'e2e') || (wanted !== undefined && !/^\d/.test(wanted))) {
  console.log('npm run test:synapse [-- [--version 1.140.0] [contract | e2e [playwright arguments]]]');
  process.exit(2);
}
// Playwright's workers start Synapses of their own: the environment reaches them too.
if (wanted !== undefined) process.env.SYNAPSE_VERSION = wanted;

function takeVersion(args: readonly string[]): { version: string | undefined; rest: string[] } {
  const at = args.indexOf('--version');
  if (at === -1) return { version: undefined, rest: [...args] };
  return { version: args[at + 1] ?? '', rest: args.toSpliced(at, 2) };
}

/** When a file of this folder was last changed, ms; 0 where there is none. */
function lastChange(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}

/** GLIA_URL names a build that is served already. */
function buildWhereStale(): void {
  if (process.env.GLIA_URL) return;
  const built = existsSync(places.dist) ? lastChange(join(places.dist, 'index.html')) : 0;
  const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];
  if (built > Math.max(...sources.map((path) => lastChange(join(places.root, path))))) return;
  const build = spawnSync('vite', ['build', '--logLevel', 'warn'], { cwd: places.root, stdio: 'inherit' });
  if (build.status !== 0) throw new Error('The app could not be built.');
}

async function contract({ synapse, world }: Filled, version: string): Promise<Count> {
  if (!synapse.own) {
    console.log('Contract: left out, for it would change a server that is not ours (SYNAPSE_URL is set).');
    return { passed: 0, failed: 0, skipped: battery.length };
  }
  const model = await makeModel(world, version);
  const report: ContractReport = await runContract(
    world,
    version,
    { name: 'Synapse', baseUrl: synapse.baseUrl, send: (request) => fetch(request) },
    { name: 'the model', send: (request) => model.handle(request) },
    console.log,
  );
  for (const crash of model.crashes) console.log('✗ A rule of the model threw:', crash);
  report.failed += model.crashes.length;
  const { passed, failed, known } = report;
  console.log(`Contract: ${passed} passed, ${failed} failed of ${battery.length} requests; ${known} known differences`);
  return { passed, failed, skipped: 0 };
}

async function endToEnd(filled: Filled): Promise<Count> {
  const file = join(places.runs, `${process.pid}-note.json`);
  await note(filled, file);
  const executable = chromiumPath();
  console.log(`The app against Synapse, in ${chromiumVersion(executable)}`);
  const args = ['test', '--config', 'e2e/synapse/playwright.config.ts', ...playwrightArgs];
  const env = { ...process.env, CHROMIUM: executable, SYNAPSE_NOTE: file };
  const done = spawnSync('playwright', args, { cwd: places.root, stdio: 'inherit', env });
  await rm(file, { force: true });
  if (!existsSync(E2E_RESULTS)) throw new Error('Playwright left no results.');
  const { passed, failed, skipped } = countOf(JSON.parse(await readFile(E2E_RESULTS, 'utf8')) as PlaywrightResults);
  // An error outside of any test (a config, a global set-up) fails the run without failing a test.
  return { passed, failed: failed || (done.status === 0 ? 0 : 1), skipped };
}

const counts: Count[] = [];
try {
  await mkdir(places.results, { recursive: true });
  if (only !== 'e2e') await rm(CONTRACT_RESULTS, { force: true });
  if (only !== 'contract') await rm(E2E_RESULTS, { force: true });
  if (only !== 'contract') buildWhereStale();
  const filled = await startFilled();
  const { version } = filled.synapse;
  console.log(`Synapse ${version} at ${filled.synapse.baseUrl}, filled`);
  if (!filled.synapse.own) console.log('The media there keep their true ages: its database is out of reach.');
  if (only !== 'e2e') {
    const count = await contract(filled, version);
    await writeFile(CONTRACT_RESULTS, JSON.stringify(count));
    counts.push(count);
  }
  await filled.synapse.stop();
  if (only !== 'contract') counts.push(await endToEnd(filled));
} catch (error) {
  console.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  counts.push({ passed: 0, failed: 1, skipped: 0 });
}
const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exit(sum('failed') === 0 && sum('passed') > 0 ? 0 : 1);
