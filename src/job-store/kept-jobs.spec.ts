import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerAll, comes, full, names, NOTHING, openTab, startAfresh, stored, underWay, world } from '~/testing/tabs';

/** Several tabs and a disk, as promise 7 has them: what one tab does, others are told; one runs a job. */

afterEach(startAfresh);

describe('deleting a job', () => {
  it('where the disk refuses, leaves all as it was, and later results are kept', async () => {
    const one = await openTab('one');
    const job = await underWay(one);
    job.pause();
    for (const call of world.calls) call.answer();
    await comes(() => expect(job.getSnapshot().state.phase).toBe('paused'));
    vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
      throw new DOMException('The disk is gone.', 'UnknownError');
    });
    await expect(one.deleteJob(job.id)).rejects.toThrow(
      'The job was not deleted. The browser’s storage failed: The disk is gone.',
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
    await expect(two.deleteJob(job.id)).rejects.toThrow('The job was not deleted.');
    expect(two.isRunner(job.id)).toBe(false);
  });

  it('of a running one: no message that was still to be sent brings it back', async () => {
    const one = await openTab('one');
    const later: (() => void)[] = [];
    vi.spyOn(one.environment, 'after').mockImplementation((_ms, callback) => {
      later.push(callback);
      return () => undefined;
    });
    const job = await underWay(one);
    // One batch after the other, quicker than they are told.
    for (const item of ['a1', 'a2', 'a3']) {
      world.calls.find((call) => call.item === item)?.answer();
      await comes(() => expect(world.asked).toHaveLength(Number(item[1]) + 2));
    }
    expect(later.length).toBeGreaterThan(0);
    const deleting = one.deleteJob(job.id);
    for (const call of world.calls) call.answer();
    await deleting;
    for (const callback of later) callback();
    expect(one.listed()).toEqual([]);
    expect(await stored()).toEqual(NOTHING);
  });

  it('that has only just begun: nothing of it is written afterwards', async () => {
    const one = await openTab('one');
    const job = one.start(names(3));
    await one.deleteJob(job.id);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(one.listed()).toEqual([]);
    expect(one.open.get(job.id)).toBeUndefined();
    expect(world.asked).toEqual([]);
    expect(await stored()).toEqual(NOTHING);
  });
});

describe('deleting a job that first has to put something back, and can’t be opened', () => {
  it('is tried anew when asked again, and until then no tab keeps it from the others', async () => {
    world.isClosing = true;
    const one = await openTab('one');
    const job = await underWay(one);
    one.die(job.id);
    const two = await openTab('two');
    await two.readKeptJobs();
    world.isBroken = true;
    await expect(two.deleteJob(job.id)).rejects.toThrow(/gate may still be open.*not there/);
    await expect(two.deleteJob(job.id)).rejects.toThrow(/gate may still be open.*not there/);
    expect(two.isRunner(job.id)).toBe(false);
    world.isBroken = false;
    world.calls = [];
    const deleted = two.deleteJob(job.id);
    await comes(() => {
      expect(world.calls).not.toHaveLength(0);
      for (const call of world.calls) call.answer();
    });
    await deleted;
    expect(world.asked.at(-1)).toEqual({ tab: 'two', item: 'a6' });
    expect(await stored()).toEqual(NOTHING);
  });
});

describe('opening a job from disk', () => {
  it('one runner per job: a tab that is asked twice when the other is gone takes over once', async () => {
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
    await comes(() => expect(world.asked.filter(({ tab }) => tab === 'two')).not.toHaveLength(0));
    const here = two.open.get(job.id);
    expect(here).not.toBe(mirror);
    for (let turn = 0; turn < 200 && here?.getSnapshot().counts.done !== 4; turn += 1) {
      for (const call of world.calls.filter(({ tab }) => tab === 'two')) call.answer();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const items = world.asked.filter(({ tab }) => tab === 'two').map(({ item }) => item);
    expect(items.toSorted()).toEqual(['a3', 'a4', 'a5', 'a6']);
    two.die(job.id);
  });

  it('that is at rest in a tab with no token: asked to resume, that tab lets go, and the one that asked resumes it', async () => {
    const [one, two] = [await openTab('one'), await openTab('two')];
    const job = await underWay(one);
    job.pause();
    await comes(() => {
      for (const call of world.calls) call.answer();
      expect(job.getSnapshot().state.phase).toBe('paused');
    });
    const before = world.asked.length;
    const mirror = await two.openKept(job.id);
    await comes(() => expect(mirror.getSnapshot()).toMatchObject({ elsewhere: true, state: { phase: 'paused' } }));
    one.signOut();
    mirror.resume();
    await comes(() => expect(world.asked).not.toHaveLength(before));
    expect(world.asked.slice(before).every(({ tab }) => tab === 'two')).toBe(true);
    expect([one, two].map((tab) => tab.isRunner(job.id))).toEqual([false, true]);
    two.die(job.id);
  });

  it('where its account is not signed in takes no lock: it would only keep the job from a tab that can run it', async () => {
    const one = await openTab('one');
    const job = await underWay(one);
    one.die(job.id);
    const two = await openTab('two');
    two.signOut();
    const shown = await two.openKept(job.id);
    await comes(() => expect(shown.getSnapshot().elsewhere ?? false).toBe(false));
    expect(two.isRunner(job.id)).toBe(false);
    const before = world.asked.length;
    shown.resume();
    const three = await openTab('three');
    const own = await three.openKept(job.id);
    own.resume();
    await comes(() => expect(world.asked).not.toHaveLength(before));
    expect(world.asked.slice(before).every(({ tab }) => tab === 'three')).toBe(true);
    three.die(job.id);
  });

  it('that a tab gets just when it loses its token is free for a tab that has one', async () => {
    const [one, two, three] = [await openTab('one'), await openTab('two'), await openTab('three')];
    const job = await underWay(one);
    const mirror = await two.openKept(job.id);
    job.pause();
    await comes(() => {
      for (const call of world.calls) call.answer();
      expect(mirror.getSnapshot().state.phase).toBe('paused');
    });
    one.signOut();
    mirror.resume();
    two.signOut();
    await comes(() => expect(one.isRunner(job.id)).toBe(false));
    const before = world.asked.length;
    await comes(async () => {
      (await three.openKept(job.id)).resume();
      expect(world.asked).not.toHaveLength(before);
    });
    expect(world.asked.slice(before).every(({ tab }) => tab === 'three')).toBe(true);
    expect(two.isRunner(job.id)).toBe(false);
    three.die(job.id);
  });

  it('that is deleted elsewhere while the list is read does not come back to it', async () => {
    const one = await openTab('one');
    const [left, over] = [await underWay(one), one.start(['b1'])];
    one.die(left.id);
    await answerAll(over);
    await comes(() => expect(one.listed().find(({ id }) => id === over.id)?.state.phase).toBe('finished'));
    // Many that were cut off: of each it is counted what it had sent, and that takes its time.
    const db = await openDB('glia');
    const kept = (await db.get('jobs', left.id)) as { snapshot: object };
    for (let index = 0; index < 100; index += 1) {
      const id = `${left.id}${index}`;
      await db.put('jobs', { ...kept, id, snapshot: { ...kept.snapshot, id } });
    }
    db.close();
    const [two, tabs] = [await openTab('two'), new BroadcastChannel('glia-jobs')];
    const reading = two.readKeptJobs();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origin to name
    tabs.postMessage({ type: 'deleted', id: over.id });
    await reading;
    tabs.close();
    expect(two.listed()).toHaveLength(101);
    expect(two.listed().some(({ id }) => id === over.id)).toBe(false);
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
    await expect(opening).rejects.toThrow(/not completely/);
    expect(two.openKept(job.id)).toBe(opening);
    expect(two.isRunner(job.id)).toBe(false);
  });
});
