import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerAll, names, openTab, startAfresh, underWay } from '~/testing/tabs';

/** Marks of lost journals: their room is never taken from a job that runs, and none that is there passes for none. */

const isHeld = async (id: string) =>
  ((await navigator.locks.query()).held ?? []).some(({ name }) => name === `glia-job ${id}`);

/** A disk whose file of the job answers so. */
function filesAnswer(failure: DOMException): void {
  const refuse = () => Promise.reject(failure);
  const folder = { getFileHandle: refuse, keys: () => [] };
  const root = { getDirectoryHandle: () => Promise.resolve(folder) };
  Object.defineProperty(navigator, 'storage', {
    value: { getDirectory: () => Promise.resolve(root) },
    configurable: true,
  });
}

const { storage } = navigator;
afterEach(async () => {
  Object.defineProperty(navigator, 'storage', { value: storage, configurable: true });
  vi.doUnmock('./lost-marks');
  await startAfresh();
});

describe('the room for a mark', () => {
  it('is reserved under the lock of the job: nobody takes it for that of a job that is gone', async () => {
    const reserved: boolean[] = [];
    vi.doMock('./lost-marks', async (original) => ({
      ...(await original<object>()),
      reserveMark: async (id: string) => {
        reserved.push(await isHeld(id));
        return true;
      },
    }));
    const tab = await openTab('one');
    const job = tab.start(names(2));
    await answerAll(job);
    expect(reserved[0]).toBe(true);
  });

  it('is left where its job began while the marks were read', async () => {
    const removed: string[] = [];
    vi.doMock('./lost-marks', () => ({
      readMark: () => Promise.resolve(),
      readMarks: async () => {
        const { holdRunner } = await import('./runner-lock');
        await holdRunner('begun');
        return new Map([
          ['begun', null],
          ['gone', null],
        ]);
      },
      removeMark: (id: string) => Promise.resolve(removed.push(id) > 0),
    }));
    vi.resetModules();
    const { clearMarks } = await import('./latest-jobs');
    await clearMarks();
    const { releaseRunner } = await import('./runner-lock');
    releaseRunner('begun');
    expect(removed).toEqual(['gone']);
  });
});

describe('a job whose mark', () => {
  it('can’t be read is not resumed: its journal may say less than was done', async () => {
    const one = await openTab('one');
    const job = await underWay(one);
    one.die(job.id);
    filesAnswer(new DOMException('', 'NotReadableError'));
    const two = await openTab('two');
    await expect(two.openKept(job.id)).rejects.toThrow(/could not read .* is complete/);
    expect(two.isRunner(job.id)).toBe(false);
  });

  it('is not there is resumed', async () => {
    const one = await openTab('one');
    const job = await underWay(one);
    one.die(job.id);
    filesAnswer(new DOMException('', 'NotFoundError'));
    const two = await openTab('two');
    expect((await two.openKept(job.id)).row(0)).toBeDefined();
    expect(two.isRunner(job.id)).toBe(true);
  });
});
