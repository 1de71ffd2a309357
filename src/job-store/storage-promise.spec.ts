import { beforeEach, describe, expect, it, vi } from 'vitest';

const persisted = vi.fn<() => Promise<boolean>>();
const persist = vi.fn<() => Promise<boolean>>();

/** As a page that was just opened. */
async function openPage() {
  vi.resetModules();
  return import('./storage-promise');
}

beforeEach(() => {
  persisted.mockReset().mockResolvedValue(false);
  persist.mockReset().mockResolvedValue(true);
  vi.stubGlobal('navigator', { storage: { persisted, persist } });
  return () => vi.unstubAllGlobals();
});

describe('the promise to keep what is stored', () => {
  it('is asked for once a page, and only by a job that begins: looking asks nothing', async () => {
    const { askForStorage, readStoragePromise, storagePromise } = await openPage();
    await readStoragePromise();
    expect(storagePromise.get()).toBe(false);
    expect(persist).not.toHaveBeenCalled();
    await Promise.all([askForStorage(), askForStorage()]);
    await askForStorage();
    expect(persist).toHaveBeenCalledOnce();
    expect(storagePromise.get()).toBe(true);
  });

  it('is not asked for again where it was given before', async () => {
    persisted.mockResolvedValue(true);
    const { askForStorage, storagePromise } = await openPage();
    await askForStorage();
    expect(persist).not.toHaveBeenCalled();
    expect(storagePromise.get()).toBe(true);
  });

  it('refused, it is no promise; a browser that does not tell leaves it open', async () => {
    persist.mockResolvedValue(false);
    const refused = await openPage();
    await refused.askForStorage();
    expect(refused.storagePromise.get()).toBe(false);
    vi.stubGlobal('navigator', {});
    const silent = await openPage();
    await silent.readStoragePromise();
    await silent.askForStorage();
    expect(silent.storagePromise.get()).toBeNull();
  });
});
