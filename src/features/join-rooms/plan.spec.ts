import { describe, expect, it } from 'vitest';
import { wordsOf } from '~/lib/words';
import { foundRoom } from '~/testing/joins';
import { NO_SUCH_USER } from './scan';
import {
  everyPair,
  joinTitle,
  NOTHING_CHOSEN,
  planRows,
  runItems,
  type Findings,
  type FoundRoom,
  type FoundUser,
} from './plan';

const ROOM = foundRoom('!r:example.org', { ref: '#r:example.org', name: 'Room', alias: '#r:example.org' });
/** Each user was looked up, and nothing failed. */
const LOOKED = { serverName: 'example.org', absence: NO_SUCH_USER, unread: new Set<string>() };
const ANNA: FoundUser = { id: '@anna:example.org', deactivated: false, locked: false, suspended: false };

/** The verdict on one user and one room. */
function verdict(room: Partial<FoundRoom>, user: Partial<FoundUser> | null = {}, makeAdmin: string[] = []): string {
  const found: Findings = {
    ...LOOKED,
    rooms: new Map([[ROOM.ref, { ...ROOM, ...room }]]),
    users: new Map(user ? [[ANNA.id, { ...ANNA, ...user }]] : []),
  };
  const row = planRows([{ userId: ANNA.id, ref: ROOM.ref }], found, {
    ...NOTHING_CHOSEN,
    makeAdmin: new Set(makeAdmin),
  })[0];
  return `${row?.verdict}: ${wordsOf(row?.reason ?? '')}`;
}

describe('the plan of a join', () => {
  it('joins a good user to a public room', () => {
    expect(verdict({})).toBe('will: ');
  });

  it('has nothing to do for a user who is in the room, though the account was deactivated since', () => {
    expect(verdict({ members: new Set([ANNA.id]) }, { deactivated: true })).toBe('nothing: already in the room');
  });

  it.each([
    ['deactivated user', {}, { deactivated: true }],
    ['locked user', {}, { locked: true }],
    ['suspended user', {}, { suspended: true }],
    ['there is no user with this ID', {}, null],
    ['the room is blocked', { blocked: true }, {}],
    ['the room has no join rule, so nobody can be joined', { joinRule: null, adminIn: true, adminCanInvite: true }, {}],
    ['banned from the room', { banned: new Set([ANNA.id]) }, {}],
    ['you are not in the room, so you can’t invite', { joinRule: 'invite' }, {}],
    ['you don’t have the power to invite in the room', { joinRule: 'invite', adminIn: true }, {}],
    ['you are not in the room, so you can’t invite', { joinRule: 'restricted' }, {}],
    ['this homeserver is not in the room, and no server to join through was named', { known: false }, {}],
  ])('can’t: %s', (reason, room, user) => {
    expect(verdict(room, user)).toBe(`cannot: ${reason}`);
  });

  it('does not say of a user who could not be read that there is none', () => {
    const rooms = new Map([[ROOM.ref, ROOM]]);
    const found: Findings = { ...LOOKED, rooms, users: new Map(), unread: new Set([ANNA.id]) };
    const reasons = planRows(everyPair([ANNA.id, '@ben:example.org'], [ROOM.ref]), found, NOTHING_CHOSEN);
    expect(reasons.map(({ reason }) => wordsOf(reason))).toEqual([
      'the user could not be read',
      'there is no user with this ID',
    ]);
  });

  it('invites into a private room where the admin may', () => {
    expect(verdict({ joinRule: 'invite', adminIn: true, adminCanInvite: true })).toBe('will: ');
  });

  it('joins after the admin was made admin of the room, where that was chosen', () => {
    expect(verdict({ joinRule: 'invite' }, {}, [ROOM.roomId])).toBe('will: after you are made an admin of the room');
  });

  it('joins a room that this homeserver is not in through the servers that were named', () => {
    expect(verdict({ known: false, via: ['one.org'] })).toMatch(/^will: /);
  });

  it('refuses other servers’ users and rooms that were not found', () => {
    const found: Findings = {
      ...LOOKED,
      rooms: new Map([['#gone:example.org', { ref: '#gone:example.org', problem: 'no room has this alias' }]]),
      users: new Map([[ANNA.id, ANNA]]),
    };
    const rows = planRows(everyPair([ANNA.id, '@x:other.org'], ['#gone:example.org']), found, NOTHING_CHOSEN);
    expect(rows.map(({ reason }) => wordsOf(reason))).toEqual(['no room has this alias', 'user of another homeserver']);
  });

  it('counts a room once though it was named by alias and by id', () => {
    const found: Findings = {
      ...LOOKED,
      rooms: new Map([
        ['#r:example.org', ROOM],
        ['!r:example.org', { ...ROOM, ref: '!r:example.org' }],
      ]),
      users: new Map([[ANNA.id, ANNA]]),
    };
    expect(planRows(everyPair([ANNA.id], ['#r:example.org', '!r:example.org']), found, NOTHING_CHOSEN)).toHaveLength(1);
  });
});

describe('what runs', () => {
  it('is the rows that will join, and before a room’s joins, once, making the admin its admin', () => {
    const secret = { ...ROOM, ref: '!s:example.org', roomId: '!s:example.org', joinRule: 'invite' };
    const found: Findings = {
      ...LOOKED,
      rooms: new Map([
        [ROOM.ref, ROOM],
        [secret.ref, secret],
      ]),
      users: new Map([
        [ANNA.id, ANNA],
        ['@ben:example.org', { ...ANNA, id: '@ben:example.org' }],
      ]),
    };
    const rows = planRows(everyPair([ANNA.id, '@ben:example.org', '@no:example.org'], [ROOM.ref, secret.ref]), found, {
      ...NOTHING_CHOSEN,
      makeAdmin: new Set([secret.roomId]),
    });
    expect(
      runItems(rows).map((item) => `${item.kind} ${item.kind === 'join' ? item.userId : ''} ${item.room.roomId}`),
    ).toEqual([
      'join @anna:example.org !r:example.org',
      'join @ben:example.org !r:example.org',
      'make-admin  !s:example.org',
      'join @anna:example.org !s:example.org',
      'join @ben:example.org !s:example.org',
    ]);
  });
});

const runs = (user: string, name: string) => ({
  id: `${user} ${name}`,
  userId: `@${user}:x`,
  room: { ...ROOM, roomId: `!${name}:x`, name },
  verdict: 'will' as const,
  reason: '',
});

const title = (rows: Parameters<typeof joinTitle>[0]) => wordsOf(joinTitle(rows));

describe('the title', () => {
  it('names up to two users and rooms', () => {
    expect(title([runs('a', 'Lobby'), runs('b', 'Lobby')])).toBe('Join @a:x and @b:x to Lobby');
    expect(title([runs('a', 'Lobby')])).toBe('Join @a:x to Lobby');
    expect(title([runs('a', 'Lobby'), runs('a', 'Staff')])).toBe('Join @a:x to Lobby and Staff');
  });

  it('counts more than two', () => {
    const rows = ['a', 'b', 'c'].flatMap((user) => ['Lobby', 'Staff', 'News'].map((room) => runs(user, room)));
    expect(title(rows)).toBe('Join 3 users to Lobby and 2 more rooms');
  });
});
