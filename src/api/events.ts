import * as z from 'zod/mini';
import { path, request, type Homeserver } from './request';

const eventSchema = z.looseObject({
  event_id: z.string(),
  room_id: z.optional(z.string()),
  sender: z.optional(z.string()),
  type: z.optional(z.string()),
  origin_server_ts: z.optional(z.number()),
});
/** As the homeserver keeps it, with what other clients never see of it. */
export type StoredEvent = z.output<typeof eventSchema>;

/** `GET /v1/fetch_event/{id}` (1.140, `events.py:36-75`): in whichever room it is, and as it was before a redaction is applied. */
export async function fetchEvent(hs: Homeserver, eventId: string, signal?: AbortSignal): Promise<StoredEvent> {
  const { event } = await request(hs, {
    path: path`/_synapse/admin/v1/fetch_event/${eventId}`,
    schema: z.object({ event: eventSchema }),
    subject: (answer) => [answer.event.event_id, eventId],
    feature: 'fetch-event',
    signal,
  });
  return event;
}
