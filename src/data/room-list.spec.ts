import { describe, expect, it } from 'vitest';
import { roomDirection, roomFilter, roomPageQuery, USUAL_ROOM_LIST } from './room-list';

describe('what the rooms list asks of the server', () => {
  it('sends no filter as usual', () => {
    expect(roomFilter(USUAL_ROOM_LIST)).toEqual({});
  });

  it('never sends a filter beside a search, which the server would apply to room ids only', () => {
    const both = { ...USUAL_ROOM_LIST, search_term: 'lobby', public_rooms: 'only', empty_rooms: 'none' } as const;
    expect(roomFilter(both)).toEqual({ search_term: 'lobby' });
  });

  it('says public and empty as three states', () => {
    expect(roomFilter({ ...USUAL_ROOM_LIST, public_rooms: 'only', empty_rooms: 'none' })).toEqual({
      public_rooms: true,
      empty_rooms: false,
    });
    expect(roomFilter({ ...USUAL_ROOM_LIST, public_rooms: 'none', empty_rooms: 'only' })).toEqual({
      public_rooms: false,
      empty_rooms: true,
    });
  });

  it('turns the direction where the server begins with the largest', () => {
    expect(roomDirection('name', true)).toBe('f');
    expect(roomDirection('name', false)).toBe('b');
    for (const order of ['joined_members', 'joined_local_members', 'version', 'state_events'] as const) {
      expect([order, roomDirection(order, true)]).toEqual([order, 'b']);
      expect([order, roomDirection(order, false)]).toEqual([order, 'f']);
    }
  });

  it('is one page: sorted by the server, from its first row', () => {
    const state = { ...USUAL_ROOM_LIST, page: 2, size: 25, order_by: 'joined_members', dir: 'b' } as const;
    expect(roomPageQuery(state)).toEqual({ order_by: 'joined_members', dir: 'f', from: 25, limit: 25 });
  });
});
