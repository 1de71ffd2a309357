import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from './session';

const TOKEN = 'syt_secret_0123456789';
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
  get text() {
    return JSON.stringify([...this.items]);
  }
}

let storage: TabStorage;

/** The module as after a load of the page. */
async function load() {
  vi.resetModules();
  return import('./session');
}

beforeEach(() => {
  storage = new TabStorage();
  vi.stubGlobal('sessionStorage', storage);
});
afterEach(() => vi.unstubAllGlobals());

describe('the session', () => {
  it('outlives a reload of the tab, when kept in the tab', async () => {
    (await load()).signIn(session, 'tab');
    expect((await load()).currentSession()).toEqual({ status: 'signed-in', session });
  });

  it('leaves no trace in storage, when kept until the page closes', async () => {
    const page = await load();
    page.signIn(session, 'tab');
    page.signIn(session, 'page');
    expect(page.currentSession()).toMatchObject({ status: 'signed-in' });
    expect(storage.text).not.toContain(TOKEN);
    expect((await load()).currentSession()).toEqual({ status: 'signed-out' });
  });

  it('forgets the token on signing out', async () => {
    const page = await load();
    page.signIn(session, 'tab');
    page.signOut();
    expect(page.currentSession()).toEqual({ status: 'signed-out' });
    expect(storage.items.size).toBe(0);
  });

  it('stores no token that the server has refused, and still knows whose page this is', async () => {
    const page = await load();
    page.signIn(session, 'tab');
    page.expireSession('The access token is not accepted');
    expect(page.currentSession()).toMatchObject({ status: 'expired', session: { userId: '@admin:example' } });
    expect(storage.items.size).toBe(0);
    expect(page.homeserverOf({ baseUrl: session.homeserver.baseUrl, userId: session.userId })).toBeNull();
  });

  it('promise 9: a wave of 401 opens one sign-in, and a late one of it does not end the new session', async () => {
    const page = await load();
    page.signIn(session, 'page');
    const sentBefore = performance.now() - 1;
    page.expireSession('The access token is not accepted', sentBefore + 1);
    page.signInAgain(session);
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
    page.signIn(session, keep);
    page.expireSession('expired');
    page.signInAgain({ ...session, homeserver: { ...session.homeserver, token: 'syt_new' } });
    expect(page.currentSession()).toMatchObject({ status: 'signed-in', session: { homeserver: { token: 'syt_new' } } });
    expect(storage.text.includes('syt_new')).toBe(stored);
  });

  it('is none where the stored one can’t be read', async () => {
    for (const text of ['{', '{"userId":1}', 'null']) {
      storage.setItem('glia.session', text);
      expect((await load()).currentSession()).toEqual({ status: 'signed-out' });
    }
  });

  it('lives in memory where storage is forbidden', async () => {
    vi.stubGlobal('sessionStorage', {
      getItem() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    const page = await load();
    page.signIn(session, 'tab');
    expect(page.currentSession()).toEqual({ status: 'signed-in', session });
  });

  it('gives a job its homeserver only for the account that began it', async () => {
    const page = await load();
    page.signIn(session, 'page');
    expect(page.homeserverOf({ baseUrl: 'https://matrix.example', userId: '@admin:example' })?.token).toBe(TOKEN);
    expect(page.homeserverOf({ baseUrl: 'https://matrix.example', userId: '@other:example' })).toBeNull();
    expect(page.homeserverOf({ baseUrl: 'https://elsewhere.example', userId: '@admin:example' })).toBeNull();
  });
});
