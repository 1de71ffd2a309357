import { existsSync, mkdirSync } from 'node:fs';
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { build, runnerImport } from 'vite';
import { chromiumArgs, chromiumPath } from '../chromium.ts';
import { must } from '../synapse/client.ts';
import { places } from '../synapse/places.ts';
import { startSynapse } from '../synapse/server.ts';
import type { openLarge } from './open.ts';
import { PROVIDER, SERVER_NAME, startServer, type BenchServer } from './homeserver.ts';
import type { bench } from './page.tsx';
import { traceTasks } from './tasks.ts';

/** `npm run bench [-- ids | adaptive | many | open | synapse]`: a JSON line a figure. A missed goal is told, not an error. */

const FOLDER = join(places.root, '.cache/bench');
const only = process.argv[2];
const wanted = (part: string): boolean => only === undefined || only === part;

interface Goal {
  least?: number;
  most?: number;
}

function tell(name: string, value: number, unit: string, { least, most }: Goal = {}, ok?: boolean): void {
  const goal = least === undefined ? (most === undefined ? null : `≤ ${most}`) : `≥ ${least}`;
  const kept = (least === undefined || value >= least) && (most === undefined || value <= most);
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  console.log(JSON.stringify({ name, value: rounded, unit, goal, ok: ok ?? (goal === null ? null : kept) }));
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `@user${index}:${SERVER_NAME}`);

type Bench = typeof bench;
const call = <Name extends keyof Bench>(page: Page, name: Name, ...args: Parameters<Bench[Name]>) =>
  page.evaluate(
    ([name, args]) =>
      (window as never as { bench: Record<string, (...args: unknown[]) => unknown> }).bench[name]?.(...args),
    [name, args] as const,
  ) as ReturnType<Bench[Name]>;

/** @param context the profile to open it in; one of its own unless said */
async function open(browser: Browser, server: BenchServer, context?: BrowserContext): Promise<Page> {
  const page = await (context ? context.newPage() : browser.newPage({ ignoreHTTPSErrors: true }));
  const { roundTripMs } = server;
  server.roundTripMs = 0;
  await page.goto(server.baseUrl);
  server.roundTripMs = roundTripMs;
  await page.waitForFunction(() => 'bench' in window);
  return page;
}

const target = (server: BenchServer) => ({
  baseUrl: server.baseUrl,
  token: 'token',
  userId: `@admin:${SERVER_NAME}`,
});

/** One request on a connection of its own, as `requests.get(...)` without a session does. */
function single(url: string, method: string, body?: string): Promise<string> {
  const isSecure = url.startsWith('https');
  const options = { method, headers: { authorization: 'Bearer token' } };
  return new Promise((resolve, reject) => {
    const done = (response: IncomingMessage) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => resolve(text));
    };
    const request = isSecure
      ? requestHttps(
          url,
          { ...options, agent: new HttpsAgent({ keepAlive: false, maxCachedSessions: 0 }), rejectUnauthorized: false },
          done,
        )
      : requestHttp(url, { ...options, agent: new HttpAgent({ keepAlive: false }) }, done);
    request.on('error', reject);
    request.end(body);
  });
}

/** The manual's script: each user is read and PUT, one after the other. @returns ms for all of them, from `sample` of them. */
async function manualScript(server: BenchServer, count: number, sample: number): Promise<number> {
  const began = performance.now();
  for (const name of names(sample)) {
    const url = `${server.baseUrl}/_synapse/admin/v2/users/${encodeURIComponent(name)}`;
    const user = JSON.parse(await single(url, 'GET')) as { external_ids: { auth_provider: string }[] };
    const external_ids = user.external_ids.filter(({ auth_provider }) => auth_provider !== PROVIDER);
    await single(url, 'PUT', JSON.stringify({ external_ids }));
  }
  return ((performance.now() - began) * count) / sample;
}

async function externalIds(browser: Browser): Promise<void> {
  const count = 2000;
  for (const [protocol, least] of [
    ['http/1.1', 10],
    ['h2', 25],
  ] as const) {
    const server = await startServer(FOLDER, protocol);
    Object.assign(server, { roundTripMs: 50, workMs: 0 });
    // Every fifth has something to remove; the script sends a PUT for everyone.
    server.fill(count, 5);
    const script = await manualScript(server, count, 30);
    server.fill(count, 5);
    const page = await open(browser, server);
    server.forget();
    const { scanMs, runMs, planned, done } = await call(page, 'externalIds', target(server), PROVIDER);
    if (done !== planned || server.held() > 0) throw new Error(`${done} of ${planned} done, ${server.held()} left.`);
    const label = `external ids, 2,000 users (400 hold one), 50 ms, ${protocol}`;
    tell(`${label}: the manual's script (30 users, scaled)`, script / 1000, 's');
    tell(`${label}: Glia, reading all`, scanMs / 1000, 's');
    tell(`${label}: Glia, removing, with a look before each`, runMs / 1000, 's');
    tell(`${label}: Glia, requests`, server.requests, 'requests');
    tell(`${label}: times as fast as the script`, script / (scanMs + runMs), '×', { least });
    await page.close();
    server.close();
  }
}

/** The longest run of seconds in which the server's own mean time was beyond twice the unloaded one. */
function crowdedSeconds(times: BenchServer['times'], unloadedMs: number): number {
  const seconds = new Map<number, number[]>();
  for (const { at, ms } of times) {
    const second = Math.floor(at / 1000);
    seconds.set(second, [...(seconds.get(second) ?? []), ms]);
  }
  let longest = 0;
  let run = 0;
  for (const list of seconds.values()) {
    const mean = list.reduce((sum, ms) => sum + ms, 0) / list.length;
    run = mean > 2 * unloadedMs ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

async function adaptive(browser: Browser): Promise<void> {
  const server = await startServer(FOLDER, 'http/1.1');
  server.fill(500, 5);
  const ids = names(500);
  const page = await open(browser, server);
  for (const roundTripMs of [0, 50, 200]) {
    for (const capacity of [1, 3, 12]) {
      Object.assign(server, { roundTripMs, capacity, workMs: 10 });
      await call(page, 'bareLoop', target(server), ids, 6, 300);
      server.forget();
      let best = { rate: 0, atOnce: 0 };
      let unloadedMs = 0;
      for (const atOnce of [1, 2, 3, 4, 5, 6]) {
        const rate = await call(page, 'bareLoop', target(server), ids, atOnce, roundTripMs === 200 ? 2200 : 1200);
        if (atOnce === 1) unloadedMs = server.times.reduce((sum, { ms }) => sum + ms, 0) / server.times.length;
        if (rate > best.rate) best = { rate, atOnce };
      }
      server.forget();
      const ours = await call(page, 'adaptiveLoop', target(server), ids, 10_000);
      const label = `adaptive, ${roundTripMs} ms, capacity ${capacity} × 10 ms`;
      tell(`${label}: best fixed (${best.atOnce} at once)`, best.rate, 'a second');
      tell(`${label}: of the best fixed (${ours.atOnce} at once in the end)`, (100 * ours.rate) / best.rate, '%', {
        least: 95,
      });
      tell(`${label}: server beyond twice its unloaded time`, crowdedSeconds(server.times, unloadedMs), 's on end', {
        most: 3,
      });
    }
  }
  await page.close();
  server.close();
}

async function heapMb(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  // Typed arrays lie outside the heap proper: the ledger is made of them.
  const { usedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return (usedSize + backingStorageSize) / 1_000_000;
}

/** The longest task of the page while it works, in ms of the processor: the same on a busy machine. */
async function traced<Answer>(page: Page, work: () => Promise<Answer>) {
  const tracing = await traceTasks(page);
  const answer = await work();
  const [longest] = await tracing.end();
  return { answer, longestTask: longest?.cpuMs ?? 0 };
}

async function manyItems(browser: Browser): Promise<void> {
  const count = 100_000;
  const server = await startServer(FOLDER, 'http/1.1');
  const runs: Record<string, number>[] = [];
  for (let run = 0; run < 3; run += 1) {
    const page = await open(browser, server);
    const before = await heapMb(page);
    const alone = await traced(page, () => call(page, 'manyItems', count, false));
    const growth = (await heapMb(page)) - before;
    const id = await call(page, 'bigOnDisk');
    const shown = await traced(page, () => call(page, 'manyItems', count, true));
    await call(page, 'bigOnDisk');
    await page.reload();
    await page.waitForFunction(() => 'bench' in window);
    const report = await traced(page, () => call(page, 'openReport', id));
    const { firstRows, csvMs, csvBytes } = report.answer;
    const watched = await watching(browser, server, count);
    if (shown.answer.scrolls === 0 || watched.scrolls === 0) throw new Error('The table was never scrolled.');
    runs.push({
      micros: alone.answer.microsAnItem,
      shownMicros: shown.answer.microsAnItem,
      task: alone.longestTask,
      shownTask: shown.longestTask,
      growth,
      firstRows,
      openTask: report.longestTask,
      csvMs,
      csvBytes,
      watchTask: watched.longestTask,
      restTask: watched.openedLongestTask,
    });
    await page.close();
  }
  server.close();
  const of = (name: string): number => median(runs.map((run) => run[name] ?? Number.NaN));
  const label = '100,000 items, instant answers';
  tell(`${label}: engine and journal, as the app starts a job`, of('micros'), 'µs an item', { most: 60 });
  tell(`${label}: with the table open and scrolled`, of('shownMicros'), 'µs an item');
  tell(`${label}: longest task`, of('task'), 'ms', { most: 50 });
  tell(`${label}: longest task, table open and scrolled`, of('shownTask'), 'ms', { most: 50 });
  tell(`${label}: heap growth`, of('growth'), 'MB', { most: 100 });
  tell('report of 100,000 rows, opened from disk: first rows', of('firstRows') / 1000, 's', { most: 0.5 });
  tell('report of 100,000 rows, opened from disk, and its CSV: longest task', of('openTask'), 'ms', { most: 50 });
  tell('paused job of 100,000 items, half of them done, opened from disk: longest task', of('restTask'), 'ms', {
    most: 50,
  });
  tell('watching tab: longest task while a 100,000-item job runs and ends in another tab', of('watchTask'), 'ms', {
    most: 50,
  });
  tell(`report of 100,000 rows: CSV of ${Math.round(of('csvBytes') / 1e6)} MB`, of('csvMs') / 1000, 's', { most: 2 });
}

/** A tab that shows what another one runs; and a job that rests with half of its items done, opened by a new page. */
async function watching(browser: Browser, server: BenchServer, count: number) {
  const context = await browser.newContext();
  const runner = await open(browser, server, context);
  const id = await call(runner, 'restingAfter', 0, count);
  const watcher = await open(browser, server, context);
  const watched = await traced(watcher, () => call(watcher, 'watch', id, count));
  await watcher.close();
  const resting = await call(runner, 'restingAfter', count / 2, count);
  await runner.reload();
  await runner.waitForFunction(() => 'bench' in window);
  const opened = await traced(runner, () => call(runner, 'openReport', resting));
  await context.close();
  return {
    longestTask: watched.longestTask,
    scrolls: watched.answer.scrolls,
    openedLongestTask: opened.longestTask,
  };
}

async function realSynapse(browser: Browser): Promise<void> {
  if (!process.env.SYNAPSE_URL && !existsSync(places.venv)) {
    console.error('Left out: the real Synapse (npm run test:synapse installs one).');
    return;
  }
  const synapse = await startSynapse();
  const server = await startServer(FOLDER, 'http/1.1');
  try {
    const { baseUrl, adminToken: token, adminId: userId } = synapse;
    let ids = [userId];
    // Only into a server of our own; elsewhere the admin is read over and over.
    if (synapse.own) {
      ids = Array.from({ length: 100 }, (_, index) => `@bench${index}:${synapse.serverName}`);
      for (const id of ids) {
        await must(baseUrl, `/_synapse/admin/v2/users/${encodeURIComponent(id)}`, { method: 'PUT', token, json: {} });
      }
    }
    const page = await open(browser, server);
    const real = { baseUrl, token, userId };
    await call(page, 'bareLoop', real, ids, 6, 2000);
    const bare: number[] = [];
    const ours: { rate: number; atOnce: number }[] = [];
    // In turns, so that neither has the quieter machine.
    for (let turn = 0; turn < 3; turn += 1) {
      bare.push(await call(page, 'bareLoop', real, ids, 6, 5000));
      ours.push(await call(page, 'adaptiveLoop', real, ids, 5000));
    }
    const rate = median(ours.map((one) => one.rate));
    tell('real Synapse, reading users: a bare fetch loop, 6 at once', median(bare), 'a second');
    tell(`real Synapse, reading users: Glia (${median(ours.map((one) => one.atOnce))} at once)`, rate, 'a second');
    tell('real Synapse, reading users: of the bare loop', (100 * rate) / median(bare), '%', { least: 90 });
    await page.close();
  } finally {
    server.close();
    await synapse.stop();
  }
}

/** Of the app as it is built for everyone. */
async function large(browser: Browser): Promise<void> {
  const outDir = join(places.root, '.cache/bench-app');
  const configFile = join(places.root, 'vite.config.ts');
  await build({ root: places.root, configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  // Vite loads it, with the model: its imports are the app's (`~/`, no extensions).
  const { module } = await runnerImport<{ openLarge: typeof openLarge }>(join(places.root, 'e2e/bench/open.ts'), {
    root: places.root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '~': join(places.root, 'src') } },
  });
  await module.openLarge(browser, outDir, tell);
}

// Synapse is our child: leaving by a signal has to pass by the exit handler that ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
mkdirSync(FOLDER, { recursive: true });
await build({
  root: join(places.root, 'e2e/bench'),
  // As the app is built: its texts are macros.
  configFile: join(places.root, 'vite.config.ts'),
  logLevel: 'warn',
  build: {
    outDir: FOLDER,
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
  },
});
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: [...chromiumArgs, '--ignore-certificate-errors'],
});
try {
  if (wanted('ids')) await externalIds(browser);
  if (wanted('adaptive')) await adaptive(browser);
  if (wanted('many')) await manyItems(browser);
  if (wanted('open')) await large(browser);
  if (wanted('synapse')) await realSynapse(browser);
} finally {
  await browser.close();
}
