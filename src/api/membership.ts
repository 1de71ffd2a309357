import * as z from 'zod/mini';
import { path, request, type Homeserver } from './request';
import { rowsOf } from './rows';

/**
 * Who is in a room by whose doing: the member events. A membership alone does not say who changed it, nor when. All throw
 * HomeserverError.
 */

const contentSchema = z.object({ membership: z.string() });
export const memberEventSchema = z.object({
  type: z.literal('m.room.member'),
  state_key: z.string(),
  sender: z.string(),
  content: contentSchema,
  origin_server_ts: z.number(),
  /** Left out by older versions where one state event is asked for (1.130 is one). */
  event_id: z.optional(z.string()),
  unsigned: z.optional(
    z.object({
      /** Ms since it was made, by the homeserver's clock alone. */
      age: z.optional(z.number()),
      replaces_state: z.optional(z.string()),
      prev_content: z.optional(z.object({ membership: z.optional(z.string()) })),
    }),
  ),
});
export type MemberEvent = z.output<typeof memberEventSchema>;

const endSchema = z.object({ start: z.string() });

/** Where the room's timeline ends now: what `memberEventsSince` reads from there on is newer (Synapse 1.68). Reads no event. */
export async function timelineEnd(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<string> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/messages`,
    query: { dir: 'b', limit: 0 },
    schema: endSchema,
    feature: 'room-messages',
    signal,
  });
  return answer.start;
}

const timelineSchema = z.object({ chunk: rowsOf(memberEventSchema) });

/** No user has more of them within the moment that this is asked about. */
const MOST = 20;

/**
 * The member events about a user that the user sent: joining, leaving, a new name. Oldest first from a place in the timeline;
 * without one the newest only, for a room that is new here: in an older one the homeserver may have to search the whole of it.
 */
export async function ownMemberEvents(
  hs: Homeserver,
  roomId: string,
  userId: string,
  since: string | null,
  signal?: AbortSignal,
): Promise<MemberEvent[]> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/messages`,
    query: {
      ...(since === null ? { dir: 'b', limit: 1 } : { dir: 'f', from: since, limit: MOST }),
      filter: JSON.stringify({ types: ['m.room.member'], senders: [userId] }),
    },
    schema: timelineSchema,
    feature: 'room-messages',
    signal,
  });
  return answer.chunk.rows.filter((event) => event.state_key === userId);
}

const stateSchema = z.object({ state: rowsOf(memberEventSchema) });

/** Of everybody who is or was in the room, or invited: a large answer in a large room. */
export async function memberEvents(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<MemberEvent[]> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/state`,
    // Before 1.123 it is the whole state, and what is no member event is no row here.
    query: { type: 'm.room.member' },
    schema: stateSchema,
    signal,
  });
  return answer.state.rows;
}
