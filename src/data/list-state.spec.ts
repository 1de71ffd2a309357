import { describe, expect, it } from 'vitest';
import { readParams, writeParams } from './list-state';
import { roomFilter, roomListSchema, USUAL_ROOM_LIST } from './room-list';
import { userListSchema, USUAL_USER_LIST } from './user-list';

const users = (search: string) => readParams(userListSchema, new URLSearchParams(search));
const rooms = (search: string) => readParams(roomListSchema, new URLSearchParams(search));

describe('a list’s state in the URL', () => {
  it('is the usual one where the URL says nothing', () => {
    expect(users('')).toEqual({
      name: '',
      admins: 'any',
      deactivated: 'any',
      locked: 'any',
      guests: 'none',
      user_type: 'any',
      bridged: 'none',
      created_from: '',
      created_to: '',
      seen: 'any',
      seen_before: '',
      shadow_banned: 'any',
      erased: 'any',
      type_is: '',
      read: 'page',
      order_by: 'creation_ts',
      dir: 'b',
      page: 1,
      size: 100,
      columns: ['state', 'creation_ts', 'last_seen_ts'],
    });
  });

  it.each([
    'page=0',
    'page=-3',
    'page=1.5',
    'page=abc',
    'page=',
    'page=1e3',
    'size=7',
    'size=100000',
    'size=',
    'admins=true',
    'deactivated=yes',
    'locked=only',
    'guests=true',
    'order_by=password_hash',
    'dir=up',
    'user_type=%00',
    'created_from=2026-02-31',
    'created_to=yesterday',
    'seen=maybe&seen_before=1',
    'erased=true&read=some',
    'chaos=20',
    'name=%20%20',
    '__proto__=1&constructor=2',
  ])('never breaks by %s, and reads it as usual', (search) => {
    expect(users(search)).toEqual(USUAL_USER_LIST);
  });

  it('keeps what is good beside what is not', () => {
    expect(users('page=x&size=1000&admins=only&dir=sideways&order_by=last_seen_ts')).toEqual({
      ...USUAL_USER_LIST,
      size: 1000,
      admins: 'only',
      order_by: 'last_seen_ts',
    });
  });

  it('names columns in the table’s own order, leaves unknown ones out, and may have none', () => {
    expect(users('columns=last_seen_ts,nonsense,state,state').columns).toEqual(['state', 'last_seen_ts']);
    expect(users('columns=').columns).toEqual([]);
  });

  it('comes back from the params as it went in', () => {
    const state = { ...USUAL_USER_LIST, name: 'a&b=#ü %', page: 12, size: 25, guests: 'any', columns: [] } as const;
    expect(readParams(userListSchema, writeParams(state, USUAL_USER_LIST))).toEqual(state);
    const room = { ...USUAL_ROOM_LIST, order_by: 'joined_members', dir: 'b', empty_rooms: 'only' } as const;
    expect(readParams(roomListSchema, writeParams(room, USUAL_ROOM_LIST))).toEqual(room);
  });

  it('leaves out of the URL what is as usual', () => {
    expect(writeParams({ ...USUAL_USER_LIST, page: 3 }, USUAL_USER_LIST).toString()).toBe('page=3');
  });

  it('cuts a page number and a search that no server would take', () => {
    expect(users('page=99999999999999999999').page).toBe(1_000_000);
    expect(users(`name=${'x'.repeat(5000)}`).name).toHaveLength(500);
  });

  it('never asks for a rooms search and a filter at once, and has the filter again when the search is cleared', () => {
    const both = rooms('search_term=lobby&public_rooms=only&empty_rooms=none');
    expect(roomFilter(both)).toEqual({ search_term: 'lobby' });
    expect(roomFilter({ ...both, search_term: '' })).toEqual({ public_rooms: true, empty_rooms: false });
  });
});
