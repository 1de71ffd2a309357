import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  answerAll,
  comes,
  fillDisk,
  full,
  names,
  NOTHING,
  openTab,
  startAfresh,
  stored,
  underWay,
  world,
} from '~/testing/tabs';
import { inWords } from '~/testing/in-words';

/** Two tabs and a disk that has no more room: what is left on it, and what others are told. */

afterEach(startAfresh);

describe('a journal that is lost in the middle', () => {
  it('leaves a mark on disk that is never mistaken for the job; a tab that shows the job says so, and it can’t be resumed', async () => {
    const [one, two] = [await openTab('one'), await openTab('two')];
    const job = await underWay(one);
    const mirror = await two.openKept(job.id);
    world.calls[0]?.answer();
    await comes(() => expect(mirror.row(0).status).toBe('done'));

    fillDisk();
    world.calls[0]?.answer();
    await comes(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'pausing' }));
    for (const call of world.calls) call.answer();
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
    expect(inWords(three.listed())).toMatchObject([
      { id: job.id, total: 6, state: { phase: 'lost', reason: 'The browser has no space left for this site.' } },
    ]);
    expect(three.listed()[0]?.counts.done).toBeLessThan(6);
    await expect(three.openKept(job.id)).rejects.toThrow(/so it can’t be resumed/);
    expect(three.isRunner(job.id)).toBe(false);
    await three.deleteJob(job.id);
    expect(await stored()).toEqual(NOTHING);
  });

  it('goes on in its tab alone: no other tab, which knows nothing of how it goes, can stop it', async () => {
    const [one, two] = [await openTab('one'), await openTab('two')];
    const job = await underWay(one);
    const mirror = await two.openKept(job.id);
    fillDisk();
    for (const call of world.calls) call.answer();
    await comes(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'unkept' }));
    await comes(() => expect(mirror.getSnapshot().state.phase).toBe('lost'));
    job.resume();
    const tabs = new BroadcastChannel('glia-jobs');
    const heard = new Promise((resolve) => tabs.addEventListener('message', resolve));
    mirror.stop();
    await heard;
    tabs.close();
    await answerAll(job);
    expect(job.getSnapshot().counts).toMatchObject({ done: 6, waiting: 0 });
  });

  it('leaves nothing where not even a mark has room, and other tabs no longer list it', async () => {
    const [one, two] = [await openTab('one'), await openTab('two')];
    const job = await underWay(one);
    await two.readKeptJobs();
    expect(two.listed()).toHaveLength(1);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full);
    for (const call of world.calls) call.answer();
    await comes(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'unkept' }));
    expect(await stored()).toEqual(NOTHING);
    await comes(() => expect(two.listed()).toEqual([]));
    one.die(job.id);
  });

  it('a disk that refuses even to forget is asked again, and until then nothing is sent: the stale journal could be resumed', async () => {
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
    for (const call of world.calls) call.answer();
    await comes(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'unkept' }));
    expect(job.getSnapshot().kept).toMatchObject({ ok: false, stale: true });
    const sent = world.asked.length;
    job.resume();
    job.verifyUnknown();
    job.retryFailed();
    expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'unkept' });
    transaction.mockRestore();
    expect(await stored()).toMatchObject({ jobs: 1, plans: 1, items: 1 });
    expect(world.asked).toHaveLength(sent);
    for (const callback of later.splice(0)) callback();
    await comes(async () => expect(await stored()).toEqual({ ...NOTHING, jobs: 1 }));
    await comes(() => expect(job.getSnapshot().kept).not.toHaveProperty('stale'));
    job.resume();
    await answerAll(job);
    expect(job.getSnapshot().counts).toMatchObject({ done: 6 });
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
    expect(world.asked).toEqual([]);
    expect(await stored()).toEqual(NOTHING);
    one.die(job.id);
  });

  it('a finished job whose log can’t be made shorter is still kept', async () => {
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
