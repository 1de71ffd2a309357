import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keepAsked, takeOAuthAnswer } from './kept-oauth';

const NOW = 1_790_000_000_000;
const asked = { state: 'asked-for', baseUrl: 'https://matrix.example', at: NOW, more: { verifier: 'v' } };
let left: string[] = [];

beforeEach(() => {
  left = [];
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal('history', { replaceState: (_state: null, _title: string, url: URL) => left.push(url.href) });
});

/** What is taken when the page opens at this address. */
function arrive(href: string, now = NOW) {
  vi.stubGlobal('location', { href });
  return takeOAuthAnswer(href, now);
}

describe('an answer of MAS in the address', () => {
  it.each([
    ['https://example.org/glia/#state=asked-for&code=c', 'https://example.org/glia/'],
    ['https://example.org/glia/?mas=true&code=c&state=asked-for#', 'https://example.org/glia/?mas=true#'],
    ['https://example.org/glia/?error=access_denied&state=asked-for', 'https://example.org/glia/'],
  ])('is taken from %s, which holds nothing of it afterwards', (href, clean) => {
    keepAsked(asked);
    expect(arrive(href)?.baseUrl).toBe('https://matrix.example');
    expect(left.map((one) => one.replace(/#$/, ''))).toEqual([clean.replace(/#$/, '')]);
  });

  it('comes with what was chosen before: how long the token is to be kept', () => {
    keepAsked({ ...asked, keeping: { keep: 'page' } });
    expect(arrive('https://example.org/#state=asked-for&code=c')?.asked.keeping).toEqual({ keep: 'page' });
  });

  it('is good once: an answer that was used is ignored, and removed as well', () => {
    keepAsked(asked);
    const href = 'https://example.org/#state=asked-for&code=c';
    expect([arrive(href) !== null, arrive(href), left.length]).toEqual([true, null, 2]);
  });

  it('is ignored where this tab asked for none, for another one, or long ago', () => {
    expect(arrive('https://example.org/#state=asked-for&code=c')).toBeNull();
    keepAsked(asked);
    expect(arrive('https://example.org/#state=of-somebody-else&code=c')).toBeNull();
    keepAsked(asked);
    expect(arrive('https://example.org/#state=asked-for&code=c', NOW + 31 * 60_000)).toBeNull();
    expect(left.length).toBe(3);
  });

  it('is none in an address of Glia itself', () => {
    expect(arrive('https://example.org/#/users?state=active&code=x')).toBeNull();
    expect(arrive('https://example.org/?latency=5#/')).toBeNull();
    expect(left).toEqual([]);
  });
});
