import * as z from 'zod/mini';
import { clientRelease } from './older-path';
import { path, request, type Homeserver } from './request';
import { legibly, listTotal, nextOffset, rowsOf, rowsWith, type Legible, type OddRow, type Rows } from './rows';
import { has, lacks } from './since';
import { TextError } from '~/lib/text-error';

/** Rooms (`synapse/rest/admin/rooms.py`). All throw HomeserverError. */

const nullishString = z.nullish(z.string());
const nullishNumber = z.nullish(z.number());

const roomRowSchema = z.object({
  room_id: z.string(),
  name: nullishString,
  canonical_alias: nullishString,
  joined_members: nullishNumber,
  joined_local_members: nullishNumber,
  version: nullishString,
  creator: nullishString,
  encryption: nullishString,
  federatable: z.nullish(z.boolean()),
  public: z.nullish(z.boolean()),
  join_rules: nullishString,
  guest_access: nullishString,
  history_visibility: nullishString,
  state_events: nullishNumber,
  room_type: nullishString,
});
export type RoomRow = z.output<typeof roomRowSchema>;

export const ROOM_ORDERS = [
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
export type RoomOrder = (typeof ROOM_ORDERS)[number];

/** Of these `dir=f` means largest first; of the others, ascending (`store/room.py:864-920`). */
export const LARGEST_FIRST: ReadonlySet<RoomOrder> = new Set([
  'joined_members',
  'joined_local_members',
  'version',
  'state_events',
]);

export interface RoomsQuery {
  from?: number;
  limit?: number;
  /**
   * In the name or the alias, or exactly the room id. Together with the two filters below the server applies them to the
   * room-id branch only (`store/room.py:833-862`): never send both.
   */
  search_term?: string;
  public_rooms?: boolean;
  empty_rooms?: boolean;
  order_by?: RoomOrder;
  dir?: 'f' | 'b';
}

export interface RoomsPage {
  rooms: RoomRow[];
  odd: OddRow<RoomRow>[];
  total: number;
  next: number | undefined;
}

const roomsPageSchema = z.object({
  rooms: rowsOf(roomRowSchema),
  total_rooms: listTotal,
  next_batch: nextOffset,
});

/** Throws, too, where the server would pass over a filter in silence and list rooms that don't match. */
export async function listRooms(hs: Homeserver, query: RoomsQuery, signal?: AbortSignal): Promise<RoomsPage> {
  const filtered = query.public_rooms !== undefined || query.empty_rooms !== undefined;
  const unanswerable = filtered ? lacks(hs.version, 'room-filters') : null;
  if (unanswerable !== null) throw new TextError(unanswerable);
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms`,
    // An empty search term is a 400 (`rooms.py:298`).
    query: { ...query, search_term: query.search_term === '' ? undefined : query.search_term },
    schema: roomsPageSchema,
    signal,
  });
  return { rooms: answer.rooms.rows, odd: answer.rooms.odd, total: answer.total_rooms, next: answer.next_batch };
}

export const roomSchema = z.extend(roomRowSchema, {
  avatar: nullishString,
  topic: nullishString,
  joined_local_devices: nullishNumber,
  forgotten: z.nullish(z.boolean()),
  tombstoned: z.nullish(z.boolean()),
  replacement_room: nullishString,
});
export type Room = z.output<typeof roomSchema>;

/**
 * Names, rules and counts come from statistics, which may be missing or late: members and state have the last word. 404 for a
 * room that this homeserver has never known (`rooms.py:379-404`).
 */
export function getRoom(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<Room> {
  return request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}`,
    schema: roomSchema,
    subject: ({ room_id }) => [room_id, roomId],
    signal,
  });
}

/** The same to be shown, though a field of it may be odd. Never to decide by it. */
export function legibleRoom(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<Legible<Room>> {
  return request(hs, { path: path`/_synapse/admin/v1/rooms/${roomId}`, schema: legibly(roomSchema), signal });
}

const membersSchema = z.object({ members: z.array(z.string()) });

/** Joined members only, in one answer, other servers' users among them. 404 for an unknown room. */
export async function roomMembers(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<string[]> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/members`,
    schema: membersSchema,
    signal,
    timeoutMs: 300_000,
  });
  return answer.members;
}

/** The same to be shown, though an entry may be odd. */
export async function roomMemberRows(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<Rows<string>> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/members`,
    schema: z.object({ members: rowsOf(z.string()) }),
    signal,
    timeoutMs: 300_000,
  });
  return answer.members;
}

const stateEventSchema = z.object({
  type: z.string(),
  state_key: z.string(),
  sender: z.string(),
  content: z.record(z.string(), z.unknown()),
  origin_server_ts: z.optional(z.number()),
  event_id: z.optional(z.string()),
});
export type StateEvent = z.output<typeof stateEventSchema>;
/** An event is known by its type and state key; whatever else it lacks, it can be shown. */
const shownEventSchema = z.object({
  type: z.string(),
  state_key: z.string(),
  sender: nullishString,
  content: z.unknown(),
  origin_server_ts: nullishNumber,
});
export type ShownEvent = z.output<typeof shownEventSchema>;
export const roomStateSchema = z.object({ state: rowsWith(stateEventSchema, shownEventSchema) });

/** The room's state events, or those of one type: from Synapse 1.123 on only they are sent, before it all of them. */
export async function roomState(
  hs: Homeserver,
  roomId: string,
  type?: string,
  signal?: AbortSignal,
): Promise<StateEvent[]> {
  const { rows } = await readState(hs, roomId, type, signal);
  return type === undefined ? rows : rows.filter((event) => event.type === type);
}

/** All of the room's state events in one answer, and those of them that are odd. 404 for an unknown room. */
export async function roomStateRows(hs: Homeserver, roomId: string, signal?: AbortSignal) {
  const { rows, odd } = await readState(hs, roomId, undefined, signal);
  return { events: rows, odd };
}

async function readState(hs: Homeserver, roomId: string, type: string | undefined, signal: AbortSignal | undefined) {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/state`,
    query: { type },
    schema: roomStateSchema,
    signal,
  });
  return answer.state;
}

export const blockSchema = z.object({ block: z.boolean(), user_id: nullishString });
export type RoomBlock = z.output<typeof blockSchema>;

/** Works for unknown rooms too. Null: before Synapse 1.48 nobody can ask. */
export async function roomBlock(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<RoomBlock | null> {
  if (!has(hs.version, 'room-block')) return null;
  return request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/block`,
    schema: blockSchema,
    feature: 'room-block',
    signal,
  });
}

const hierarchySchema = z.object({
  rooms: rowsOf(z.object({ room_id: z.string(), name: nullishString, room_type: nullishString })),
  next_batch: z.nullish(z.string()),
});

/** One page (50 at most) of a space and what is below it. Rate-limited even for admins: 5 a second, burst 10. Repeats rooms. */
export async function roomHierarchy(
  hs: Homeserver,
  roomId: string,
  query: { from?: string; max_depth?: number },
  signal?: AbortSignal,
) {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/hierarchy`,
    query,
    schema: hierarchySchema,
    feature: 'hierarchy',
    signal,
  });
  return { rooms: answer.rooms.rows, next: answer.next_batch ?? undefined };
}

const joinSchema = z.object({ room_id: z.string() });

/**
 * Makes a local user join; in a room that is not public the admin invites first (`rooms.py:558-636`). Deactivated users are
 * joined without complaint. A repeated join answers 403 “… is already in the room.” where the room is not public.
 * Not rate-limited; the server does one at a time in a room. A federated join may take minutes.
 */
export async function joinRoom(
  hs: Homeserver,
  roomId: string,
  userId: string,
  via: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  await request(hs, {
    method: 'POST',
    path: path`/_synapse/admin/v1/join/${roomId}`,
    query: { server_name: via.length === 0 ? undefined : via },
    body: { user_id: userId },
    schema: joinSchema,
    subject: ({ room_id }) => [room_id, roomId],
    signal,
    timeoutMs: 300_000,
  });
}

/** Exactly `{}`, as Synapse says that it did it: a portal's `{"status":"ok"}` says nothing of the kind. */
const emptySchema = z.strictObject({});

/**
 * Gives the user the power of the room's most powerful joined local user, and invites it where it is not in (and the room
 * is not public). Not exempt from rate limits; power changes before the invite (`rooms.py:639-806`).
 */
export function makeRoomAdmin(hs: Homeserver, roomId: string, userId: string, signal?: AbortSignal) {
  return request(hs, {
    method: 'POST',
    path: path`/_synapse/admin/v1/rooms/${roomId}/make_room_admin`,
    body: { user_id: userId },
    schema: emptySchema,
    signal,
  });
}

/** The signed-in admin joins, as any user does: by invitation or because the room is public. Rate-limited (`rc_joins`). */
export async function joinAsMyself(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<void> {
  await request(hs, {
    method: 'POST',
    path: path`/_matrix/client/${clientRelease(hs)}/join/${roomId}`,
    body: {},
    schema: joinSchema,
    subject: ({ room_id }) => [room_id, roomId],
    signal,
    timeoutMs: 300_000,
  });
}
