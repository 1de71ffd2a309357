import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job, JobSpec, Outcome } from '~/jobs/job';

/** Two tabs and a disk, as promise 7 has them: what one tab does, and what is left on disk, others are told. */

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };

/** What tabs sent, and what is in flight: each is answered by the spec. */
interface Call {
  tab: string;
  item: string;
  answer(): void;
}
let calls: Call[] = [];
let asked: Pick<Call, 'tab' | 'item'>[] = [];

function specOf(tab: string, items: readonly string[]): JobSpec<string> {
  return {
    kind: 'test',
    title: 'Test',
    href: '/test/run',
    owner: OWNER,
    items,
    describe: (item) => ({ id: item, columns: {} }),
    run: (item) =>
      new Promise<Outcome>((resolve) => {
        asked.push({ tab, item });
        calls.push({
          tab,
          item,
          answer: () => {
            calls = calls.filter((call) => call.item !== item || call.tab !== tab);
            resolve({ status: 'done' });
          },
        });
      }),
    classify: (error) => ({ kind: 'refused', reason: String(error) }),
    repeatable: false,
    policy: { canary: 0, concurrency: 2 },
    keep: { plan: null, pack: (item) => item },
  };
}

/** Modules of its own: it has nothing in common with the other tabs but the disk, the locks and the channel. */
async function openTab(name: string) {
  vi.resetModules();
  const { deleteJob, startJob } = await import('./jobs');
  const { keptJobs, keptSnapshot, openKept, readKeptJobs } = await import('./kept-jobs');
  const { registerKind } = await import('./job-kinds');
  const { pageEnvironment } = await import('~/jobs/environment');
  const { jobs } = await import('~/jobs/registry');
  const { isRunner, releaseRunner } = await import('./runner-lock');
  const { signIn, signOut } = await import('./session');
  const homeserver = { baseUrl: OWNER.baseUrl, token: 'token' };
  const enter = () =>
    signIn(
      { homeserver, userId: OWNER.userId, serverName: 'hs.example', version: '1', mas: false, demo: false },
      'page',
    );
  enter();
  registerKind('test', () =>
    Promise.resolve(({ items }) =>
      Promise.resolve(specOf(name, items as readonly string[]) as unknown as JobSpec<unknown>),
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
const comes = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 10_000, interval: 5 });

async function answerAll(job: Job): Promise<void> {
  for (;;) {
    for (const call of calls) call.answer();
    if (job.getSnapshot().state.phase === 'finished') return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** How many records each store of the journal holds. */
async function stored(): Promise<Record<string, number>> {
  const db = await openDB('glia');
  const counts: Record<string, number> = {};
  for (const name of db.objectStoreNames) counts[name] = await db.count(name);
  db.close();
  return counts;
}
const NOTHING = { jobs: 0, plans: 0, items: 0, log: 0 };

const names = (count: number) => Array.from({ length: count }, (_, index) => `a${index + 1}`);

const full = () => {
  throw new DOMException('', 'QuotaExceededError');
};

/** From now on the disk has no room for entries of a log; a word about a job still fits. */
function fillDisk(): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    return this.name === 'log' ? full() : put.call(this, value, key);
  });
}

/** A job that is under way, with two items in flight and the first batches on disk. */
async function underWay(tab: Awaited<ReturnType<typeof openTab>>, count = 6): Promise<Job> {
  const job = tab.start(names(count));
  await comes(() => expect(calls).toHaveLength(2));
  return job;
}

beforeEach(() => {
  calls = [];
  asked = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  const db = await openDB('glia');
  for (const name of db.objectStoreNames) await db.clear(name);
  db.close();
});

describe('a journal that is lost in the middle', () => {
  it('leaves a mark on disk that never claims to be the job; a tab that shows it is told, and nobody goes on from it', async () => {
    const [one, two] = [await openTab('one'), await openTab('two')];
    const job = await underWay(one);
    const mirror = await two.openKept(job.id);
    calls[0]?.answer();
    await comes(() => expect(mirror.row(0).status).toBe('done'));

    fillDisk();
    calls[0]?.answer();
    await comes(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'pausing' }));
    for (const call of calls) call.answer();
    await comes(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'unkept' }));
    expect(await stored()).toEqual({ ...NOTHING, jobs: 1 });
    await comes(() =>
      expect(mirror.getSnapshot()).toMatchObject({ state: { phase: 'lost' }, kept: { ok: false }, elsewhere: true }),
    );

    job.resume();
    await answerAll(job);
    one.die(job.id);
    await comes(() => expect(mirror.getSnapshot().elsewhere).toBeUndefined());
    const three = await openTab('three');
    await three.readKeptJobs();
    expect(three.listed()).toMatchObject([
      { id: job.id, total: 6, state: { phase: 'lost', reason: 'The browser has no more room for this site.' } },
    ]);
    expect(three.listed()[0]?.counts.done).toBeLessThan(6);
    await expect(three.openKept(job.id)).rejects.toThrow(/nothing can go on from here/);
    expect(three.isRunner(job.id)).toBe(false);
    await three.deleteJob(job.id);
    expect(await stored()).toEqual(NOTHING);
  });

  it('leaves nothing where not even a mark has room, and other tabs list it no more', async () => {
    const [one, two] = [await openTab('one'), await openTab('two')];
    const job = await underWay(one);
    await two.readKeptJobs();
    expect(two.listed()).toHaveLength(1);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full);
    for (const call of calls) call.answer();
    await comes(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'unkept' }));
    expect(await stored()).toEqual(NOTHING);
    await comes(() => expect(two.listed()).toEqual([]));
    one.die(job.id);
  });

  it('a disk that refuses even to forget is asked again', async () => {
    const one = await openTab('one');
    const job = await underWay(one);
    const later: (() => void)[] = [];
    vi.spyOn(one.environment, 'after').mockImplementation((_ms, callback) => {
      later.push(callback);
      return () => undefined;
    });
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('The disk is gone.', 'UnknownError');
    });
    for (const call of calls) call.answer();
    await comes(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'unkept' }));
    transaction.mockRestore();
    expect(await stored()).toMatchObject({ jobs: 1, plans: 1, items: 1 });
    for (const callback of later.splice(0)) callback();
    await comes(async () => expect(await stored()).toEqual({ ...NOTHING, jobs: 1 }));
    one.die(job.id);
  });

  it('a plan that does not fit leaves nothing of it on disk, and the job asks before it sends anything', async () => {
    const one = await openTab('one');
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      return Array.isArray(key) && key[1] === 1 ? full() : put.call(this, value, key);
    });
    // Two chunks: the first fits.
    const job = one.start(names(1001));
    await comes(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'unkept' }));
    expect(asked).toEqual([]);
    expect(await stored()).toEqual(NOTHING);
    one.die(job.id);
  });

  it('a finished job whose log can’t be made shorter is kept all the same', async () => {
    const one = await openTab('one');
    const job = await underWay(one, 2);
    const shortening = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(full);
    await answerAll(job);
    await comes(() => expect(one.listed()[0]?.state.phase).toBe('finished'));
    expect(shortening).toHaveBeenCalled();
    expect(job.getSnapshot().kept).toEqual({ ok: true });
    one.die(job.id);
  });
});

describe('deleting a job', () => {
  it('that the disk refuses leaves things as they were: what comes afterwards is kept', async () => {
    const one = await openTab('one');
    const job = await underWay(one);
    job.pause();
    for (const call of calls) call.answer();
    await comes(() => expect(job.getSnapshot().state.phase).toBe('paused'));
    vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
      throw new DOMException('The disk is gone.', 'UnknownError');
    });
    await expect(one.deleteJob(job.id)).rejects.toThrow(
      'It is still there. The browser’s storage failed: The disk is gone.',
    );
    vi.restoreAllMocks();
    expect(one.open.get(job.id)).toBe(job);
    expect(one.isRunner(job.id)).toBe(true);
    job.resume();
    await answerAll(job);
    await comes(() => expect(one.listed()[0]?.state.phase).toBe('finished'));
    one.die(job.id);

    const two = await openTab('two');
    await two.readKeptJobs();
    expect(two.listed()).toMatchObject([{ state: { phase: 'finished' }, counts: { done: 6 } }]);
    // A tab that has it not open does not hold it afterwards either.
    vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(full);
    await expect(two.deleteJob(job.id)).rejects.toThrow('It is still there.');
    expect(two.isRunner(job.id)).toBe(false);
  });

  it('that runs: no word that was still to be told brings it back', async () => {
    const one = await openTab('one');
    const later: (() => void)[] = [];
    vi.spyOn(one.environment, 'after').mockImplementation((_ms, callback) => {
      later.push(callback);
      return () => undefined;
    });
    const job = await underWay(one);
    // One batch after the other, quicker than they are told.
    for (const item of ['a1', 'a2', 'a3']) {
      calls.find((call) => call.item === item)?.answer();
      await comes(() => expect(asked).toHaveLength(Number(item[1]) + 2));
    }
    expect(later.length).toBeGreaterThan(0);
    const deleting = one.deleteJob(job.id);
    for (const call of calls) call.answer();
    await deleting;
    for (const callback of later) callback();
    expect(one.listed()).toEqual([]);
    expect(await stored()).toEqual(NOTHING);
  });

  it('that has only just begun: it is not written down afterwards', async () => {
    const one = await openTab('one');
    const job = one.start(names(3));
    await one.deleteJob(job.id);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(one.listed()).toEqual([]);
    expect(one.open.get(job.id)).toBeUndefined();
    expect(asked).toEqual([]);
    expect(await stored()).toEqual(NOTHING);
  });
});

describe('opening a job from disk', () => {
  it('one runner a job: a tab that is asked twice when the other is gone takes over once', async () => {
    const [one, two] = [await openTab('one'), await openTab('two')];
    const job = await underWay(one);
    const mirror = await two.openKept(job.id);
    expect(mirror.getSnapshot().elsewhere).toBe(true);
    one.die(job.id);
    await comes(() =>
      expect(mirror.getSnapshot()).toMatchObject({ state: { phase: 'paused' }, counts: { unknown: 2 } }),
    );
    mirror.resume();
    mirror.resume();
    await comes(() => expect(asked.filter(({ tab }) => tab === 'two')).not.toHaveLength(0));
    const here = two.open.get(job.id);
    expect(here).not.toBe(mirror);
    for (let turn = 0; turn < 200 && here?.getSnapshot().counts.done !== 4; turn += 1) {
      for (const call of calls.filter(({ tab }) => tab === 'two')) call.answer();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const items = asked.filter(({ tab }) => tab === 'two').map(({ item }) => item);
    expect(items.toSorted()).toEqual(['a3', 'a4', 'a5', 'a6']);
    two.die(job.id);
  });

  it('that rests in a tab with no token: that tab lets go when asked to go on, and the one that asks goes on', async () => {
    const [one, two] = [await openTab('one'), await openTab('two')];
    const job = await underWay(one);
    job.pause();
    await comes(() => {
      for (const call of calls) call.answer();
      expect(job.getSnapshot().state.phase).toBe('paused');
    });
    const before = asked.length;
    const mirror = await two.openKept(job.id);
    await comes(() => expect(mirror.getSnapshot()).toMatchObject({ elsewhere: true, state: { phase: 'paused' } }));
    one.signOut();
    mirror.resume();
    await comes(() => expect(asked).not.toHaveLength(before));
    expect(asked.slice(before).every(({ tab }) => tab === 'two')).toBe(true);
    expect([one, two].map((tab) => tab.isRunner(job.id))).toEqual([false, true]);
    two.die(job.id);
  });

  it('with nobody signed in as who began it takes no lock: it would only keep the job from who can run it', async () => {
    const one = await openTab('one');
    const job = await underWay(one);
    one.die(job.id);
    const two = await openTab('two');
    two.signOut();
    const shown = await two.openKept(job.id);
    await comes(() => expect(shown.getSnapshot().elsewhere ?? false).toBe(false));
    expect(two.isRunner(job.id)).toBe(false);
    const before = asked.length;
    shown.resume();
    const three = await openTab('three');
    const own = await three.openKept(job.id);
    own.resume();
    await comes(() => expect(asked).not.toHaveLength(before));
    expect(asked.slice(before).every(({ tab }) => tab === 'three')).toBe(true);
    three.die(job.id);
  });

  it('that can’t be read says why, and the same again to a screen that asks again', async () => {
    const one = await openTab('one');
    const job = await underWay(one);
    one.die(job.id);
    const db = await openDB('glia');
    await db.delete('plans', job.id);
    db.close();
    const two = await openTab('two');
    const opening = two.openKept(job.id);
    await expect(opening).rejects.toThrow(/not whole/);
    expect(two.openKept(job.id)).toBe(opening);
    expect(two.isRunner(job.id)).toBe(false);
  });
});
