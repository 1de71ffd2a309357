import { describe, expect, it } from 'vitest';
import type { UserRow } from '~/api/users';
import { startOfDay } from '~/lib/dates';
import { USUAL_USER_LIST, type UserListState } from './user-list';
import { createdIn, findRows, needsAll, rowFiltersSet } from './user-rows';

const user = (name: string, more: Partial<UserRow> = {}): UserRow => ({
  name: `@${name}:x`,
  is_guest: false,
  admin: false,
  deactivated: false,
  shadow_banned: false,
  locked: false,
  erased: false,
  ...more,
});
const midnight = (day: string) => startOfDay(day) ?? Number.NaN;
const state = (more: Partial<UserListState>): UserListState => ({ ...USUAL_USER_LIST, ...more });
const found = (users: readonly UserRow[], more: Partial<UserListState>) =>
  findRows(users, state(more)).rows.map(({ name }) => name.slice(1, -2));

describe('filters that Synapse does not have', () => {
  it('created between takes both days whole, in the time zone of the browser', () => {
    expect(createdIn(state({ created_from: '2026-03-01', created_to: '2026-03-02' }))).toEqual({
      from: midnight('2026-03-01'),
      before: midnight('2026-03-03'),
    });
    const rows = [
      user('early', { creation_ts: midnight('2026-03-01') - 1 }),
      user('first', { creation_ts: midnight('2026-03-01') }),
      user('last', { creation_ts: midnight('2026-03-03') - 1 }),
      user('late', { creation_ts: midnight('2026-03-03') }),
      user('undated', { creation_ts: null }),
    ];
    expect(found(rows, { created_from: '2026-03-01', created_to: '2026-03-02' })).toEqual(['last', 'first']);
    expect(createdIn(USUAL_USER_LIST)).toBeNull();
  });

  it('“last seen before” takes unknown only where that is wished', () => {
    const rows = [
      user('old', { last_seen_ts: midnight('2026-01-01') }),
      user('fresh', { last_seen_ts: midnight('2026-03-01') }),
      user('unknown', { last_seen_ts: null }),
    ];
    const seen_before = '2026-02-01';
    expect(found(rows, { seen: 'before', seen_before })).toEqual(['old']);
    expect(found(rows, { seen: 'before-or-unknown', seen_before })).toEqual(['old', 'unknown']);
    expect(found(rows, { seen: 'unknown' })).toEqual(['unknown']);
  });

  it('shadow-banned, erased and an exact type', () => {
    const rows = [
      user('ghost', { shadow_banned: true }),
      user('gone', { erased: true }),
      user('robot', { user_type: 'bot' }),
    ];
    expect(found(rows, { shadow_banned: 'only' })).toEqual(['ghost']);
    expect(found(rows, { erased: 'only' })).toEqual(['gone']);
    expect(found(rows, { erased: 'none', shadow_banned: 'none' })).toEqual(['robot']);
    expect(found(rows, { type_is: 'bot' })).toEqual(['robot']);
  });

  it('hides bridged users, and says how many', () => {
    const rows = [user('anna'), user('_irc_bob'), user('_irc_carl', { shadow_banned: true })];
    expect(findRows(rows, USUAL_USER_LIST)).toMatchObject({ bridged: 2 });
    expect(findRows(rows, state({ shadow_banned: 'only' }))).toEqual({ rows: [], bridged: 1 });
    expect(findRows(rows, state({ bridged: 'any' }))).toMatchObject({ bridged: 0 });
    expect(found(rows, { bridged: 'any', order_by: 'name', dir: 'f' })).toEqual(['_irc_bob', '_irc_carl', 'anna']);
  });

  it('sorts like the list, what is unknown last in both directions', () => {
    const rows = [
      user('b', { creation_ts: 2 }),
      user('none', { creation_ts: null }),
      user('c', { creation_ts: 1 }),
      user('a', { creation_ts: 2 }),
    ];
    expect(found(rows, {})).toEqual(['a', 'b', 'c', 'none']);
    expect(found(rows, { dir: 'f' })).toEqual(['c', 'a', 'b', 'none']);
  });

  it('need the whole list, and a date that is missing filters nothing', () => {
    expect(needsAll(USUAL_USER_LIST)).toBe(false);
    expect(rowFiltersSet(state({ seen: 'before', seen_before: '' }))).toBe(0);
    expect(needsAll(state({ seen: 'unknown' }))).toBe(true);
    expect(needsAll(state({ read: 'all' }))).toBe(true);
  });
});
