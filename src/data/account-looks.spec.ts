import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { lookOf, nameOf } from './account-looks';
import type { Session } from './session';

const session = (userId: string, baseUrl: string): Session => ({
  homeserver: { baseUrl, token: 'syt' },
  userId,
  serverName: userId.split(':')[1] ?? '',
  version: '1.163.2',
  mas: false,
  demo: false,
});
const anna = session('@anna:a.example', 'https://a.example');
const root = session('@root:a.example', 'https://a.example');
const ben = session('@ben:b.example', 'https://b.example');
const copy = session('@anna:a.example', 'https://copy.example');

beforeEach(() => vi.resetModules());

describe('the name of an account', () => {
  it('is the server’s, and says who or where it is only where another account has the same one', () => {
    expect(nameOf(anna, [anna, ben])).toBe('a.example');
    expect(nameOf(anna, [anna, root, ben])).toBe('a.example · @anna');
    expect(nameOf(root, [anna, root])).toBe('a.example · @root');
    expect(nameOf(copy, [anna, copy])).toBe('a.example · copy.example');
  });
});

describe('the color of an account', () => {
  it('is another one for each, and the one that was chosen', () => {
    const all = [anna, root, ben, copy];
    const kept = new Map([[JSON.stringify([root.homeserver.baseUrl, root.userId, '']), { color: 'blue' as const }]]);
    const colors = all.map((one) => lookOf(one, all, kept).color);
    expect(colors[1]).toBe('blue');
    expect(new Set(colors).size).toBe(4);
  });

  it('stays the same when another account goes, and over a reload', async () => {
    const page = await import('./account-looks');
    const { ownerOf, signIn, signOut, currentAccounts } = await import('./session');
    for (const one of [anna, ben]) signIn(one, 'page');
    await page.keepColors(currentAccounts());
    await page.keepLook(ownerOf(ben), { ...page.keptLook(ownerOf(ben)), name: ' Production ' });
    signOut(undefined, ownerOf(anna));
    vi.resetModules();
    const again = await import('./account-looks');
    await again.loadLooks();
    expect(again.keptLook(ownerOf(ben))).toEqual({ name: 'Production', color: 'orange' });
    expect(again.keptLook(ownerOf(anna))).toEqual({ color: 'blue' });
  });

  it('is there where the browser stores nothing', async () => {
    vi.stubGlobal('indexedDB', {
      open() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    const page = await import('./account-looks');
    await page.loadLooks();
    await page.keepLook({ baseUrl: ben.homeserver.baseUrl, userId: ben.userId }, { name: 'Mine' });
    expect(page.keptLook({ baseUrl: ben.homeserver.baseUrl, userId: ben.userId })).toEqual({ name: 'Mine' });
    vi.unstubAllGlobals();
  });
});
