import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { Session } from '~/data/session';

/** A tab of a browser with what it keeps of its session, over reloads. For specs of `data/session`; each needs a fake IndexedDB. */

export const TOKEN = 'syt_secret_0123456789';
export const HOUR = 3_600_000;
export const session: Session = {
  homeserver: { baseUrl: 'https://matrix.example', token: TOKEN },
  userId: '@admin:example',
  serverName: 'example',
  version: '1.163.2',
  mas: false,
  demo: false,
};

/** As the browser's: of this tab, over reloads. */
export class TabStorage {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
  key = (index: number) => [...this.items.keys()][index] ?? null;
  get length() {
    return this.items.size;
  }
  get text() {
    return JSON.stringify([...this.items]);
  }
}

/** A new one for each test. */
export const tab = { storage: new TabStorage() };

/** Each test begins in a new tab, and leaves no key behind. */
export function inNewTabs(): void {
  beforeEach(() => {
    tab.storage = new TabStorage();
    vi.stubGlobal('sessionStorage', tab.storage);
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    // Not emptied: opening it here would make one without a place for keys, where the test kept nothing.
    await deleteDB('glia-keys');
  });
}

/** The modules as after a load of the page, before it looks at what its tab keeps. */
export async function open() {
  vi.resetModules();
  const { noteLeaving } = await import('~/data/kept-session');
  return { ...(await import('~/data/session')), noteLeaving };
}

/** As after a reload. */
export async function load() {
  const page = await open();
  await page.restoreSession();
  return page;
}

export function shownOf(page: Awaited<ReturnType<typeof load>>): string | null {
  const state = page.currentSession();
  return state.status === 'signed-out' ? null : state.session.userId;
}

export async function keys(): Promise<{ id: string; key: CryptoKey; usedAt: number }[]> {
  const db = await openDB('glia-keys');
  const all = db.objectStoreNames.contains('keys') ? ((await db.getAll('keys')) as never[]) : [];
  db.close();
  return all;
}
export const noKeyIsLeft = () => vi.waitFor(async () => expect(await keys()).toEqual([]));

/** From now on the wall clock says so much more; promises and timers go on as ever. */
export function wait(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}
