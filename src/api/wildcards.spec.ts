import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsRoomSearch, fitsUserSearch, hasWildcards } from './wildcards';

const user = (localpart: string, displayname: string | null = null) => ({
  name: `@${localpart}:my_server.org`,
  displayname,
});

describe('a search with an SQL wildcard in it', () => {
  it.each([
    ['john_doe', user('john_doe'), true],
    ['john_doe', user('johnxdoe'), false],
    ['john_doe', user('x', 'The JOHN_DOE himself'), true],
    ['JOHN_DOE', user('john_doe'), true],
    ['_', user('anna'), false],
    ['%', user('anna', '100 % Anna'), true],
    ['%', user('anna'), false],
    ['a\\b', user('ab'), false],
    // The server part is never searched.
    ['my_server', user('anna'), false],
    ['anna', user('nobody'), true],
  ])('%s fits %o: %s', (name, row, fits) => {
    expect(fitsUserSearch({ name }, row)).toBe(fits);
  });

  it.each([
    ['a_b', { room_id: '!1:x', name: 'a_b', canonical_alias: null }, true],
    ['a_b', { room_id: '!1:x', name: 'axb', canonical_alias: '#a_b:x' }, true],
    ['a_b', { room_id: '!1:x', name: 'axb', canonical_alias: '#c:a_b' }, false],
    ['!a_b:x', { room_id: '!a_b:x', name: null, canonical_alias: null }, true],
    ['!a_b:x', { room_id: '!axb:x', name: null, canonical_alias: null }, false],
  ])('%s fits the room %o: %s', (search_term, room, fits) => {
    expect(fitsRoomSearch({ search_term }, room)).toBe(fits);
  });

  it('never leaves out what has the text itself in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (before, wanted, after) => {
        expect(fitsUserSearch({ name: wanted }, user('x', before + wanted + after))).toBe(true);
      }),
    );
    expect(hasWildcards('anna')).toBe(false);
    expect(hasWildcards(undefined)).toBe(false);
  });
});
