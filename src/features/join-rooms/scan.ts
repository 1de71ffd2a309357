import { t } from '@lingui/core/macro';
import { HomeserverError, noneWhereNotFound } from '~/api/errors';
import { resolveAlias } from '~/api/homeserver';
import type { Homeserver } from '~/api/request';
import { getRoom, roomBlock, roomMembers, roomState, type Room, type StateEvent } from '~/api/rooms';
import { everyPage, pageStarts } from '~/api/pages';
import { getUser, listUsers, type UsersQuery } from '~/api/users';
import { fitsUserSearch } from '~/api/wildcards';
import type { Outcome } from '~/jobs/job';
import { serverOf } from '~/lib/mxid';
import { isAlias, type RoomRef } from '~/lib/room-refs';
import { withValues } from '~/lib/text';
import type { FoundRoom, FoundUser, LostRoom } from './plan';
import { followChain, tombstoneIn, tombstoneOf, type Tombstone } from './replaced';
import { mayInvite } from '~/actions/member/room-power';

/** Reading what the plan needs: each alias resolved once, members read once a room, each user looked up once. */

const PAGE = 1000;
/** Above so many the users list (1,000 a request) is cheaper than a request for each; it does not tell who is suspended. */
export const LOOK_EACH_UP_TO = 200;
/** Up to so many members, their events are read instead of their names: those tell bans too. */
const BANS_UP_TO = 2000;
/** Up to so many state events, the state is read whole. */
const STATE_UP_TO = 10_000;

export type ScanItem =
  | { kind: 'room'; room: RoomRef }
  | { kind: 'user'; userId: string }
  /** The last one reads on as long as there is more: the number of users may be wrong, or have grown. */
  | { kind: 'users-page'; from: number; query: UsersQuery; last: boolean };

export interface Gathered {
  rooms: Map<string, FoundRoom | LostRoom>;
  users: Map<string, FoundUser>;
  /** Listed and left out, by where their page begins: those whose row could not be read, and matches of a wildcard only. */
  leftOut?: Map<number, { unreadable: number; unfit: number }>;
}

/** What it means that a user could not be looked up. */
export const NO_SUCH_USER = /*i18n*/ { id: 'join.no-user', message: 'there is no user with this ID' };
const NO_SUCH_ALIAS = /*i18n*/ { id: 'join.no-alias', message: 'no room has this alias' };
const USERS_READ = /*i18n*/ {
  id: 'join.users-read',
  message: '{count, plural, one {# user} other {# users}}',
} as const;

export interface Ground {
  hs: Homeserver;
  /** The signed-in admin. */
  userId: string;
}

/** What is read, in words; unique in a scan. */
export function describeScan(item: ScanItem): string {
  switch (item.kind) {
    case 'room':
      return item.room.ref;
    case 'user':
      return item.userId;
    case 'users-page':
      return usersFrom(item.from + 1);
  }
}

const usersFrom = (first: number): string => t`Users from number ${first}`;

/** How many users match, deactivated and locked ones too. @throws HomeserverError */
export async function countUsers(hs: Homeserver, query: UsersQuery, signal?: AbortSignal): Promise<number> {
  return (await listUsers(hs, { ...query, from: 0, limit: 1 }, signal)).total;
}

/** The pages that hold `total` users. By name: indexed, and stable while accounts are made at the end of the alphabet too. */
export function userPages(total: number, query: UsersQuery): ScanItem[] {
  return pageStarts(total, PAGE).map((from, page, starts) => ({
    kind: 'users-page',
    from,
    query,
    last: page === starts.length - 1,
  }));
}

/** Reads one item into `gathered`. @throws HomeserverError */
export async function scanOne(
  ground: Ground,
  item: ScanItem,
  gathered: Gathered,
  signal?: AbortSignal,
): Promise<Outcome> {
  switch (item.kind) {
    case 'room': {
      const found = await findRoom(ground, item.room, signal);
      gathered.rooms.set(item.room.ref, found);
      return 'problem' in found ? { status: 'skipped', reason: found.problem } : { status: 'done' };
    }
    case 'user':
      return findUser(ground.hs, item.userId, gathered, signal);
    case 'users-page':
      return {
        status: 'done',
        reason: withValues(USERS_READ, { count: await usersPage(ground.hs, item, gathered, signal) }),
      };
  }
}

async function usersPage(
  hs: Homeserver,
  { query, from: start, last }: Extract<ScanItem, { kind: 'users-page' }>,
  gathered: Gathered,
  signal?: AbortSignal,
): Promise<number> {
  let count = 0;
  let [unreadable, unfit] = [0, 0];
  await everyPage(
    async (from) => {
      const page = await listUsers(hs, { ...query, order_by: 'name', from, limit: PAGE }, signal);
      return last ? page : { ...page, next: undefined };
    },
    ({ users, odd }) => {
      const fitting = users.filter((user) => fitsUserSearch(query, user));
      for (const { name, deactivated, locked } of fitting) {
        gathered.users.set(name, { id: name, deactivated: !!deactivated, locked: !!locked, suspended: null });
      }
      unreadable += odd.length;
      unfit += users.length - fitting.length;
      count += fitting.length;
      return users.length + odd.length;
    },
    start,
  );
  gathered.leftOut?.set(start, { unreadable, unfit });
  return count;
}

async function findUser(hs: Homeserver, userId: string, gathered: Gathered, signal?: AbortSignal): Promise<Outcome> {
  try {
    const { deactivated, locked, suspended } = await getUser(hs, userId, signal);
    gathered.users.set(userId, { id: userId, deactivated: !!deactivated, locked: !!locked, suspended: !!suspended });
    return { status: 'done' };
  } catch (error) {
    if (error instanceof HomeserverError && error.notFound) return { status: 'skipped', reason: NO_SUCH_USER };
    throw error;
  }
}

async function findRoom(ground: Ground, { ref, via }: RoomRef, signal?: AbortSignal): Promise<FoundRoom | LostRoom> {
  let roomId = ref;
  let servers = via;
  if (isAlias(ref)) {
    try {
      const directory = await resolveAlias(ground.hs, ref, signal);
      roomId = directory.room_id;
      servers = [...via, ...directory.servers];
    } catch (error) {
      if (error instanceof HomeserverError && error.notFound) return { ref, problem: NO_SUCH_ALIAS };
      throw error;
    }
  }
  const { room, tombstone } = await readRoom(ground, { ref, roomId, servers }, signal);
  if (!tombstone) return room;
  const replaced = await followChain(roomId, tombstone, (id, server) =>
    readRoom(ground, { ref: id, roomId: id, servers: [server] }, signal),
  );
  return { ...room, replaced };
}

interface Named {
  ref: string;
  roomId: string;
  /** Servers that may know it. */
  servers: readonly string[];
}

/** A room as the plan needs it, and whether it was replaced. */
async function readRoom(
  { hs, userId }: Ground,
  { ref, roomId, servers }: Named,
  signal?: AbortSignal,
): Promise<{ room: FoundRoom; tombstone: Tombstone | null }> {
  const [details, block] = await Promise.all([roomDetails(hs, roomId, signal), roomBlock(hs, roomId, signal)]);
  // Joining through oneself leads nowhere: the directory names this server for its own aliases.
  const own = serverOf(userId);
  const via = [...new Set(servers)].filter((server) => server !== own).slice(0, 3);
  const read = details && (await membersAndState(hs, details, signal));
  const tombstone = (events: readonly StateEvent[]) =>
    tombstoneIn(events) ?? (details && tombstoneOf(details, own ?? ''));
  // A room that everybody here left still has a row; only a federated join, or nobody, gets in again.
  if (!details || !read || !hasLocal(read.members, own)) {
    const alias = isAlias(ref) ? ref : null;
    const base = { ref, roomId, via, blocked: block?.block ?? false, alias };
    return { room: { ...UNKNOWN_ROOM, ...base }, tombstone: tombstone(read?.state ?? []) };
  }
  const { state, members, banned, bansLookedAt } = read;
  const joinRule = textIn(state, 'm.room.join_rules', 'join_rule');
  const adminIn = members.has(userId);
  const room: FoundRoom = {
    ref,
    roomId,
    via: [],
    known: true,
    blocked: block?.block ?? false,
    name: textIn(state, 'm.room.name', 'name') ?? details.name ?? null,
    alias: textIn(state, 'm.room.canonical_alias', 'alias') ?? details.canonical_alias ?? null,
    joinRule,
    isSpace: textIn(state, 'm.room.create', 'type') === 'm.space',
    members,
    banned,
    bansLookedAt,
    adminIn,
    // A public room needs no invitation, so its levels are nobody's business.
    adminCanInvite: joinRule !== 'public' && adminIn && mayInvite(userId, state, null),
    replaced: null,
  };
  return { room, tombstone: tombstone(state) };
}

/** What is known of a room that nobody of this homeserver is in: nothing. */
const UNKNOWN_ROOM = {
  name: null,
  known: false,
  joinRule: null,
  isSpace: false,
  members: new Set<string>(),
  banned: new Set<string>(),
  bansLookedAt: false,
  adminIn: false,
  adminCanInvite: false,
  replaced: null,
} satisfies Partial<FoundRoom>;

/** Null: this homeserver has never known the room (404 “Room not found”, `rooms.py:379-404`). */
const roomDetails = (hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<Room | null> =>
  getRoom(hs, roomId, signal).catch(noneWhereNotFound);

interface Read {
  state: readonly StateEvent[];
  members: ReadonlySet<string>;
  banned: ReadonlySet<string>;
  bansLookedAt: boolean;
}

/** What a plan needs of the state of a room too large to be read whole. */
const NEEDED = [
  'm.room.join_rules',
  'm.room.power_levels',
  'm.room.create',
  'm.room.tombstone',
  'm.room.name',
  'm.room.canonical_alias',
] as const;

/**
 * Its members and its state, which decide: the details come from statistics, which may be missing or late. They only say how
 * large the room is; where they say nothing, or that nobody is in, the list of its members does.
 */
async function membersAndState(hs: Homeserver, room: Room, signal?: AbortSignal): Promise<Read> {
  const { room_id } = room;
  const counted = room.joined_members ?? 0;
  const names = counted > 0 && counted <= BANS_UP_TO ? null : await roomMembers(hs, room_id, signal);
  const isLarge = names !== null && names.length > BANS_UP_TO;
  const types = isLarge ? NEEDED : [...NEEDED, 'm.room.member'];
  const inParts = isLarge || (room.state_events ?? 0) > STATE_UP_TO;
  const state = inParts
    ? await partsOfState(hs, room_id, types, signal)
    : await roomState(hs, room_id, undefined, signal);
  if (isLarge) return { state, members: new Set(names), banned: new Set(), bansLookedAt: false };
  const of = (membership: string) =>
    new Set(
      state.filter(({ type, content }) => type === 'm.room.member' && content['membership'] === membership).map(keyOf),
    );
  return { state, members: of('join'), banned: of('ban'), bansLookedAt: true };
}

async function partsOfState(hs: Homeserver, roomId: string, types: readonly string[], signal?: AbortSignal) {
  const parts = await Promise.all(types.map((type) => roomState(hs, roomId, type, signal)));
  // Before 1.123 each answer is the whole state.
  return parts.flatMap((part, index) => part.filter(({ type }) => type === types[index]));
}

const keyOf = (event: StateEvent): string => event.state_key;

function hasLocal(members: ReadonlySet<string>, server: string | null): boolean {
  for (const name of members) if (serverOf(name) === server) return true;
  return false;
}

/** Null where the event, or the words in it, are not there. */
function textIn(state: readonly StateEvent[], type: string, key: string): string | null {
  const value = state.find((event) => event.type === type && event.state_key === '')?.content[key];
  return typeof value === 'string' && value !== '' ? value : null;
}
