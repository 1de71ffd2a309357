import * as z from 'zod/mini';
import { lookAsk, startAsk, type Ask, type TaskStarted } from './ask';
import { path } from './request';
import { rowsOf } from './rows';

/** Redacting everything that a user sent (`synapse/rest/admin/users.py`, `RedactUser`), as data. */

export interface Redaction {
  /** Never empty: that means all rooms that the user is in by then, and none for one who has left them. */
  readonly rooms: readonly string[];
  readonly reason?: string;
  /** Of each room, the newest first. */
  readonly limit?: number;
  readonly use_admin?: true;
  /** Epoch ms, both included. */
  readonly before_ts?: number;
  readonly after_ts?: number;
}

/** `POST /v1/user/{id}/redact` (1.116). 400 while one is at work for this user. */
export const redactUser = (userId: string, body: Redaction): Ask<TaskStarted> =>
  startAsk({ method: 'POST', path: path`/_synapse/admin/v1/user/${userId}/redact`, body }, 'redact_id');

const statusSchema = z.object({
  status: z.enum(['scheduled', 'active', 'complete', 'failed']),
  /** Event ID → why. The documentation shows a list. */
  failed_redactions: z.optional(z.union([z.record(z.string(), z.string()), z.array(z.unknown())])),
  error: z.nullish(z.string()),
});
export type RedactionStatus = z.output<typeof statusSchema>;

/** `GET /v1/user/redact_status/{id}`; 404 after 7 days. `complete` says nothing of whether each event was redacted. */
export const lookAtRedaction = (redactId: string): Ask<RedactionStatus> =>
  lookAsk(path`/_synapse/admin/v1/user/redact_status/${redactId}`, statusSchema);

const tasksSchema = z.object({ scheduled_tasks: rowsOf(z.object({ id: z.string() })) });

/** `GET /v1/scheduled_tasks` (1.130): the redactions of this user that Synapse remembers, the oldest first. */
export const lookAtRedactions = (userId: string): Ask<readonly string[]> => {
  const one = lookAsk(path`/_synapse/admin/v1/scheduled_tasks`, tasksSchema);
  return {
    request: { ...one.request, query: { action_name: 'redact_all_events', resource_id: userId } },
    read: (body, status) => one.read(body, status).scheduled_tasks.rows.map(({ id }) => id),
  };
};

const membershipsSchema = z.object({ memberships: z.record(z.string(), z.string()) });

/** `GET /v1/users/{id}/memberships` (1.145): how a user stands to each room. No existence check. */
export const lookAtMemberships = (userId: string): Ask<Record<string, string>> => {
  const one = lookAsk(path`/_synapse/admin/v1/users/${userId}/memberships`, membershipsSchema);
  return { ...one, read: (body, status) => one.read(body, status).memberships };
};

const versionSchema = z.object({ room_id: z.string(), version: z.nullish(z.string()) });

/** `GET /v1/rooms/{id}`, for its version alone. */
export const lookAtRoomVersion = (roomId: string): Ask<string | null> => {
  const one = lookAsk(path`/_synapse/admin/v1/rooms/${roomId}`, versionSchema, { at: ['room_id'], is: roomId });
  return { ...one, read: (body, status) => one.read(body, status).version ?? null };
};
