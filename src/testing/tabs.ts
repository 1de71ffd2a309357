import { openDB } from 'idb';
import { expect, vi } from 'vitest';
import type { Job, JobSpec, Outcome } from '~/jobs/job';

/** Specs of several tabs and one disk, as promise 7 has them. The spec brings the disk. */

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };

/** What tabs sent, and what is in flight: each is answered by the spec. */
interface Call {
  tab: string;
  item: string;
  answer(): void;
}

export const world = {
  /** In flight. */
  calls: [] as Call[],
  /** Ever sent. */
  asked: [] as Pick<Call, 'tab' | 'item'>[],
  /** Whether the last item puts something back. */
  isClosing: false,
  /** Makes no job again from what was kept, as where a part of Glia can't be loaded after an update. */
  isBroken: false,
};

function specOf(tab: string, items: readonly string[]): JobSpec<string> {
  return {
    kind: 'test',
    title: 'Test',
    owner: OWNER,
    items,
    describe: (item) => ({ id: item, columns: {} }),
    run: (item) =>
      new Promise<Outcome>((resolve) => {
        world.asked.push({ tab, item });
        world.calls.push({
          tab,
          item,
          answer: () => {
            world.calls = world.calls.filter((call) => call.item !== item || call.tab !== tab);
            resolve({ status: 'done' });
          },
        });
      }),
    classify: (error) => ({ kind: 'refused', reason: String(error) }),
    repeatable: false,
    policy: { canary: 0, concurrency: 2 },
    keep: { plan: null, pack: (item) => item },
    ...(world.isClosing && { closing: { does: 'the gate is shut', until: 'The gate may still be open.' } }),
  };
}

/** Modules of its own: it has nothing in common with the other tabs but the disk, the locks and the channel. */
export async function openTab(name: string) {
  vi.resetModules();
  const { deleteJob, startJob } = await import('~/job-store/jobs');
  const { keptJobs, keptSnapshot, openKept, readKeptJobs } = await import('~/job-store/kept-jobs');
  const { registerKind } = await import('~/job-store/job-kinds');
  const { pageEnvironment } = await import('~/jobs/environment');
  const { jobs } = await import('~/jobs/registry');
  const { isRunner, releaseRunner } = await import('~/job-store/runner-lock');
  const { signIn, signOut } = await import('~/data/session');
  const homeserver = { baseUrl: OWNER.baseUrl, token: 'token' };
  const enter = () =>
    signIn(
      { homeserver, userId: OWNER.userId, serverName: 'hs.example', version: '1', mas: false, demo: false },
      'page',
    );
  enter();
  registerKind('test', () =>
    Promise.resolve(({ items }) =>
      world.isBroken
        ? Promise.reject(new Error('A part of Glia is not there.'))
        : Promise.resolve(specOf(name, items as readonly string[]) as unknown as JobSpec<unknown>),
    ),
  );
  return {
    deleteJob,
    openKept,
    readKeptJobs,
    isRunner,
    signOut,
    environment: pageEnvironment,
    open: jobs,
    start: (items: readonly string[]) => startJob(specOf(name, items), items.length),
    /** What its list shows of jobs that it has not open itself. */
    listed: () => [...keptJobs.get().jobs.values()].map((kept) => keptSnapshot(kept, keptJobs.get().elsewhere)),
    /** As the browser does when a tab is gone. */
    die: (id: string) => releaseRunner(id),
  };
}

/** The machine may be busy; what is waited for comes. */
export const comes = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 10_000, interval: 5 });

export async function answerAll(job: Job): Promise<void> {
  for (;;) {
    for (const call of world.calls) call.answer();
    if (job.getSnapshot().state.phase === 'finished') return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** How many records each store of the journal holds. */
export async function stored(): Promise<Record<string, number>> {
  const db = await openDB('glia');
  const counts: Record<string, number> = {};
  for (const name of db.objectStoreNames) counts[name] = await db.count(name);
  db.close();
  return counts;
}
export const NOTHING = { jobs: 0, plans: 0, items: 0, log: 0 };

export const names = (count: number) => Array.from({ length: count }, (_, index) => `a${index + 1}`);

export const full = () => {
  throw new DOMException('', 'QuotaExceededError');
};

/** From now on the disk has no room for entries of a log; a word about a job still fits. */
export function fillDisk(): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    return this.name === 'log' ? full() : put.call(this, value, key);
  });
}

/** A job that is under way, with two items in flight and the first batches on disk. */
export async function underWay(tab: Awaited<ReturnType<typeof openTab>>, count = 6): Promise<Job> {
  const job = tab.start(names(count));
  await comes(() => expect(world.calls).toHaveLength(2));
  return job;
}

/** Nothing in flight, nothing on disk. */
export async function startAfresh(): Promise<void> {
  vi.restoreAllMocks();
  Object.assign(world, { calls: [], asked: [], isBroken: false, isClosing: false });
  const db = await openDB('glia');
  for (const name of db.objectStoreNames) await db.clear(name);
  db.close();
}
