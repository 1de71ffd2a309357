import { expect, it } from 'vitest';
import type { UserRow } from '~/api/users';
import { activeSince, countBy, kindOf, newByWeek, originOf } from './counts';

const DAY = 86_400_000;
/** A Friday. */
const NOW = new Date(2026, 10, 27, 9).getTime();

const user = (more: Partial<UserRow>): UserRow => ({
  name: '@a:x',
  admin: false,
  deactivated: false,
  shadow_banned: false,
  locked: false,
  erased: false,
  is_guest: false,
  ...more,
});

it('counts new accounts by weeks from Monday, and leaves out what has no date or is older', () => {
  const made = [NOW, NOW - 4 * DAY, NOW - 5 * DAY, NOW - 90 * DAY, null, 12].map((at) => user({ creation_ts: at }));
  expect(newByWeek(made, 3, NOW)).toEqual([
    { key: '2026-11-09', value: 0 },
    { key: '2026-11-16', value: 1 },
    { key: '2026-11-23', value: 2 },
  ]);
});

it('tells accounts that are not used from those of which nothing is known, and counts no deactivated one', () => {
  const seen = [NOW, NOW - 40 * DAY, null, 0].map((at) => user({ last_seen_ts: at }));
  expect(activeSince([...seen, user({ deactivated: true, last_seen_ts: NOW })], NOW - 30 * DAY)).toEqual({
    active: 1,
    inactive: 1,
    unknown: 2,
  });
});

it('counts the most first', () => {
  expect(countBy(['a', 'b', 'b', ''], (text) => (text === '' ? null : text))).toEqual({
    counts: [
      { key: 'b', value: 2 },
      { key: 'a', value: 1 },
    ],
    none: 1,
  });
});

it('knows where a room is from, by its ID or by who made it', () => {
  expect(originOf({ room_id: '!a:one.example:8448', creator: '@b:two.example' })).toBe('one.example:8448');
  expect(originOf({ room_id: '!abc', creator: '@b:two.example' })).toBe('two.example');
  expect(originOf({ room_id: '!abc', creator: null })).toBeNull();
});

it('puts each account into one kind', () => {
  expect(
    [
      user({ deactivated: true, admin: true }),
      user({ is_guest: true }),
      user({ user_type: 'bot', admin: true }),
      user({ name: '@_irc_x:x' }),
      user({ admin: true }),
      user({}),
    ].map(kindOf),
  ).toEqual(['deactivated', 'guest', 'typed', 'appservice', 'admin', 'user']);
});
