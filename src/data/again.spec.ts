import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { againOf, isMeant, readAgain } from './again';
import { keepAsked, takeOAuthAnswer } from './kept-oauth';
import { beginSso, takeSsoAnswer } from './kept-sso';
import type { Session } from './session';

const session: Session = {
  homeserver: { baseUrl: 'https://matrix.example', token: 'mat_1', mas: { baseUrl: 'https://auth.example' } },
  userId: '@admin:example',
  serverName: 'example',
  version: '1.163.2',
  mas: true,
  demo: false,
  readOnly: true,
};
const again = againOf(session, '#/users/%40anna%3Aexample?tab=rooms');

describe('who is to be signed in again', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
    vi.stubGlobal('history', { replaceState: () => undefined });
    vi.stubGlobal('location', { href: 'https://glia.example/admin/#/users' });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is known by homeserver and user ID together', () => {
    expect(isMeant(again, { baseUrl: 'https://matrix.example', userId: '@admin:example' })).toBe(true);
    expect(isMeant(again, { baseUrl: 'https://matrix.example', userId: '@anna:example' })).toBe(false);
    expect(isMeant(again, { baseUrl: 'https://other.example', userId: '@admin:example' })).toBe(false);
    expect(isMeant(again, { baseUrl: null, userId: '@admin:example' })).toBe(false);
  });

  it('has the page that was open, and what was chosen and asked of MAS before', () => {
    expect(again).toMatchObject({ path: '/users/%40anna%3Aexample?tab=rooms', readOnly: true, isMasAdmin: true });
    const { homeserver, ...rest } = session;
    const { mas: _, ...without } = homeserver;
    expect(againOf({ ...rest, homeserver: without }, '')).toMatchObject({ path: '/', isMasAdmin: false });
  });

  it('comes back with the answer of MAS, and holds no token', () => {
    keepAsked({ state: 'asked-for', baseUrl: 'https://matrix.example', at: 1000, again, more: null });
    expect(JSON.stringify(again)).not.toContain('mat_');
    const back = 'https://glia.example/admin/#state=asked-for&code=c';
    expect(takeOAuthAnswer(back, 2000)?.again).toEqual(again);
  });

  it('comes back with the answer of single sign-on, with how long the token is to be kept', () => {
    const back = beginSso('https://matrix.example', { again, keeping: { keep: 'page' } }, 1000);
    vi.stubGlobal('location', { href: `${back}&loginToken=once` });
    expect(takeSsoAnswer(2000)).toEqual({
      baseUrl: 'https://matrix.example',
      loginToken: 'once',
      again,
      keeping: { keep: 'page' },
    });
  });

  it('is nobody where storage holds something else', () => {
    for (const other of [null, 'x', { ...again, path: 'https://elsewhere.example' }, { ...again, userId: 1 }])
      expect(readAgain(other)).toBeNull();
  });
});
