import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { draftKey, forgetDrafts, keepDraft, readDraft } from './kept-drafts';

const schema = z.object({ rooms: z.string(), keep: z.boolean() });
let storage: Map<string, string>;

/** As a browser's: what was stored is all there is. */
function fakeStorage(most = Infinity): Storage {
  return {
    get length() {
      return storage.size;
    },
    key: (index) => [...storage.keys()][index] ?? null,
    getItem: (key) => storage.get(key) ?? null,
    setItem(key, value) {
      if (value.length > most) throw new Error('QuotaExceededError');
      storage.set(key, value);
    },
    removeItem: (key) => void storage.delete(key),
    clear: () => storage.clear(),
  };
}

beforeEach(() => {
  storage = new Map();
  vi.stubGlobal('sessionStorage', fakeStorage());
});
afterEach(() => vi.unstubAllGlobals());

describe('what was entered in a wizard', () => {
  it('is there after a reload, and only what its schema names', () => {
    keepDraft('anna join', schema, { rooms: '#a', keep: true, plan: ['old facts'], token: 'syt_secret' });
    expect(readDraft('anna join', schema)).toEqual({ rooms: '#a', keep: true });
    expect([...storage.values()].join()).not.toMatch(/secret|old facts/);
  });

  it('is another account’s or wizard’s own', () => {
    keepDraft('anna join', schema, { rooms: '#a', keep: true });
    expect(readDraft('ben join', schema)).toBeNull();
    expect(readDraft('anna delete', schema)).toBeNull();
  });

  it.each([
    ['another form', '{"rooms":7,"keep":true}'],
    ['a part of it', '{"rooms":"#a"}'],
    ['no JSON', '{"rooms":'],
    ['nothing', 'null'],
  ])('is not taken for one where there is %s', (_what, text) => {
    storage.set('glia.draft anna join', text);
    expect(readDraft('anna join', schema)).toBeNull();
  });

  it('does not come back older than it was: what does not fit leaves nothing', () => {
    keepDraft('anna join', schema, { rooms: '#old', keep: true });
    vi.stubGlobal('sessionStorage', fakeStorage(100));
    keepDraft('anna join', schema, { rooms: '#new'.repeat(100), keep: true });
    expect(readDraft('anna join', schema)).toBeNull();
  });

  it('is gone at sign-out, and nothing else with it', () => {
    keepDraft('anna join', schema, { rooms: '#a', keep: true });
    keepDraft('ben join', schema, { rooms: '#b', keep: true });
    storage.set('glia.session', 'sealed');
    forgetDrafts();
    expect([...storage.keys()]).toEqual(['glia.session']);
  });

  it('of others is gone once somebody else signs in', () => {
    const [anna, ben] = ['@anna:x', '@ben:x'].map((userId) => ({ baseUrl: 'https://x', userId }));
    for (const owner of [anna, ben]) {
      if (owner) keepDraft(draftKey(owner, 'join'), schema, { rooms: owner.userId, keep: true });
    }
    forgetDrafts(ben && [ben]);
    expect([...storage.values()]).toEqual(['{"rooms":"@ben:x","keep":true}']);
  });

  it('is simply forgotten where storage is forbidden', () => {
    vi.stubGlobal('sessionStorage', undefined);
    keepDraft('anna join', schema, { rooms: '#a', keep: true });
    expect(readDraft('anna join', schema)).toBeNull();
    expect(() => forgetDrafts()).not.toThrow();
  });
});
