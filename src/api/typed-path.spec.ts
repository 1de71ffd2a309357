import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedPath } from './typed-path';

describe('a path that was typed', () => {
  it.each([
    ['/_synapse/admin/v1/rooms?limit=5&order_by=name', '/_synapse/admin/v1/rooms?limit=5&order_by=name'],
    [' /_synapse/admin/v2/users/@anna:b.c ', '/_synapse/admin/v2/users/@anna:b.c'],
    ['/_synapse/admin/v1/join/#team:b.c', '/_synapse/admin/v1/join/%23team:b.c'],
    ['/_matrix/client/v3/profile/%40a%2Fb', '/_matrix/client/v3/profile/%40a%2Fb'],
    ['/_matrix/client/v3/profile/50%', '/_matrix/client/v3/profile/50%25'],
    ["/_matrix/o'hara ü", '/_matrix/o%27hara%20%C3%BC'],
  ])('%s is sent as %s', (typed, path) => {
    // An apostrophe stays as it is for encodeURIComponent.
    expect(typedPath(typed)?.replaceAll("'", '%27')).toBe(path);
  });

  it.each([
    '',
    'https://evil.example/_matrix/x',
    '@evil.example/_matrix/',
    '/other',
    '/_matrix/../x',
    '/_matrix/%2E./x',
  ])('“%s” is refused: it would lead elsewhere', (typed) => {
    expect(typedPath(typed)).toBeNull();
  });

  it('leads to the homeserver and to exactly this path, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (rest) => {
        const path = typedPath(`/_matrix/${rest}`);
        if (path === null) return;
        const url = new URL(`https://matrix.example${path}`);
        expect(url.origin).toBe('https://matrix.example');
        expect(url.pathname + url.search + url.hash).toBe(
          path.replace(/\?$/, '').replaceAll("'", url.search ? '%27' : "'"),
        );
      }),
    );
  });
});
