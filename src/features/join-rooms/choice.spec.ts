import { describe, expect, it } from 'vitest';
import { parseUserIds } from '~/lib/mxid';
import { NO_PAIRS } from '~/lib/pairs-csv';
import { parseRoomRefs } from '~/lib/room-refs';
import { inWords } from '~/testing/in-words';
import { FIRST_CHOICE, handedOver, MAX_PAIRS, problemOf, usersQuery, type Choice } from './choice';

const choice = (over: Partial<Choice> = {}): Choice => ({ ...FIRST_CHOICE, ...over });
const problem = (over: Partial<Choice>, matching: number | null = null) => {
  const given = choice(over);
  const entered = {
    rooms: parseRoomRefs(given.rooms),
    users: parseUserIds(given.users, 'example.org', 'alone'),
    matching,
  };
  return inWords(problemOf(given, { ...entered, pairs: NO_PAIRS }));
};

describe('what is handed over by a list', () => {
  it('fills the form as if it had been entered there', () => {
    const patch = handedOver({
      users: { ids: ['@a:example.org'] },
      rooms: { ids: ['!b:example.org'] },
    });
    expect(patch).toEqual({
      mode: 'every',
      usersFrom: 'named',
      users: '@a:example.org\n',
      rooms: '!b:example.org\n',
      handedRooms: null,
      unreadRooms: 0,
    });
  });

  it('keeps a whole filter: a part of it would match other users', () => {
    const filter = { deactivated: false, locked: true, name: 'x', not_user_type: ['bot'] };
    const patch = handedOver({ users: { filter, total: 3 } });
    expect(usersQuery(choice(patch))).toBe(filter);
  });

  it('keeps a filter of rooms to be read', () => {
    const rooms = { filter: { public_rooms: true }, total: 2 };
    expect(handedOver({ rooms })).toMatchObject({ handedRooms: rooms });
  });

  it('replaces the rooms of an earlier plan', () => {
    const earlier = choice({ rooms: '#a:example.org\n' });
    const byId = { ...earlier, ...handedOver({ rooms: { ids: ['!b:example.org'] } }) };
    expect(byId.rooms).toBe('!b:example.org\n');
    const byFilter = { ...earlier, ...handedOver({ rooms: { filter: {}, total: 2 } }) };
    expect(byFilter.rooms).toBe('');
  });

  it('is nothing when the wizard is opened by itself', () => {
    expect(handedOver({})).toEqual({});
  });
});

describe('the filter', () => {
  it('leaves out users who can’t be joined, and guests, which a homeserver with MAS can’t be asked for', () => {
    const filter = { name: ' an ', onlyAdmins: true };
    expect(usersQuery(choice({ usersFrom: 'filter', filter }))).toEqual({
      guests: false,
      deactivated: false,
      name: 'an',
      admins: true,
    });
  });
});

describe('what is missing for a plan', () => {
  const rooms = '#a:example.org';

  it.each([
    ['Enter at least one room.', { users: '@a:example.org' }, null],
    ['Enter at least one user.', { rooms }, null],
    ['No user matches this filter.', { rooms, usersFrom: 'filter' as const }, 0],
    ['Enter at least one user and room.', { mode: 'pairs' as const }, null],
  ])('%s', (sentence, over, matching) => {
    expect(problem(over, matching)).toBe(sentence);
  });

  it('is nothing when users and rooms are named, or the filter is still being counted', () => {
    expect(problem({ rooms, users: 'anna' })).toBeNull();
    expect(problem({ rooms, usersFrom: 'filter' })).toBeNull();
  });

  it('is fewer joins, where there are more than a plan can hold', () => {
    expect(problem({ rooms: '#a:example.org\n#b:example.org', usersFrom: 'filter' }, MAX_PAIRS)).toContain('1,000,000');
  });
});

describe('rooms that were handed over', () => {
  it('are waited for: a plan made before that would be for other rooms', () => {
    const handedRooms = { filter: { public_rooms: true }, total: 2 };
    const entered = { rooms: '#a:example.org', users: '@a:example.org' };
    expect(problem({ ...entered, handedRooms })).toContain('still being read');
    expect(problem(entered)).toBeNull();
  });
});
