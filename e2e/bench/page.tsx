import '@mantine/core/styles.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import { removeExternalIds } from '~/actions/user/external-ids';
import { getUser } from '~/api/users';
import { startAction } from '../../src/job-store/action-jobs';
import { classifyHomeserverError, startJob, startScan } from '../../src/job-store/jobs';
import { registerKind } from '../../src/job-store/job-kinds';
import { readJob } from '../../src/job-store/journal-db';
import { openKept } from '../../src/job-store/kept-jobs';
import { signIn, type Session } from '~/data/session';
import { planRemoval } from '~/features/external-ids/plan';
import { planMade } from '../../src/testing/signed-in';
import { beginScan, type ScanResult } from '~/features/external-ids/scan';
import type { Job, JobSpec, Outcome } from '~/jobs/job';
import { JobDetails } from '~/ui/job/JobDetails';
import '~/locales/language';

/** What is measured, in the browser: the code that ships, not a copy of it. */

const DONE: Outcome = { status: 'done' };

interface Server {
  baseUrl: string;
  token: string;
  userId: string;
}

const sessionOf = ({ baseUrl, token, userId }: Server): Session => ({
  homeserver: { baseUrl, token },
  userId,
  serverName: userId.slice(userId.indexOf(':') + 1),
  version: '1.163.2',
  mas: false,
  demo: false,
});

/** Reads all users, plans, and runs the plan: as the wizard does. Ms of each. */
async function externalIds(server: Server, provider: string) {
  const session = sessionOf(server);
  signIn(session, 'page');
  const began = performance.now();
  const scanned = await planMade<ScanResult>((making) => beginScan(session, { kind: 'everyone' }, making));
  const read = performance.now();
  const plan = planRemoval({ scanned, provider, only: null, me: server.userId });
  const { items } = plan;
  const job = startAction(removeExternalIds, { items, input: { provider } }, session, items.length);
  const { counts } = await job.settled();
  return { scanMs: read - began, runMs: performance.now() - read, planned: plan.items.length, done: counts.done };
}

/** Answers a second of a bare loop: so many fetches at once, nothing else. `urls` in turns, for `ms` or once through. */
async function bareLoop(server: Server, ids: readonly string[], atOnce: number, ms: number | null) {
  const headers = { Authorization: `Bearer ${server.token}` };
  const began = performance.now();
  let next = 0;
  let answers = 0;
  const worker = async () => {
    while (ms === null ? next < ids.length : performance.now() - began < ms) {
      const id = ids[next % ids.length] ?? '';
      next += 1;
      const response = await fetch(`${server.baseUrl}/_synapse/admin/v2/users/${encodeURIComponent(id)}`, { headers });
      if (!response.ok) throw new Error(`${response.status} for ${id}`);
      await response.json();
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (answers * 1000) / (performance.now() - began);
}

/** Answers a second of a job that reads the same, for `ms` or once through; and how many at once it came to. */
async function adaptiveLoop(server: Server, ids: readonly string[], ms: number | null) {
  signIn(sessionOf(server), 'page');
  const items = Array.from({ length: ms === null ? ids.length : 100_000 }, (_, index) => index);
  const hs = { baseUrl: server.baseUrl, token: server.token };
  const began = performance.now();
  const job = startScan<number>({
    kind: 'scan',
    title: 'Read users',
    owner: { baseUrl: server.baseUrl, userId: server.userId },
    items,
    describe: (item) => ({ id: String(item), columns: {} }),
    async run(item, { signal }) {
      await getUser(hs, ids[item % ids.length] ?? '', signal);
      return DONE;
    },
    classify: classifyHomeserverError,
    repeatable: true,
  });
  let atOnce = 0;
  if (ms !== null) {
    setTimeout(() => {
      atOnce = job.getSnapshot().concurrency;
      job.stop();
    }, ms);
  }
  const { counts } = await job.settled();
  if (counts.failed + counts.unknown > 0) throw new Error(`${counts.failed + counts.unknown} were not read.`);
  return { rate: (counts.done * 1000) / (performance.now() - began), atOnce };
}

let root: Root | null = null;
let big: Job | null = null;

/** What stands around every page of the app: it is there long before a job is opened. */
function render(content: ReactNode): void {
  const place = document.querySelector('#root');
  if (!place) throw new Error('The page has no #root.');
  root ??= createRoot(place);
  root.render(
    <I18nProvider i18n={i18n}>
      <MantineProvider>
        <MemoryRouter>{content}</MemoryRouter>
      </MantineProvider>
    </I18nProvider>,
  );
}

const show = (job: Job): void => render(<JobDetails key={job.id} job={job} signedIn />);
const hide = (): void => render(null);
hide();

/** The element that scrolls the ledger: the tallest content of all. */
function scroller(): Element | undefined {
  return [...document.querySelectorAll('#root *')]
    .filter((one) => one.scrollHeight > 4 * one.clientHeight && one.clientHeight > 100)
    .toSorted((a, b) => b.scrollHeight - a.scrollHeight)[0];
}

const BIG_OWNER = { baseUrl: 'https://bench.test', userId: '@admin:bench.test' };
/** Only a tab with a token of the job’s account runs it. */
const signInForBig = () => signIn(sessionOf({ ...BIG_OWNER, token: 'token' }), 'page');

const bigSpec = (items: readonly number[]): JobSpec<number> => ({
  kind: 'bench',
  title: 'Many items, answered at once',
  owner: BIG_OWNER,
  items,
  describe: (item) => ({ id: `@user${item}:bench.test`, columns: { room: `!room${item % 1000}:bench.test` } }),
  run: () => Promise.resolve(DONE),
  verify: () => Promise.resolve(DONE),
  classify: (error) => ({ kind: 'refused', reason: String(error) }),
  repeatable: true,
  keep: { plan: null, pack: (item) => item },
});
registerKind('bench', () => Promise.resolve(({ items }) => Promise.resolve(bigSpec(items as number[]))));

/** With its journal on disk, as every job that the app starts. */
function beginBig(count: number): Job {
  signInForBig();
  return startJob(bigSpec(Array.from({ length: count }, (_, index) => index)), count);
}

/** Scrolls the table that is shown, twenty times a second. @returns a function that ends it, and tells how often it was. */
function scrollAlong(): () => number {
  let scrolls = 0;
  const timer = window.setInterval(() => {
    const element = scroller();
    if (!element) return;
    scrolls += 1;
    element.scrollTop = (element.scrollTop + 4000) % element.scrollHeight;
  }, 50);
  return () => {
    window.clearInterval(timer);
    return scrolls;
  };
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A job of `count` items whose answers are there at once. With its table open and scrolled all along, or without. */
async function manyItems(count: number, withTable: boolean) {
  const began = performance.now();
  const job = beginBig(count);
  big = job;
  let scrolls = 0;
  if (withTable) show(job);
  const endScrolling = withTable ? scrollAlong() : () => 0;
  const { counts } = await job.settled();
  const ms = performance.now() - began;
  if (counts.done !== count) throw new Error(`Only ${counts.done} of ${count} are done.`);
  if (withTable) {
    // Opening the table and its last snapshot are part of it.
    await rest(500);
    scrolls = endScrolling();
    hide();
  }
  return { microsAnItem: (ms * 1000) / count, scrolls };
}

/** Begins such a job and lets it rest after some of its items. @returns its id, once all of that is on disk. */
async function restingAfter(done: number, count: number): Promise<string> {
  const job = beginBig(count);
  big = job;
  await new Promise<void>((resolve) => {
    const look = () => {
      if (job.getSnapshot().counts.done >= done) resolve();
    };
    job.subscribe(look);
    look();
  });
  job.pause();
  return bigOnDisk('paused');
}

/** Shows a job that another tab has at rest, lets that tab go on with it, and scrolls its table until it is over. */
async function watch(id: string, count: number) {
  signInForBig();
  const job = await openKept(id);
  if (!job.getSnapshot().elsewhere) throw new Error('No other tab has it.');
  show(job);
  const endScrolling = scrollAlong();
  job.resume();
  await job.settled();
  await rest(500);
  const scrolls = endScrolling();
  const done = job.indexes(['done']).length;
  if (done !== count) throw new Error(`Only ${done} of ${count} rows are shown as done.`);
  hide();
  return { scrolls };
}

/** The id of what ran last, once it is on disk as it is now. */
async function bigOnDisk(phase: 'finished' | 'paused' = 'finished'): Promise<string> {
  if (!big) throw new Error('Nothing ran yet.');
  const { id } = big;
  for (;;) {
    if (big.getSnapshot().kept?.ok !== true) throw new Error('It is not kept.');
    const kept = await readJob(id);
    if (kept?.snapshot.state.phase === phase) return id;
    await rest(50);
  }
}

/** Opens the report of a job on disk, in a page that never saw it. Ms until its first row is there, and ms for its CSV. */
async function openReport(id: string) {
  signInForBig();
  const began = performance.now();
  big = await openKept(id);
  show(big);
  while (!document.body.textContent.includes('@user0:bench.test')) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  const firstRows = performance.now() - began;
  await rest(200);
  hide();
  const csvBegan = performance.now();
  const { reportFile } = await import('~/jobs/report');
  const csv = await reportFile(big, 'csv');
  return { firstRows, csvMs: performance.now() - csvBegan, csvBytes: csv.size };
}

export const bench = { externalIds, bareLoop, adaptiveLoop, manyItems, bigOnDisk, openReport, restingAfter, watch };
Object.assign(window, { bench });
