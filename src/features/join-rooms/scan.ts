import { HomeserverError } from '~/api/errors';
import { resolveAlias } from '~/api/homeserver';
import type { Homeserver } from '~/api/request';
import { getRoom, roomBlock, roomMembers, roomState, type Room, type StateEvent } from '~/api/rooms';
import { everyPage } from '~/api/pages';
import { getUser, listUsers, type UsersQuery } from '~/api/users';
import { fitsUserSearch } from '~/api/wildcards';
import type { Outcome } from '~/jobs/job';
import { serverOf } from '~/lib/mxid';
import { isCount, plural } from '~/lib/numbers';
import { isAlias, type RoomRef } from '~/lib/room-refs';
import { mayInvite } from './room-power';
import type { FoundRoom, FoundUser, LostRoom } from './plan';

/** Reading what the plan needs: each alias resolved once, members read once a room, each user looked up once. */

const PAGE = 1000;
/** Above so many the users list (1,000 a request) is cheaper than a request for each; it does not tell who is suspended. */
export const LOOK_EACH_UP_TO = 200;
/** Up to so many members, their events are read instead of their names: those tell bans too. */
const BANS_UP_TO = 2000;

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
      return `Users from ${item.from + 1}`;
  }
}

/** How many users match, deactivated and locked ones too. @throws HomeserverError */
export async function countUsers(hs: Homeserver, query: UsersQuery, signal?: AbortSignal): Promise<number> {
  return (await listUsers(hs, { ...query, from: 0, limit: 1 }, signal)).total;
}

/** The pages that hold `total` users. By name: indexed, and stable while accounts are made at the end of the alphabet too. */
export function userPages(total: number, query: UsersQuery): ScanItem[] {
  const pages = isCount(total) ? Math.max(1, Math.ceil(total / PAGE)) : 1;
  return Array.from({ length: pages }, (_, page) => ({
    kind: 'users-page',
    from: page * PAGE,
    query,
    last: page === pages - 1,
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
      return { status: 'done', reason: plural(await usersPage(ground.hs, item, gathered, signal), 'user') };
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
    if (error instanceof HomeserverError && error.notFound) return { status: 'skipped', reason: 'no such user' };
    throw error;
  }
}

async function findRoom(
  { hs, userId }: Ground,
  { ref, via }: RoomRef,
  signal?: AbortSignal,
): Promise<FoundRoom | LostRoom> {
  let roomId = ref;
  let servers = via;
  if (isAlias(ref)) {
    try {
      const directory = await resolveAlias(hs, ref, signal);
      roomId = directory.room_id;
      servers = [...via, ...directory.servers];
    } catch (error) {
      if (error instanceof HomeserverError && error.notFound) return { ref, problem: 'no room has this alias' };
      throw error;
    }
  }
  const [details, block] = await Promise.all([roomDetails(hs, roomId, signal), roomBlock(hs, roomId, signal)]);
  // Joining through oneself leads nowhere: the directory names this server for its own aliases.
  const own = serverOf(userId);
  const elsewhere = [...new Set(servers)].filter((server) => server !== own);
  const base = { ref, roomId, via: elsewhere.slice(0, 3), blocked: block.block };
  if (!details) {
    return {
      ...base,
      name: null,
      alias: isAlias(ref) ? ref : null,
      known: false,
      joinRule: null,
      isSpace: false,
      members: new Set(),
      banned: new Set(),
      bansLookedAt: false,
      adminIn: false,
      adminCanInvite: false,
    };
  }
  const people = await roomPeople(hs, details, signal);
  const joinRule = details.join_rules ?? (await joinRuleOf(hs, roomId, signal));
  const open = joinRule === 'public';
  const adminIn = people.members.has(userId);
  return {
    ...base,
    via: [],
    known: true,
    name: details.name ?? null,
    alias: details.canonical_alias ?? null,
    joinRule,
    isSpace: details.room_type === 'm.space',
    ...people,
    adminIn,
    // A public room needs no invitation, so its levels are nobody's business.
    adminCanInvite: !open && adminIn && (await adminMayInvite(hs, details, userId, signal)),
  };
}

/** Null: this homeserver is not in the room (404 “Room not found”, `rooms.py:379-404`). */
async function roomDetails(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<Room | null> {
  try {
    const room = await getRoom(hs, roomId, signal);
    // A room that everybody here left still has a row; only a federated join, or nobody, gets in again.
    return (room.joined_local_members ?? 0) > 0 ? room : null;
  } catch (error) {
    if (error instanceof HomeserverError && error.notFound) return null;
    throw error;
  }
}

/** The details come from statistics that may lag behind; the state has the last word. */
async function joinRuleOf(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<string | null> {
  const events = await roomState(hs, roomId, 'm.room.join_rules', signal);
  const rule = events.find(({ type }) => type === 'm.room.join_rules')?.content['join_rule'];
  return typeof rule === 'string' ? rule : null;
}

interface People {
  members: ReadonlySet<string>;
  banned: ReadonlySet<string>;
  bansLookedAt: boolean;
}

async function roomPeople(hs: Homeserver, room: Room, signal?: AbortSignal): Promise<People> {
  if ((room.joined_members ?? 0) > BANS_UP_TO) {
    const members = new Set(await roomMembers(hs, room.room_id, signal));
    return { members, banned: new Set(), bansLookedAt: false };
  }
  const events = await roomState(hs, room.room_id, 'm.room.member', signal);
  const of = (membership: string) =>
    new Set(
      events.filter(({ type, content }) => type === 'm.room.member' && content['membership'] === membership).map(keyOf),
    );
  return { members: of('join'), banned: of('ban'), bansLookedAt: true };
}

const keyOf = (event: StateEvent): string => event.state_key;

async function adminMayInvite(hs: Homeserver, room: Room, userId: string, signal?: AbortSignal): Promise<boolean> {
  const [levels, create] = await Promise.all([
    roomState(hs, room.room_id, 'm.room.power_levels', signal),
    roomState(hs, room.room_id, 'm.room.create', signal),
  ]);
  return mayInvite(userId, [...levels, ...create], room.version);
}
