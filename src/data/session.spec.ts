import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from './session';

const TOKEN = 'syt_secret_0123456789';
const HOUR = 3_600_000;
const session: Session = {
  homeserver: { baseUrl: 'https://matrix.example', token: TOKEN },
  userId: '@admin:example',
  serverName: 'example',
  version: '1.163.2',
  mas: false,
  demo: false,
};

/** As the browser's: of this tab, over reloads. */
class TabStorage {
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

let storage: TabStorage;

/** The modules as after a load of the page, before it looks at what its tab keeps. */
async function open() {
  vi.resetModules();
  const { noteLeaving } = await import('./kept-session');
  return { ...(await import('./session')), noteLeaving };
}

/** As after a reload. */
async function load() {
  const page = await open();
  await page.restoreSession();
  return page;
}

/** Another tab of the same browser, open beside the first. */
async function loadBeside(beside = new TabStorage()) {
  const first = storage;
  vi.stubGlobal('sessionStorage', beside);
  const page = await load();
  return { page, storage: beside, back: () => vi.stubGlobal('sessionStorage', first) };
}

function shownOf(page: Awaited<ReturnType<typeof load>>): string | null {
  const state = page.currentSession();
  return state.status === 'signed-out' ? null : state.session.userId;
}

async function keys(): Promise<{ id: string; key: CryptoKey; usedAt: number }[]> {
  const db = await openDB('glia-keys');
  const all = db.objectStoreNames.contains('keys') ? ((await db.getAll('keys')) as never[]) : [];
  db.close();
  return all;
}
const noKeyIsLeft = () => vi.waitFor(async () => expect(await keys()).toEqual([]));

beforeEach(() => {
  storage = new TabStorage();
  vi.stubGlobal('sessionStorage', storage);
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  const db = await openDB('glia-keys');
  if (db.objectStoreNames.contains('keys')) await db.clear('keys');
  db.close();
});

/** From now on the wall clock says so much more; promises and timers go on as ever. */
function wait(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

describe('the session', () => {
  it('outlives a reload of the tab, when kept in the tab', async () => {
    await (await load()).signIn(session, 'tab');
    expect((await load()).currentSession()).toEqual({ status: 'signed-in', session });
    expect((await load()).currentSession()).toEqual({ status: 'signed-in', session });
  });

  it('is encrypted in the tab, with a key that no script can read out', async () => {
    await (await load()).signIn(session, 'tab');
    expect(storage.items.size).toBe(1);
    expect(storage.text).not.toMatch(/syt_|matrix\.example|@admin/);
    expect(storage.text).not.toContain(btoa(TOKEN).slice(0, 12));
    const [{ key } = {}] = await keys();
    expect(key).toMatchObject({ type: 'secret', extractable: false });
  });

  it('leaves no trace in storage, when kept until the page closes', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    page.signIn(session, 'page');
    expect(page.currentSession()).toMatchObject({ status: 'signed-in' });
    expect(storage.items.size).toBe(0);
    await noKeyIsLeft();
    expect((await load()).currentSession()).toEqual({ status: 'signed-out' });
  });

  it('forgets the token on signing out, and what the browser has still on disk is worthless', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    const onDisk = storage.getItem('glia.session');
    page.signOut();
    expect(page.currentSession()).toEqual({ status: 'signed-out' });
    expect(storage.items.size).toBe(0);
    await noKeyIsLeft();
    // “Restore the last session”, a reopened tab, a duplicated one.
    storage.setItem('glia.session', onDisk ?? '');
    expect((await load()).currentSession()).toEqual({ status: 'signed-out' });
    expect(storage.items.size).toBe(0);
  });

  it('takes what was entered with it, where its key is gone when the tab comes back', async () => {
    await (await load()).signIn(session, 'tab');
    storage.setItem('glia.draft x', '{}');
    await load();
    expect(storage.getItem('glia.draft x')).toBe('{}');
    wait(13 * 3_600_000);
    expect((await load()).currentSession()).toEqual({ status: 'signed-out' });
    expect(storage.items.size).toBe(0);
  });

  it('leaves what was entered where nothing was kept: a page’s own session ends with each reload', async () => {
    storage.setItem('glia.draft x', '{}');
    await load();
    expect(storage.getItem('glia.draft x')).toBe('{}');
  });

  it('signs out in the middle of a sign-in that is still being kept', async () => {
    const page = await load();
    const entering = page.signIn(session, 'tab');
    page.signOut();
    await entering;
    expect(page.currentSession()).toEqual({ status: 'signed-out' });
    expect(storage.items.size).toBe(0);
    await noKeyIsLeft();
  });

  it('is not restored where another tab signs the account out everywhere while it is read', async () => {
    await (await load()).signIn(session, 'tab');
    const page = await open();
    const restoring = page.restoreSession();
    page.signOutAs({ baseUrl: session.homeserver.baseUrl, userId: '@other:example' }, 'Another account.');
    page.signOutAs({ baseUrl: session.homeserver.baseUrl, userId: session.userId }, 'Signed out in another tab.');
    await restoring;
    expect(page.currentSession()).toEqual({ status: 'signed-out', why: 'Signed out in another tab.' });
    expect(storage.items.size).toBe(0);
    await noKeyIsLeft();
  });

  it('is restored where it is another account that is signed out while it is read', async () => {
    await (await load()).signIn(session, 'tab');
    const page = await open();
    const restoring = page.restoreSession();
    page.signOutAs({ baseUrl: session.homeserver.baseUrl, userId: '@other:example' }, 'Another account.');
    await restoring;
    expect(page.currentSession().status).toBe('signed-in');
  });

  it('stores no token that the server has refused, and still knows whose page this is', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    page.expireSession('The access token is not accepted');
    expect(page.currentSession()).toMatchObject({ status: 'expired', session: { userId: '@admin:example' } });
    expect(storage.items.size).toBe(0);
    expect(page.homeserverOf({ baseUrl: session.homeserver.baseUrl, userId: session.userId })).toBeNull();
    await noKeyIsLeft();
  });

  it('promise 9: a wave of 401 opens one sign-in, and a late one of it does not end the new session', async () => {
    const page = await load();
    page.signIn(session, 'page');
    const sentBefore = performance.now() - 1;
    page.expireSession('The access token is not accepted', sentBefore + 1);
    await page.signInAgain(session);
    page.expireSession('The access token is not accepted', sentBefore);
    expect(page.currentSession().status).toBe('signed-in');
    page.expireSession('The access token is not accepted', performance.now() + 1);
    expect(page.currentSession().status).toBe('expired');
  });

  it.each([
    ['tab', true],
    ['page', false],
  ] as const)('keeps a new token where the former one was: %s', async (keep, stored) => {
    const page = await load();
    await page.signIn(session, keep);
    page.expireSession('expired');
    await page.signInAgain({ ...session, homeserver: { ...session.homeserver, token: 'syt_new' } });
    expect(page.currentSession()).toMatchObject({ status: 'signed-in', session: { homeserver: { token: 'syt_new' } } });
    expect(storage.items.size > 0).toBe(stored);
    expect((await load()).currentSession().status).toBe(stored ? 'signed-in' : 'signed-out');
  });

  it('is none where the stored one can’t be read, which is removed then: also an unencrypted one of earlier versions', async () => {
    const foreign = JSON.stringify({ id: 'x', iv: 'AAAA', data: '?' });
    for (const text of ['{', '{"userId":1}', 'null', foreign, JSON.stringify(session)]) {
      storage.setItem('glia.session', text);
      expect((await load()).currentSession()).toEqual({ status: 'signed-out' });
      expect(storage.items.size).toBe(0);
    }
  });

  it.each(['sessionStorage', 'indexedDB', 'crypto'])('lives in memory where there is no %s', async (what) => {
    vi.stubGlobal(what, {
      getItem() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    const page = await load();
    await page.signIn(session, 'tab');
    expect(page.currentSession()).toEqual({ status: 'signed-in', session });
    expect(page.tokenKeeping().overReload).toBe(false);
    expect(storage.items.size).toBe(0);
  });

  it('gives a job its homeserver only for the account that began it', async () => {
    const page = await load();
    page.signIn(session, 'page');
    expect(page.homeserverOf({ baseUrl: 'https://matrix.example', userId: '@admin:example' })?.token).toBe(TOKEN);
    expect(page.homeserverOf({ baseUrl: 'https://matrix.example', userId: '@other:example' })).toBeNull();
    expect(page.homeserverOf({ baseUrl: 'https://elsewhere.example', userId: '@admin:example' })).toBeNull();
  });
});

describe('the session ends by itself', () => {
  it('when its tab was away for more than a minute; a reload takes less', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    page.noteLeaving(Date.now());
    wait(50_000);
    expect((await load()).currentSession().status).toBe('signed-in');
    // A crash says no goodbye.
    wait(10 * HOUR);
    const reopened = await load();
    expect(reopened.currentSession().status).toBe('signed-in');
    reopened.noteLeaving(Date.now());
    wait(61_000);
    expect((await load()).currentSession().status).toBe('signed-out');
    await noKeyIsLeft();
  });

  it('not while one signs in on another site, to add an account: that may take half an hour', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    page.noteLeaving(Date.now(), true);
    wait(29 * 60_000);
    const back = await load();
    expect(back.currentSession().status).toBe('signed-in');
    // Once it is back, a closed tab is a closed tab.
    back.noteLeaving(Date.now());
    wait(61_000);
    expect((await load()).currentSession().status).toBe('signed-out');
  });

  it('when Glia was not used for as long as was chosen, whether the page is open or not', async () => {
    const page = await load();
    await page.signIn(session, 'tab', HOUR);
    wait(0.9 * HOUR);
    await page.signOutIfUnused(() => 'Not used.');
    expect(page.currentSession().status).toBe('signed-in');
    page.noteUse();
    wait(0.9 * HOUR);
    await page.signOutIfUnused(() => 'Not used.');
    expect((await load()).currentSession().status).toBe('signed-in');
    wait(1.1 * HOUR);
    await page.signOutIfUnused(() => 'Not used.');
    expect(page.currentSession()).toEqual({ status: 'signed-out', why: 'Not used.' });
    await noKeyIsLeft();
  });

  it('with its key destroyed by the next page that opens, where its own tab is gone', async () => {
    await (await load()).signIn(session, 'tab', HOUR);
    const { back } = await loadBeside();
    expect(await keys()).toHaveLength(1);
    back();
    wait(1.1 * HOUR);
    expect((await load()).currentSession().status).toBe('signed-out');
    expect(await keys()).toEqual([]);
  });

  it('but not while a job of its account asks for the token', async () => {
    const page = await load();
    await page.signIn(session, 'tab', HOUR);
    for (let hours = 0; hours < 3; hours += 0.5) {
      wait(0.5 * HOUR);
      page.homeserverOf({ baseUrl: session.homeserver.baseUrl, userId: session.userId });
      await page.signOutIfUnused(() => 'Not used.');
    }
    expect(page.currentSession().status).toBe('signed-in');
  });
});

describe('the tabs of an account', () => {
  it('each have a key of their own, and signing out everywhere destroys all of them, those of other accounts not', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    const second = await loadBeside();
    await second.page.signIn(session, 'tab');
    const third = await loadBeside();
    await third.page.signIn({ ...session, userId: '@other:example' }, 'tab');
    expect(await keys()).toHaveLength(3);
    second.back();
    await page.signOutEverywhere();
    expect(page.currentSession()).toEqual({ status: 'signed-out' });
    // A tab that slept or was closed finds nothing when it comes back.
    const woken = await loadBeside(second.storage);
    expect(woken.page.currentSession()).toEqual({ status: 'signed-out' });
    expect((await loadBeside(third.storage)).page.currentSession().status).toBe('signed-in');
  });

  it('stays signed in when only the tab that it was duplicated from signs out', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    const copy = new TabStorage();
    for (const [key, value] of storage.items) copy.setItem(key, value);
    const { page: duplicate } = await loadBeside(copy);
    const [{ id } = { id: '' }] = await keys();
    await duplicate.renewKey(id);
    expect(await keys()).toHaveLength(2);
    vi.stubGlobal('sessionStorage', storage);
    page.signOut();
    await vi.waitFor(async () => expect(await keys()).toHaveLength(1));
    expect((await loadBeside(copy)).page.currentSession().status).toBe('signed-in');
  });

  it('sign out with the one that says so, when they are the same account’s', async () => {
    const page = await load();
    page.signIn(session, 'page');
    page.signOutAs({ baseUrl: 'https://matrix.example', userId: '@other:example' }, 'x');
    expect(page.currentSession().status).toBe('signed-in');
    page.signOutAs({ baseUrl: 'https://matrix.example', userId: '@admin:example' }, 'Signed out in another tab.');
    expect(page.currentSession()).toEqual({ status: 'signed-out', why: 'Signed out in another tab.' });
  });
});

describe('several accounts in one tab', () => {
  const other: Session = {
    ...session,
    homeserver: { baseUrl: 'https://other.example', token: 'syt_of_the_other' },
    userId: '@root:other.example',
    serverName: 'other.example',
  };
  const [mine, theirs] = [session, other].map(({ homeserver: { baseUrl }, userId }) => ({ baseUrl, userId })) as [
    { baseUrl: string; userId: string },
    { baseUrl: string; userId: string },
  ];

  async function both(keep: 'page' | 'tab' = 'tab') {
    const page = await load();
    await page.signIn(session, keep);
    await page.signIn(other, keep);
    return page;
  }
  it('shows the one that was added last, then the one that is asked for, and gives jobs the token of each', async () => {
    const page = await both('page');
    expect(shownOf(page)).toBe(other.userId);
    page.showAccount(mine);
    expect(shownOf(page)).toBe(session.userId);
    expect(page.currentAccounts().map((one) => one.session.userId)).toEqual([session.userId, other.userId]);
    expect([page.homeserverOf(mine)?.token, page.homeserverOf(theirs)?.token]).toEqual([TOKEN, 'syt_of_the_other']);
  });

  it('come back after a reload, all of them, with the one that was shown', async () => {
    const page = await both();
    page.showAccount(mine);
    expect(storage.text).not.toMatch(/syt_|example|@admin|@root/);
    const again = await load();
    expect(shownOf(again)).toBe(session.userId);
    expect(again.currentAccounts().map((one) => one.session)).toEqual([session, other]);
    again.showAccount(theirs);
    expect(shownOf(await load())).toBe(other.userId);
    expect(await keys()).toHaveLength(2);
  });

  it('come back where one of them is kept and the other was for the page only', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    page.signIn(other, 'page');
    const again = await load();
    expect(again.currentAccounts().map((one) => one.session)).toEqual([session]);
    expect(shownOf(again)).toBe(session.userId);
  });

  it('that an earlier version of Glia kept, as the only one of its tab, comes back', async () => {
    await (await load()).signIn(session, 'tab');
    const { accounts } = JSON.parse(storage.getItem('glia.session') ?? '') as { accounts: object[] };
    storage.setItem('glia.session', JSON.stringify(accounts[0]));
    const page = await load();
    expect(page.currentSession()).toEqual({ status: 'signed-in', session });
    await page.signIn(other, 'tab');
    expect((await load()).currentAccounts()).toHaveLength(2);
  });

  it('sign out one by one: the others stay, with what was entered in them', async () => {
    const page = await both();
    for (const { baseUrl, userId } of [mine, theirs]) {
      storage.setItem(`glia.draft ${JSON.stringify([baseUrl, userId, 'join'])}`, '{}');
    }
    page.signOut();
    expect(shownOf(page)).toBe(session.userId);
    expect(page.homeserverOf(theirs)).toBeNull();
    expect([...storage.items.keys()].filter((key) => key.startsWith('glia.draft'))).toEqual([
      `glia.draft ${JSON.stringify([mine.baseUrl, mine.userId, 'join'])}`,
    ]);
    await vi.waitFor(async () => expect(await keys()).toHaveLength(1));
    const again = await load();
    expect(again.currentAccounts().map((one) => one.session)).toEqual([session]);
    again.signOut();
    expect(again.currentSession()).toEqual({ status: 'signed-out' });
    expect(storage.items.size).toBe(0);
  });

  it('one token ran out: only its account needs a new one, shown or not', async () => {
    const page = await both();
    page.expireSession('Not accepted', undefined, session.homeserver);
    expect(page.currentSession()).toEqual({ status: 'signed-in', session: other });
    expect(page.currentAccounts()[0]).toMatchObject({ status: 'expired', session: { userId: session.userId } });
    expect([page.homeserverOf(mine), page.homeserverOf(theirs)?.token]).toEqual([null, 'syt_of_the_other']);
    expect((await load()).currentAccounts().map((one) => one.session)).toEqual([other]);
  });

  it('a late word about a token that nobody here has any more ends nobody’s session', async () => {
    const page = await both('page');
    page.expireSession('Not accepted', undefined, { ...session.homeserver, token: 'syt_of_before' });
    page.expireSession('Not accepted', undefined, { ...session.homeserver, baseUrl: 'https://other.example' });
    expect(page.currentAccounts().map(({ status }) => status)).toEqual(['signed-in', 'signed-in']);
  });

  it('takes a new token in the place of the former one, and is not there twice', async () => {
    const page = await both();
    page.showAccount(mine);
    page.expireSession('Not accepted');
    await page.signInAgain({ ...session, homeserver: { ...session.homeserver, token: 'syt_new' } });
    expect(page.currentAccounts().map((one) => one.session.homeserver.token)).toEqual(['syt_new', 'syt_of_the_other']);
    expect((await load()).currentAccounts()).toHaveLength(2);
    expect(await keys()).toHaveLength(2);
  });

  it.each([0, 1])('fresh tokens reach account %i, shown or not, and the former one is forgotten', async (index) => {
    const page = await both();
    const owner = [mine, theirs][index] ?? mine;
    await page.renewToken(owner, { token: 'syt_fresh' });
    expect(page.homeserverOf(owner)?.token).toBe('syt_fresh');
    expect(shownOf(page)).toBe(other.userId);
    // A request that was on its way with the former token.
    page.expireSession('Not accepted', undefined, [session, other][index]?.homeserver);
    expect(page.currentAccounts().map(({ status }) => status)).toEqual(['signed-in', 'signed-in']);
    const again = await load();
    expect(again.homeserverOf(owner)?.token).toBe('syt_fresh');
    expect(shownOf(again)).toBe(other.userId);
    expect(await keys()).toHaveLength(2);
  });

  it('read-only is of the one that is shown, and comes back with it', async () => {
    const page = await both();
    page.showAccount(mine);
    await page.setReadOnly(true);
    expect(page.currentAccounts().map((one) => one.session.readOnly)).toEqual([true, undefined]);
    const again = await load();
    expect(again.currentAccounts().map((one) => one.session.readOnly)).toEqual([true, undefined]);
    expect(shownOf(again)).toBe(session.userId);
    expect(await keys()).toHaveLength(2);
  });

  it('signed out in all tabs, one of them is, and whoever is there is told of it', async () => {
    const page = await both();
    const told: string[] = [];
    page.watchDepartures((gone, why) => told.push(`${gone.userId}: ${JSON.stringify(why)}`));
    page.signOutAs(mine, 'Signed out in another tab.');
    expect(page.currentSession()).toEqual({ status: 'signed-in', session: other });
    expect(told).toEqual(['@admin:example: "Signed out in another tab."']);
    await page.signOutEverywhere();
    expect(page.currentSession()).toEqual({ status: 'signed-out' });
    await noKeyIsLeft();
  });

  it('the one that is not used ends by itself; one whose job asks for its token is used', async () => {
    const page = await load();
    await page.signIn(session, 'tab', HOUR);
    await page.signIn(other, 'tab', 12 * HOUR);
    wait(0.7 * HOUR);
    page.homeserverOf(mine);
    page.noteUse();
    wait(0.7 * HOUR);
    await page.signOutIfUnused(() => 'Not used.');
    expect(page.currentAccounts()).toHaveLength(2);
    wait(0.7 * HOUR);
    await page.signOutIfUnused(() => 'Not used.');
    expect(page.currentAccounts().map((one) => one.session)).toEqual([other]);
    expect(shownOf(page)).toBe(other.userId);
  });

  it('go all at once where the page goes to sleep, and stay kept', async () => {
    const page = await both();
    page.forgetInMemory();
    expect(page.currentSession()).toEqual({ status: 'signed-out', isAway: true });
    expect(page.homeserverOf(mine)).toBeNull();
    const again = await load();
    expect(again.currentAccounts()).toHaveLength(2);
    expect(shownOf(again)).toBe(other.userId);
  });
});
