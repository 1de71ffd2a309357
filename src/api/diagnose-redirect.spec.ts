import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BASE, answersAt, beginAnew, failure, html, look, scene } from '~/testing/diagnosis';

/** What sign-in says where the URL redirects. */

beforeEach(beginAnew);
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('diagnose, a URL that redirects', () => {
  const HOME = 'https://www.matrix.example';
  it('says where it leads, suggests that, and sends no token on the way', async () => {
    scene.front = [answersAt(HOME), [/^\//, { to: HOME, cors: true }]];
    expect(await failure()).toMatch(
      /^versions redirect: This URL redirects to https:\/\/www\.matrix\.example\/_matrix\/client\/versions\./,
    );
    expect(await look()).toMatchObject({ suggestion: { url: HOME, by: 'redirect' }, baseUrl: BASE });
    expect(scene.asked.some(({ token }) => token)).toBe(false);
  });

  it('to what is no homeserver, says so and suggests nothing of it', async () => {
    scene.front = [
      [/^https:\/\/www/, html(200, 'Welcome')],
      [/^\//, { to: HOME, cors: true }],
    ];
    expect(await failure()).toMatch(/^versions redirect: .*What answers there is not a Matrix homeserver\.$/);
    expect(await look()).toMatchObject({ suggestion: null });
  });

  it.each([
    ['from http to https', 'http://example.org', 'https://example.org'],
    ['from http with a port', 'http://example.org:8008/sub', 'https://example.org/sub'],
    ['from the bare domain to www', 'https://example.org', 'https://www.example.org'],
    ['from http to https and www', 'http://example.org', 'https://www.example.org'],
  ])('without CORS, where the browser can’t read it: finds the homeserver %s', async (_how, url, to) => {
    scene.front = [answersAt(to), [new RegExp(`^${url}/_`), { to, cors: false }], [/./, 'cut']];
    expect(await look({ url, pageIsSecure: false })).toMatchObject({
      ok: false,
      failure: { cause: 'cors', detail: { message: expect.stringContaining('or a redirect') as unknown } },
      suggestion: { url: to, by: 'neighbour' },
    });
    expect(scene.asked.some(({ token }) => token)).toBe(false);
  });

  it('guesses no other name for a number or for this machine', async () => {
    for (const url of ['http://192.168.1.5:8008', 'http://localhost:8008', 'http://[2001:db8::1]']) {
      scene.front = [[/^http:/, 'unread']];
      expect(await look({ url, pageIsSecure: false })).toMatchObject({ ok: false, suggestion: null });
    }
    expect(scene.asked.every(({ path }) => path.startsWith('http:'))).toBe(true);
  });

  it.each([
    [/^\/_synapse/, /^admin-api admin-api-blocked: .*The answer was a redirect to another URL/],
    [
      / token$/,
      /^whoami authorization-blocked: Requests with an access token are redirected to another URL.*did not send/,
    ],
    [/v2\/users/, /^admin admin-api-blocked: .*The answer was a redirect to another URL/],
  ])('in part (%s) is not followed with the token', async (pattern, words) => {
    scene.front = [[pattern, { to: 'https://login.example', cors: true }]];
    expect(await failure()).toMatch(words);
    expect(scene.asked.filter(({ path }) => path.includes('login.example'))).toEqual([]);
  });
});
