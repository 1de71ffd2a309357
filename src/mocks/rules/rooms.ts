import type { Answer } from '../answer';
import { bad, notFound, ok } from '../answer';
import type { Call, Route, Server } from '../call';
import { route } from '../call';
import { assertRoomId } from '../ids';
import { assertParams, like } from '../params';
import type { SortKey } from '../sort';
import { sortRows } from '../sort';
import type { Room } from '../state';
import { joined, joinedCounts, stateEventCount, stateEvents } from './room-facts';

const ORDER = [
  'alphabetical',
  'size',
  'name',
  'canonical_alias',
  'joined_members',
  'joined_local_members',
  'version',
  'creator',
  'encryption',
  'federatable',
  'public',
  'join_rules',
  'guest_access',
  'history_visibility',
  'state_events',
] as const;

/** `dir=f` means largest first for these (`store/room.py:864-920`): the opposite of the users list. */
const LARGEST_FIRST = new Set<string>(['size', 'joined_members', 'joined_local_members', 'version', 'state_events']);

interface Row {
  room_id: string;
  name: string | null;
  canonical_alias: string | null;
  joined_members: number;
  joined_local_members: number;
  version: string;
  creator: string;
  encryption: string | null;
  federatable: boolean;
  public: boolean;
  join_rules: string | null;
  guest_access: string | null;
  history_visibility: string | null;
  state_events: number;
  /** Since 1.64. */
  room_type?: string | null;
}

function rowOf(server: Server, room: Room): Row {
  const counts = joinedCounts(server, room);
  return {
    room_id: room.room_id,
    name: room.name,
    canonical_alias: room.canonical_alias,
    joined_members: counts.all,
    joined_local_members: counts.local,
    version: room.version,
    creator: room.creator,
    encryption: room.encryption,
    federatable: room.federatable,
    public: room.public,
    join_rules: room.join_rules,
    guest_access: room.guest_access,
    history_visibility: room.history_visibility,
    state_events: stateEventCount(room),
    ...(server.atLeast('1.64') ? { room_type: room.room_type } : {}),
  };
}

function sortKey(row: Row, by: (typeof ORDER)[number]): SortKey {
  if (by === 'alphabetical') return row.name;
  if (by === 'size') return row.joined_members;
  return row[by];
}

/** §2.1. Style C of §0.4: numbers, and `next_batch`, never `next_token`. */
function listRooms({ server, state, query }: Call): Answer {
  const from = query.integer('from', 0);
  const limit = query.integer('limit', 100);
  const orderBy = query.oneOf('order_by', ORDER, 'name');
  const dir = query.dir();
  const term = query.text('search_term', 'utf-8');
  if (term === '') throw bad('search_term cannot be an empty string', 'M_INVALID_PARAM');
  const filters = server.atLeast('1.110');
  const publicRooms = filters ? query.boolean('public_rooms') : undefined;
  const emptyRooms = filters ? query.boolean('empty_rooms') : undefined;

  const passes = (row: Row): boolean =>
    (publicRooms === undefined || row.public === publicRooms) &&
    (emptyRooms === undefined || (row.joined_members === 0) === emptyRooms);
  const fits = searchFilter(term, passes);
  const rows: Row[] = [];
  // INNER JOIN on the stats tables: a room without rows there is missing.
  for (const room of state.rooms.values()) if (room.in_stats) rows.push(rowOf(server, room));
  const found = rows.filter(fits);
  const descending = LARGEST_FIRST.has(orderBy) === (dir === 'f');
  const sorted = sortRows(found, (row) => sortKey(row, orderBy), descending, { key: (row) => row.room_id, descending });
  return ok({
    rooms: sorted.slice(from, from + limit),
    offset: from,
    total_rooms: found.length,
    ...(from + limit < found.length ? { next_batch: from + limit } : {}),
    ...(from > 0 ? { prev_batch: Math.max(0, from - limit) } : {}),
  });
}

/** The bug of §2.1: `A OR B OR C AND filter`: with a search term the filter binds to the room-id branch only. */
function searchFilter(term: string | undefined, passes: (row: Row) => boolean): (row: Row) => boolean {
  if (term === undefined) return passes;
  const lower = term.toLowerCase();
  const inName = like(`%${lower}%`);
  const inAlias = like(`#%${lower}%:%`);
  return (row) =>
    (row.name !== null && inName(row.name.toLowerCase())) ||
    (row.canonical_alias !== null && inAlias(row.canonical_alias.toLowerCase())) ||
    (row.room_id === term && passes(row));
}

function roomOf(call: Call): Room {
  const room = call.state.rooms.get(call.part('room_id'));
  if (!room) throw notFound('Room not found');
  return room;
}

/** What is read from `room_stats_state` and `room_stats_current`. */
const WITHOUT_STATS = {
  name: null,
  canonical_alias: null,
  joined_members: null,
  joined_local_members: null,
  encryption: null,
  federatable: false,
  join_rules: null,
  guest_access: null,
  history_visibility: null,
  state_events: null,
  avatar: null,
  topic: null,
  room_type: null,
};

/** §2.2: LEFT JOINs, so what the statistics would say of a room without them is null. */
function getRoom(call: Call): Answer {
  const { server, state } = call;
  const room = roomOf(call);
  const row = rowOf(server, room);
  const locals = joined(room).filter((name) => server.isMine(name));
  const forgotten = [...room.members].filter(([name]) => server.isMine(name));
  return ok({
    ...row,
    avatar: room.avatar,
    topic: room.topic,
    ...(room.in_stats ? {} : WITHOUT_STATS),
    joined_local_devices: locals.reduce((sum, name) => sum + (state.users.get(name)?.devices.length ?? 0), 0),
    ...(server.atLeast('1.66') ? { forgotten: forgotten.every(([, member]) => member.forgotten === true) } : {}),
    ...(server.atLeast('1.153') ? { tombstoned: room.tombstoned, replacement_room: room.replacement_room } : {}),
  });
}

function members(call: Call): Answer {
  const names = joined(roomOf(call));
  return ok({ members: names, total: names.length });
}

function state(call: Call): Answer {
  const room = roomOf(call);
  const type = call.server.atLeast('1.123') ? call.query.text('type') : undefined;
  return ok({ state: stateEvents(call.server, room, type) });
}

function getBlock(call: Call): Answer {
  const roomId = call.part('room_id');
  assertRoomId(roomId);
  const by = call.state.blockedRooms.get(roomId);
  return ok(by === undefined ? { block: false } : { block: true, user_id: by });
}

/** Works for unknown rooms; blocking again keeps the first blocker (`store/room.py:1670-1676`). */
function putBlock(call: Call): Answer {
  const roomId = call.part('room_id');
  const body = call.json();
  assertRoomId(roomId);
  assertParams(body, ['block']);
  const { block } = body;
  if (typeof block !== 'boolean') throw bad("Param 'block' must be a boolean.", 'M_BAD_JSON');
  if (!block) call.state.blockedRooms.delete(roomId);
  else if (!call.state.blockedRooms.has(roomId)) call.state.blockedRooms.set(roomId, call.requester.user.name);
  return ok({ block });
}

const V1 = '/_synapse/admin/v1/rooms';

export const roomRoutes: readonly Route[] = [
  route(V1, { GET: listRooms }, { since: '1.9' }),
  route(`${V1}/{room_id}`, { GET: getRoom }, { since: '1.14' }),
  route(`${V1}/{room_id}/members`, { GET: members }, { since: '1.18' }),
  route(`${V1}/{room_id}/state`, { GET: state }, { since: '1.27' }),
  route(`${V1}/{room_id}/block`, { GET: getBlock, PUT: putBlock }, { since: '1.48' }),
];
