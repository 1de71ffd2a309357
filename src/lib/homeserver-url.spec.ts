import { assert, domain, oneof, property, string, webUrl } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopback, parseHomeserverUrl } from './homeserver-url';
import { wordsOf } from './words';
import { inWords } from '~/testing/in-words';

const read = (typed: string) => {
  const parsed = parseHomeserverUrl(typed);
  return parsed.ok ? parsed.baseUrl : `refused: ${wordsOf(parsed.reason)}`;
};

describe('parseHomeserverUrl', () => {
  it.each([
    ['example.org', 'https://example.org'],
    ['  example.org  ', 'https://example.org'],
    ['matrix.example.org:8448', 'https://matrix.example.org:8448'],
    ['https://matrix.example.org', 'https://matrix.example.org'],
    ['https://matrix.example.org/', 'https://matrix.example.org'],
    ["https://matrix.example.org/'/", 'https://matrix.example.org'],
    ['https://matrix.example.org.', 'https://matrix.example.org'],
    ['matrix.example.org.:8448/x/', 'https://matrix.example.org:8448/x'],
    ['HTTPS://Matrix.Example.org', 'https://matrix.example.org'],
    ['http://localhost:8008/', 'http://localhost:8008'],
    ['http://synapse:8008', 'http://synapse:8008'],
    ['http://192.168.1.20:8008', 'http://192.168.1.20:8008'],
    ['https://[2001:db8::1]:8448/', 'https://[2001:db8::1]:8448'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
  ])('takes %s', (typed, baseUrl) => {
    expect(read(typed)).toBe(baseUrl);
  });

  it.each([
    ['"https://matrix.example.org"', 'quotes'],
    ['`https://matrix.example.org`', 'quotes'],
    ['<https://matrix.example.org/>', 'brackets'],
    ['“matrix.example.org”,', 'punctuation'],
    ['https://matrix.exam\u00ADple.org', 'invisible characters'],
    ['\uFEFFhttps://matrix.example.org\u200B', 'invisible characters'],
    ['\u202Ahttps://matrix.\u00A0example.org\u202C', 'invisible characters'],
  ])('takes off what is no part of %j, and says so', (typed, removed) => {
    expect(parseHomeserverUrl(typed)).toMatchObject({ ok: true, baseUrl: 'https://matrix.example.org' });
    expect(inWords(parseHomeserverUrl(typed))).toMatchObject({ note: expect.stringContaining(removed) as unknown });
    expect(parseHomeserverUrl(' https://matrix.example.org ')).toMatchObject({ note: null });
  });

  it('takes this machine without a scheme as http', () => {
    expect(read('localhost:8008')).toBe('http://localhost:8008');
    expect(read('127.0.0.1:8008/')).toBe('http://127.0.0.1:8008');
    expect(read('localhost.example.org')).toBe('https://localhost.example.org');
  });

  it('cuts a pasted endpoint off, with its query', () => {
    expect(read('https://m.example.org/_matrix/client/versions')).toBe('https://m.example.org');
    expect(read('https://m.example.org/_matrix')).toBe('https://m.example.org');
    expect(read('m.example.org/_synapse/admin/v1/server_version')).toBe('https://m.example.org');
    expect(read('https://example.org/.well-known/matrix/client')).toBe('https://example.org');
    expect(read('https://m.example.org/_matrix/client/v3/sync?access_token=syt_x#y')).toBe('https://m.example.org');
  });

  it('keeps a sub-path', () => {
    expect(read('https://example.org/matrix/')).toBe('https://example.org/matrix');
    expect(read('https://example.org/a/b/_matrix/client/versions')).toBe('https://example.org/a/b');
    expect(read('https://example.org/_matrixlike')).toBe('https://example.org/_matrixlike');
  });

  it('swaps nothing in: a server name stays that host', () => {
    expect(read('matrix.org')).toBe('https://matrix.org');
  });

  it('refuses credentials, and does not repeat them', () => {
    expect(read('https://admin:hunter2@example.org')).toMatch(/^refused: Remove the user name and password/);
    expect(read('https://admin:hunter2@example.org')).not.toContain('hunter2');
  });

  it.each([
    ['', /Enter the URL/],
    ['   ', /Enter the URL/],
    ['my homeserver', /contain spaces/],
    ['https://', /not a valid URL/],
    ['https://exa$mple.org', /not a valid URL/],
    ['https://a..b', /not a valid URL/],
    ['https://example.org:99999', /not a valid URL/],
    ['ftp://example.org', /not with ftp:/],
    ['javascript:alert(1)', /not with javascript:/],
    ['file:///etc/passwd', /not with file:/],
    ['@admin:example.org', /Matrix ID/],
    ['#room:example.org', /Matrix ID/],
    ['https://app.element.io/#/home', /no “\?” or “#”/],
    ['https://example.org/?server=x', /no “\?” or “#”/],
    ['https://https://example.org', /twice/],
    ['http://https://example.org', /twice/],
    ['https://https//example.org', /twice/],
    ['https//example.org', /followed by the host name/],
    ['https:https:example.org', /not a valid URL|twice|host name/],
  ])('refuses %j with a sentence', (typed, reason) => {
    expect(read(typed)).toMatch(/^refused: /);
    expect(read(typed)).toMatch(reason);
  });

  it('never throws, and takes its own answer as it is', () => {
    const addresses = oneof(string(), webUrl({ withQueryParameters: true, withFragments: true }), domain());
    assert(
      property(addresses, (typed) => {
        const parsed = parseHomeserverUrl(typed);
        if (!parsed.ok) return /[.?]$/.test(wordsOf(parsed.reason));
        expect(parsed.baseUrl).toMatch(/^https?:\/\/[^/]+/);
        expect(parsed.baseUrl).not.toMatch(/\/$/);
        return read(parsed.baseUrl) === parsed.baseUrl;
      }),
    );
  });
});

describe('isLoopback', () => {
  it('knows this machine by its names', () => {
    expect(['localhost', 'glia.localhost', '127.0.0.1', '127.1.2.3', '[::1]'].every(isLoopback)).toBe(true);
    expect(['localhost.example.org', '10.0.0.1', '127.example.org', '[::2]'].some(isLoopback)).toBe(false);
  });
});
