import * as z from 'zod/mini';
import { lookAsk, startAsk, type Ask, type TaskStarted } from './ask';
import { path } from './request';
import { rowsOf } from './rows';

/** Purging the history of a room (`synapse/rest/admin/__init__.py:151-235`), as data. */

/**
 * `POST /v1/purge_history/{id}`: everything before the last event up to this time, but that event and the state. 404 where there is
 * none so old. It does not look whether one is at work already.
 * @param ts epoch ms
 */
export const purgeHistoryAsk = (roomId: string, ts: number, deleteLocal: boolean): Ask<TaskStarted> =>
  startAsk(
    {
      method: 'POST',
      path: path`/_synapse/admin/v1/purge_history/${roomId}`,
      body: { purge_up_to_ts: ts, delete_local_events: deleteLocal },
    },
    'purge_id',
  );

const statusSchema = z.object({ status: z.enum(['active', 'complete', 'failed']), error: z.nullish(z.string()) });

/** `GET /v1/purge_history_status/{id}`; 404 after 7 days. */
export const lookAtPurge = (purgeId: string): Ask<z.output<typeof statusSchema>> =>
  lookAsk(path`/_synapse/admin/v1/purge_history_status/${purgeId}`, statusSchema);

const tasksSchema = z.object({ scheduled_tasks: rowsOf(z.object({ id: z.string() })) });

/** `GET /v1/scheduled_tasks` (1.130): the purges of this room that Synapse remembers. */
export function lookAtPurges(roomId: string): Ask<readonly string[]> {
  const one = lookAsk(path`/_synapse/admin/v1/scheduled_tasks`, tasksSchema);
  return {
    request: { ...one.request, query: { resource_id: roomId, action_name: 'purge_history' } },
    read: (body, status) => one.read(body, status).scheduled_tasks.rows.map(({ id }) => id),
  };
}

const foundSchema = z.object({ event_id: z.string(), origin_server_ts: z.number() });

/** `GET /v1/rooms/{id}/timestamp_to_event` (1.68): the last event up to this time. 404 where there is none so old. */
export function lookAtLastBefore(roomId: string, ts: number): Ask<z.output<typeof foundSchema>> {
  const one = lookAsk(path`/_synapse/admin/v1/rooms/${roomId}/timestamp_to_event`, foundSchema);
  return { ...one, request: { ...one.request, query: { ts, dir: 'b' }, timeoutMs: 120_000 } };
}
