import { describe, expect, it } from 'vitest';
import type { ShownEvent } from '~/api/rooms';
import { atOnce } from '~/lib/in-turns';
import { wordsOf } from '~/lib/words';
import { membersOf, removalProblem, sortedMembers, type MemberOrder, type RoomMember } from './members';

const event = (type: string, state_key: string, content: unknown): ShownEvent => ({
  type,
  state_key,
  sender: '@creator:a',
  content,
  origin_server_ts: 1,
});
const member = (userId: string, membership: string, displayname?: string) =>
  event('m.room.member', userId, { membership, ...(displayname !== undefined && { displayname }) });

const STATE = [
  event('m.room.create', '', { room_version: '10' }),
  event('m.room.power_levels', '', { users: { '@creator:a': 100, '@mod:a': '50' }, kick: 50 }),
  member('@creator:a', 'join', 'Creator'),
  member('@mod:a', 'join', 'Mod'),
  event('m.room.member', '@banned:a', { membership: 'ban', reason: 'Spam' }),
  member('@late:a', 'leave'),
];
const JOINED = ['@mod:a', '@creator:a', '@late:a'];
const found = () => atOnce(membersOf(JOINED, STATE));
const one = (userId: string): RoomMember => {
  const row = found().rows.find((row) => row.userId === userId);
  if (!row) throw new Error(`No ${userId}`);
  return row;
};

const problem = (userId: string, me: string) => {
  const { rows, kick } = found();
  const said = removalProblem(
    one(userId),
    rows.find((row) => row.userId === me),
    kick,
  );
  return said && wordsOf(said);
};

const ids = (by: MemberOrder, descending: boolean) =>
  atOnce(sortedMembers(found().rows, by, descending)).map(({ userId }) => userId);

describe('the members of a room', () => {
  it('have their name, membership and power level from the state; the list of members says who is in', () => {
    expect(one('@mod:a')).toMatchObject({ name: 'Mod', membership: 'join', power: 50 });
    expect(one('@banned:a')).toMatchObject({ name: null, membership: 'ban', reason: 'Spam', power: 0 });
    expect(one('@late:a')).toMatchObject({ membership: 'join' });
    expect([found().kick, found().ban]).toEqual([50, 50]);
  });

  it('are listed without a state, and nothing is made up of it', () => {
    const { rows, kick } = atOnce(membersOf(JOINED, null));
    expect(rows.map(({ userId }) => userId)).toEqual(JOINED);
    expect(rows.every(({ name, power }) => name === null && power === null)).toBe(true);
    expect(kick).toBeNull();
  });

  it('stand above every level as creators of a room of version 12', () => {
    const state = [event('m.room.create', '', { room_version: '12' }), event('m.room.power_levels', '', {})];
    const { rows } = atOnce(membersOf(['@other:a', '@creator:a', '@creator2:a'], state));
    expect(rows.map(({ power }) => power)).toEqual([0, Infinity, 0]);
  });

  it('are sorted by what was asked for, and by their IDs where that is the same', () => {
    expect(ids('power', true)).toEqual(['@creator:a', '@mod:a', '@banned:a', '@late:a']);
    expect(ids('user', false)).toEqual(['@creator:a', '@mod:a', '@banned:a', '@late:a']);
    expect(ids('membership', true)).toEqual(['@creator:a', '@late:a', '@mod:a', '@banned:a']);
  });
});

describe('removing a member', () => {
  it('is possible with more power than theirs, and for oneself', () => {
    expect(problem('@mod:a', '@creator:a')).toBeNull();
    expect(problem('@late:a', '@late:a')).toBeNull();
  });

  it('says why it is not', () => {
    expect(problem('@mod:a', '@nobody:a')).toBe('You are not in this room, so you can’t remove or ban anyone.');
    expect(problem('@creator:a', '@mod:a')).toBe('Your power level must be higher than theirs.');
    expect(problem('@mod:a', '@late:a')).toBe('Your power level is too low: this takes at least 50.');
  });
});
