import { afterEach, expect, it, vi } from 'vitest';
import { sharesConnection } from './protocol';

const hs = { baseUrl: 'https://hs.example' };

/** As the browser tells of its requests, oldest first. */
function made(...entries: readonly (readonly [name: string, nextHopProtocol: string])[]): void {
  const list = entries.map(([name, nextHopProtocol]) => ({ name, nextHopProtocol }));
  vi.spyOn(performance, 'getEntriesByType').mockReturnValue(list as unknown as PerformanceEntry[]);
}

afterEach(() => vi.restoreAllMocks());

it.each(['h2', 'h3'])('is known of %s', (protocol) => {
  made(['https://hs.example/_matrix/client/versions', protocol]);
  expect(sharesConnection(hs)).toBe(true);
});

it('is not so with a connection for each request, or where nobody tells', () => {
  made(['https://hs.example/_matrix/client/versions', 'http/1.1']);
  expect(sharesConnection(hs)).toBe(false);
  made(['https://hs.example/_matrix/client/versions', '']);
  expect(sharesConnection(hs)).toBe(false);
  made();
  expect(sharesConnection(hs)).toBe(false);
});

it('asks about this homeserver, and the last that was told of it', () => {
  made(['https://hs.example.org/_matrix/client/versions', 'h2']);
  expect(sharesConnection(hs)).toBe(false);
  made(['https://hs.example/a', 'h2'], ['https://hs.example/b', 'http/1.1'], ['https://hs.example/c', '']);
  expect(sharesConnection(hs)).toBe(false);
});
