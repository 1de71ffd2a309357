import * as z from 'zod/mini';
import { clientRelease } from './older-path';
import { path, request, type Homeserver } from './request';
import { rowsWith, shownRows, type OddRow } from './rows';

/** What is in a room, for an admin to read. All throw HomeserverError. */

const aliasesSchema = z.object({ aliases: z.array(z.string()) });

/** The aliases on this homeserver: server admins may read those of any room (`handlers/directory.py:538-549`). */
export async function localAliases(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<string[]> {
  const answer = await request(hs, {
    path: path`/_matrix/client/${clientRelease(hs)}/rooms/${roomId}/aliases`,
    schema: aliasesSchema,
    signal,
  });
  return answer.aliases;
}

/** What a message needs to be shown. */
export const messageSchema = z.object({
  event_id: z.string(),
  type: z.string(),
  sender: z.nullish(z.string()),
  origin_server_ts: z.nullish(z.number()),
  content: z.unknown(),
  state_key: z.nullish(z.string()),
  unsigned: z.nullish(z.object({ redacted_because: z.optional(z.unknown()) })),
});
export type RoomMessage = z.output<typeof messageSchema>;

const messagesSchema = z.object({
  chunk: rowsWith(messageSchema, messageSchema),
  start: z.string(),
  end: z.nullish(z.string()),
});

export interface MessagesQuery {
  /** A place in the timeline; missing: the newest. */
  from?: string | undefined;
  sender?: string | undefined;
  type?: string | undefined;
}

export interface MessagesPage {
  messages: RoomMessage[];
  odd: OddRow<RoomMessage>[];
  /** Where the older ones begin; undefined: there are none. */
  end: string | undefined;
}

const PAGE = 50;

/**
 * The events of a room from the newest backwards (1.68): without being in it, and without a trace in the room. The end is where the
 * answer names no more, not where a page is empty.
 */
export async function roomMessages(
  hs: Homeserver,
  roomId: string,
  { from, sender, type }: MessagesQuery,
  signal?: AbortSignal,
): Promise<MessagesPage> {
  const filter = { ...(sender !== undefined && { senders: [sender] }), ...(type !== undefined && { types: [type] }) };
  const { chunk, end } = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/messages`,
    query: {
      dir: 'b',
      limit: PAGE,
      from,
      filter: Object.keys(filter).length > 0 ? JSON.stringify(filter) : undefined,
    },
    schema: messagesSchema,
    feature: 'room-messages',
    signal,
    // It may ask other homeservers for what is missing here.
    timeoutMs: 120_000,
  });
  return { messages: shownRows(chunk), odd: chunk.odd, end: end ?? undefined };
}

const foundSchema = z.object({ event_id: z.string(), origin_server_ts: z.number() });
const contextSchema = z.object({ end: z.string() });

/**
 * Where to read backwards from to begin with the last event before this time: the place just after it. 404 where there is none so
 * old.
 * @param ts epoch ms
 */
export async function placeBefore(
  hs: Homeserver,
  roomId: string,
  ts: number,
  signal?: AbortSignal,
): Promise<{ from: string; at: number }> {
  const found = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/timestamp_to_event`,
    query: { ts, dir: 'b' },
    schema: foundSchema,
    feature: 'room-messages',
    signal,
    timeoutMs: 120_000,
  });
  const { end } = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/context/${found.event_id}`,
    // The state of the room would be in the answer: with lazy loading only that of the members who wrote.
    query: { limit: 0, filter: JSON.stringify({ lazy_load_members: true }) },
    schema: contextSchema,
    signal,
  });
  return { from: end, at: found.origin_server_ts };
}

const nullishString = z.nullish(z.string());

const childSchema = z.object({
  room_id: z.string(),
  name: nullishString,
  canonical_alias: nullishString,
  num_joined_members: z.nullish(z.number()),
  join_rule: nullishString,
  room_type: nullishString,
});
export type SpaceChild = z.output<typeof childSchema>;

const levelSchema = z.object({
  rooms: rowsWith(
    z.extend(childSchema, { children_state: z.optional(z.array(z.object({ state_key: z.string() }))) }),
    childSchema,
  ),
  next_batch: nullishString,
});

export interface SpaceLevel {
  /** Rooms that this homeserver knows, each once. */
  rooms: SpaceChild[];
  /** What the space names besides. */
  named: string[];
  next: string | undefined;
}

/** One page of what is right below a space (1.142). Limited to 5 requests a second, for admins too; it repeats rooms. */
export async function spaceLevel(
  hs: Homeserver,
  spaceId: string,
  from: string | undefined,
  signal?: AbortSignal,
): Promise<SpaceLevel> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${spaceId}/hierarchy`,
    query: { from, max_depth: 1 },
    schema: levelSchema,
    feature: 'hierarchy',
    signal,
  });
  const { rows } = answer.rooms;
  const space = rows.find(({ room_id }) => room_id === spaceId);
  const rooms = new Map(shownRows(answer.rooms).map((room): [string, SpaceChild] => [room.room_id, room]));
  rooms.delete(spaceId);
  return {
    rooms: [...rooms.values()],
    named: space?.children_state?.map(({ state_key }) => state_key) ?? [],
    next: answer.next_batch ?? undefined,
  };
}

const aroundSchema = z.object({
  events_before: rowsWith(messageSchema, messageSchema),
  event: messageSchema,
  events_after: rowsWith(messageSchema, messageSchema),
});

export interface EventsAround {
  /** The newest first, the event among them. */
  messages: RoomMessage[];
  odd: OddRow<RoomMessage>[];
}

/** What was sent just before and after an event (1.28). 404 where this homeserver does not have it, or it is of another room. */
export async function eventsAround(
  hs: Homeserver,
  roomId: string,
  eventId: string,
  signal?: AbortSignal,
): Promise<EventsAround> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/context/${eventId}`,
    query: { limit: 20, filter: JSON.stringify({ lazy_load_members: true }) },
    schema: aroundSchema,
    subject: ({ event }) => [event.event_id, eventId],
    signal,
  });
  const { events_before: before, event, events_after: after } = answer;
  return {
    messages: [...shownRows(after).toReversed(), event, ...shownRows(before)],
    odd: [...after.odd, ...before.odd],
  };
}
