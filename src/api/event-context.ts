import * as z from 'zod/mini';
import { path, request, type Homeserver } from './request';
import { messageSchema, type RoomMessage } from './room-content';
import { rowsWith, shownRows } from './rows';

/** An event among those around it. */
export interface EventContext {
  readonly event: RoomMessage;
  /** The oldest first. */
  readonly before: readonly RoomMessage[];
  readonly after: readonly RoomMessage[];
}

const rows = rowsWith(messageSchema, messageSchema);
const contextSchema = z.object({
  event: messageSchema,
  events_before: z.optional(rows),
  events_after: z.optional(rows),
});

/**
 * `GET /v1/rooms/{id}/context/{event}` (1.28): without being in the room, and without a trace in it. 404 where the event is not there
 * (any more). @param limit how many events around it; 0: the event alone
 */
export async function eventContext(
  hs: Homeserver,
  { roomId, eventId }: { roomId: string; eventId: string },
  limit: number,
  signal?: AbortSignal,
): Promise<EventContext> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/rooms/${roomId}/context/${eventId}`,
    // The state of the room would be in the answer: with lazy loading only that of the members who wrote.
    query: { limit, filter: JSON.stringify({ lazy_load_members: true }) },
    schema: contextSchema,
    subject: ({ event }) => [event.event_id, eventId],
    signal,
    // It may ask other homeservers for what is missing here.
    timeoutMs: 120_000,
  });
  return {
    event: answer.event,
    before: answer.events_before ? shownRows(answer.events_before).toReversed() : [],
    after: answer.events_after ? shownRows(answer.events_after) : [],
  };
}

/** Nothing is left of what was sent. */
export const isRedacted = ({ content, unsigned }: RoomMessage): boolean =>
  unsigned?.redacted_because !== undefined ||
  (typeof content === 'object' && content !== null && Object.keys(content).length === 0);
