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
    // Where the server’s name has a port, Synapse searches that part too.
    ['my_server', { name: '@anna:my_server.org:8448', displayname: null }, false],
    ['e', { name: '@bob:example.org:8448', displayname: null }, false],
    ['bo', { name: '@bob:example.org:8448', displayname: null }, true],
    ['org', { name: '@bob:example.org:8448', displayname: 'Org' }, true],
  ])('%s fits %o: %s', (name, row, fits) => {
    expect(fitsUserSearch({ name }, row)).toBe(fits);
  });

  it('leaves out the accounts of bridges where that is wished', () => {
    expect(fitsUserSearch({ bridged: false }, user('_irc_anna'))).toBe(false);
    expect(fitsUserSearch({ bridged: false }, user('irc_anna'))).toBe(true);
    expect(fitsUserSearch({}, user('_irc_anna'))).toBe(true);
  });

  it.each([
    ['a_b', { room_id: '!1:x', name: 'a_b', canonical_alias: null }, true],
    ['a_b', { room_id: '!1:x', name: 'axb', canonical_alias: '#a_b:x' }, true],
    ['a_b', { room_id: '!1:x', name: 'axb', canonical_alias: '#c:a_b' }, false],
    ['example', { room_id: '!1:x', name: null, canonical_alias: '#c:example.org:8448' }, false],
    ['c', { room_id: '!1:x', name: null, canonical_alias: '#c:example.org:8448' }, true],
    ['example', { room_id: '!1:x', name: 'An example', canonical_alias: '#c:x.org:8448' }, true],
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
