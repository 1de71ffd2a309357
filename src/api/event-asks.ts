import * as z from 'zod/mini';
import { changeAsk, lookAsk, type Ask } from './ask';
import { clientRelease } from './older-path';
import { path } from './request';

/** Looks at events of a room and changes of them, as data. Who changes them needs power in the room. */

interface Server {
  /** Synapse's. */
  readonly version: string;
}

const seenSchema = z.object({
  event: z.object({
    event_id: z.string(),
    type: z.string(),
    sender: z.string(),
    state_key: z.optional(z.string()),
    origin_server_ts: z.optional(z.number()),
    unsigned: z.optional(z.object({ redacted_because: z.optional(z.unknown()) })),
  }),
});
export type SeenEvent = z.output<typeof seenSchema>;

/** `GET /v1/rooms/{id}/context/{event}` (1.28): without being in the room. A redacted event says by which one. 404: not here. */
export function lookAtEvent(roomId: string, eventId: string): Ask<SeenEvent> {
  const one = lookAsk(path`/_synapse/admin/v1/rooms/${roomId}/context/${eventId}`, seenSchema, {
    at: ['event', 'event_id'],
    is: eventId,
  });
  // The state of the room would be in the answer: with lazy loading only that of the members who wrote.
  return {
    ...one,
    request: { ...one.request, query: { limit: 0, filter: JSON.stringify({ lazy_load_members: true }) } },
  };
}

/**
 * `PUT /rooms/{id}/redact/{event}/{txn}`: 403 for who is not in the room, or has too little power for another one's event. The same
 * transaction twice is one redaction (`rest/client/room.py:1310-1416`); it is kept for half an hour, and a second redaction does no harm.
 */
export const redactEvent = (roomId: string, eventId: string, reason: string, server: Server): Ask<null> =>
  changeAsk(
    {
      method: 'PUT',
      path: path`/_matrix/client/${clientRelease(server)}/rooms/${roomId}/redact/${eventId}/${`glia.${eventId}`}`,
      body: reason === '' ? {} : { reason },
    },
    { has: 'event_id' },
  );

const levelsSchema = z.object({
  users: z.optional(z.record(z.string(), z.unknown())),
  users_default: z.optional(z.unknown()),
  redact: z.optional(z.unknown()),
});
export type ReadLevels = z.output<typeof levelsSchema>;

/** The power levels as a member reads them: 403 for who is not in the room, 404 where it has none. */
export const lookAtLevels = (roomId: string, server: Server): Ask<ReadLevels> =>
  lookAsk(path`/_matrix/client/${clientRelease(server)}/rooms/${roomId}/state/m.room.power_levels/${''}`, levelsSchema);
