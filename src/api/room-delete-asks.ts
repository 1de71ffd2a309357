import * as z from 'zod/mini';
import { lookAsk, startAsk, type Ask, type TaskStarted } from './ask';
import { clientRelease } from './older-path';
import { path } from './request';
import { rowsOf } from './rows';
import { has } from './since';

/** Deleting a room, and what it holds (`synapse/rest/admin/rooms.py`, `handlers/pagination.py`), as data. */

interface Server {
  /** Synapse's. */
  readonly version: string;
  readonly serverName: string;
}

export interface RoomDeletion {
  readonly block: boolean;
  readonly purge: boolean;
  readonly force_purge?: true;
  readonly new_room_user_id?: string;
  readonly room_name?: string;
  readonly message?: string;
}

/** `DELETE /v2/rooms/{id}` (1.48). An unknown room is deleted without a word; 400 while one is at work for it. */
export const deleteRoomAsk = (roomId: string, body: RoomDeletion): Ask<TaskStarted> =>
  startAsk(
    { method: 'DELETE', path: path`/_synapse/admin/v2/rooms/${roomId}`, body, feature: 'room-delete' },
    'delete_id',
  );

const membersSchema = z.object({ members: z.array(z.string()) });

/** Who is in a room. */
export interface Present {
  readonly local: number;
  readonly remote: number;
}

/** `GET /v1/rooms/{id}/members` (1.18): the members themselves, where statistics may be late. 404 for an unknown room. */
export function lookAtPresent(roomId: string, { serverName }: Server): Ask<Present> {
  const one = lookAsk(path`/_synapse/admin/v1/rooms/${roomId}/members`, membersSchema);
  return {
    request: { ...one.request, timeoutMs: 300_000 },
    read(body, status) {
      const { members } = one.read(body, status);
      const local = members.filter((userId) => userId.endsWith(`:${serverName}`)).length;
      return { local, remote: members.length - local };
    },
  };
}

const shutdownSchema = z.object({
  kicked_users: z.optional(z.array(z.string())),
  failed_to_kick_users: z.optional(z.array(z.string())),
  local_aliases: z.optional(z.array(z.string())),
  new_room_id: z.nullish(z.string()),
});

const statusSchema = z.object({
  status: z.enum(['scheduled', 'active', 'complete', 'failed', 'cancelled']),
  shutdown_room: z.nullish(shutdownSchema),
});

/** How far a deletion is. */
export interface DeletionStatus {
  readonly status: z.output<typeof statusSchema>['status'];
  /** Null: no progress is known. */
  readonly done: z.output<typeof shutdownSchema> | null;
  /** Why it failed; null: the answer does not say. */
  readonly error: string | null;
}

const tasksSchema = z.object({
  scheduled_tasks: rowsOf(
    z.object({
      id: z.string(),
      status: z.enum(['scheduled', 'active', 'complete', 'failed', 'cancelled']),
      result: z.nullish(shutdownSchema),
      error: z.nullish(z.string()),
    }),
  ),
});

const deletionsOf = (roomId: string) => {
  const one = lookAsk(path`/_synapse/admin/v1/scheduled_tasks`, tasksSchema);
  const query = { resource_id: roomId, action_name: 'shutdown_and_purge_room' };
  return { ...one, request: { ...one.request, query } };
};

/**
 * One deletion, by the ID that started it. `delete_status` never says why it failed (`rooms.py:208-214`): where Synapse lists its
 * tasks (1.130), that list is asked instead, and says all of it. 404, or null: it is not known any more (7 days).
 */
export function lookAtDeletion(roomId: string, deleteId: string, server: Server): Ask<DeletionStatus | null> {
  if (has(server.version, 'scheduled-tasks')) {
    const one = deletionsOf(roomId);
    return {
      ...one,
      read(body, status) {
        const task = one.read(body, status).scheduled_tasks.rows.find(({ id }) => id === deleteId);
        return task ? { status: task.status, done: task.result ?? null, error: task.error ?? null } : null;
      },
    };
  }
  const one = lookAsk(path`/_synapse/admin/v2/rooms/delete_status/${deleteId}`, statusSchema);
  return {
    ...one,
    read(body, code) {
      const { status, shutdown_room: done } = one.read(body, code);
      return { status, done: done ?? null, error: null };
    },
  };
}

const byRoomSchema = z.object({ results: rowsOf(z.object({ delete_id: z.string() })) });

/** The deletions of this room that Synapse remembers. Before 1.130 one that still waits is not among them, and none is a 404. */
export function lookAtDeletions(roomId: string, server: Server): Ask<readonly string[]> {
  if (has(server.version, 'scheduled-tasks')) {
    const one = deletionsOf(roomId);
    return { ...one, read: (body, status) => one.read(body, status).scheduled_tasks.rows.map(({ id }) => id) };
  }
  const one = lookAsk(path`/_synapse/admin/v2/rooms/${roomId}/delete_status`, byRoomSchema);
  return { ...one, read: (body, status) => one.read(body, status).results.rows.map(({ delete_id }) => delete_id) };
}

const aliasesSchema = z.object({ aliases: z.array(z.string()) });

/** The aliases of a room on this homeserver. */
export const lookAtAliases = (roomId: string, server: Server): Ask<{ aliases: string[] }> =>
  lookAsk(path`/_matrix/client/${clientRelease(server)}/rooms/${roomId}/aliases`, aliasesSchema);

const mediaSchema = z.object({ local: z.array(z.string()), remote: z.array(z.string()) });

/** `GET /v1/room/{id}/media`: files that unencrypted events of the room name. */
export const lookAtRoomMedia = (roomId: string): Ask<{ local: string[]; remote: string[] }> =>
  lookAsk(path`/_synapse/admin/v1/room/${roomId}/media`, mediaSchema);
