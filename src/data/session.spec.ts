import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import {
  HOUR,
  keys,
  load,
  noKeyIsLeft,
  open,
  session,
  tab,
  TabStorage,
  TOKEN,
  inNewTabs,
  wait,
} from '~/testing/session-tab';

inNewTabs();

/** Another tab of the same browser, open beside the first. */
async function loadBeside(beside = new TabStorage()) {
  const first = tab.storage;
  vi.stubGlobal('sessionStorage', beside);
  const page = await load();
  return { page, storage: beside, back: () => vi.stubGlobal('sessionStorage', first) };
}

describe('the session', () => {
  it('outlives a reload of the tab, when kept in the tab', async () => {
    await (await load()).signIn(session, 'tab');
    expect((await load()).currentSession()).toEqual({ status: 'signed-in', session });
    expect((await load()).currentSession()).toEqual({ status: 'signed-in', session });
  });

  it('is encrypted in the tab, with a key that no script can read out', async () => {
    await (await load()).signIn(session, 'tab');
    expect(tab.storage.items.size).toBe(1);
    expect(tab.storage.text).not.toMatch(/syt_|matrix\.example|@admin/);
    expect(tab.storage.text).not.toContain(btoa(TOKEN).slice(0, 12));
    const [{ key } = {}] = await keys();
    expect(key).toMatchObject({ type: 'secret', extractable: false });
  });

  it('leaves no trace in storage, when kept until the page closes', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    page.signIn(session, 'page');
    expect(page.currentSession()).toMatchObject({ status: 'signed-in' });
    expect(tab.storage.items.size).toBe(0);
    await noKeyIsLeft();
    expect((await load()).currentSession()).toEqual({ status: 'signed-out' });
  });

  it('forgets the token on signing out, and what the browser has still on disk is worthless', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    const onDisk = tab.storage.getItem('glia.session');
    page.signOut();
    expect(page.currentSession()).toEqual({ status: 'signed-out' });
    expect(tab.storage.items.size).toBe(0);
    await noKeyIsLeft();
    // “Restore the last session”, a reopened tab, a duplicated one.
    tab.storage.setItem('glia.session', onDisk ?? '');
    expect((await load()).currentSession()).toEqual({ status: 'signed-out' });
    expect(tab.storage.items.size).toBe(0);
  });

  it('takes what was entered with it, where its key is gone when the tab comes back', async () => {
    await (await load()).signIn(session, 'tab');
    tab.storage.setItem('glia.draft x', '{}');
    await load();
    expect(tab.storage.getItem('glia.draft x')).toBe('{}');
    wait(13 * 3_600_000);
    expect((await load()).currentSession()).toEqual({ status: 'signed-out' });
    expect(tab.storage.items.size).toBe(0);
  });

  it('leaves what was entered where nothing was kept: a page’s own session ends with each reload', async () => {
    tab.storage.setItem('glia.draft x', '{}');
    await load();
    expect(tab.storage.getItem('glia.draft x')).toBe('{}');
  });

  it('signs out in the middle of a sign-in that is still being kept', async () => {
    const page = await load();
    const entering = page.signIn(session, 'tab');
    page.signOut();
    await entering;
    expect(page.currentSession()).toEqual({ status: 'signed-out' });
    expect(tab.storage.items.size).toBe(0);
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
    expect(tab.storage.items.size).toBe(0);
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
    expect(tab.storage.items.size).toBe(0);
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
    expect(tab.storage.items.size > 0).toBe(stored);
    expect((await load()).currentSession().status).toBe(stored ? 'signed-in' : 'signed-out');
  });

  it('is none where the stored one can’t be read, which is removed then: also an unencrypted one of earlier versions', async () => {
    const foreign = JSON.stringify({ id: 'x', iv: 'AAAA', data: '?' });
    for (const text of ['{', '{"userId":1}', 'null', foreign, JSON.stringify(session)]) {
      tab.storage.setItem('glia.session', text);
      expect((await load()).currentSession()).toEqual({ status: 'signed-out' });
      expect(tab.storage.items.size).toBe(0);
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
    expect(tab.storage.items.size).toBe(0);
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
    for (const [key, value] of tab.storage.items) copy.setItem(key, value);
    const { page: duplicate } = await loadBeside(copy);
    const [{ id } = { id: '' }] = await keys();
    await duplicate.renewKey(id);
    expect(await keys()).toHaveLength(2);
    vi.stubGlobal('sessionStorage', tab.storage);
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
