import * as z from 'zod/mini';
import { changeAsk, lookAsk, type Ask } from './ask';
import { clientRelease } from './older-path';
import { path } from './request';
import { blockSchema, roomSchema, roomStateSchema, type Room, type RoomBlock, type StateEvent } from './rooms';

/** Looks at rooms and changes of them, as data (`synapse/rest/admin/rooms.py`): what actions send. */

interface Server {
  /** Synapse's. */
  readonly version: string;
}

/** `GET /v1/rooms/{id}`: 404 for a room that this homeserver has never known. */
export const lookAtRoom = (roomId: string): Ask<Room> =>
  lookAsk(path`/_synapse/admin/v1/rooms/${roomId}`, roomSchema, { at: ['room_id'], is: roomId });

/** `GET /v1/rooms/{id}/block` (1.48). Answers for rooms that nobody here knows, too. */
export const lookAtBlock = (roomId: string): Ask<RoomBlock> =>
  lookAsk(path`/_synapse/admin/v1/rooms/${roomId}/block`, blockSchema, undefined, 'room-block');

/** `PUT /v1/rooms/{id}/block` (1.48): for unknown rooms, too. Who blocked it first stays the one who is named. */
export const blockRoom = (roomId: string, block: boolean): Ask<null> =>
  changeAsk(
    { method: 'PUT', path: path`/_synapse/admin/v1/rooms/${roomId}/block`, body: { block }, feature: 'room-block' },
    { exactly: { block } },
  );

/**
 * `PUT /_matrix/client/v3/directory/list/room/{id}`: an admin of the server may do so in any room
 * (`synapse/api/auth/base.py:200-213`). 400 for an unknown room.
 */
export const publishRoom = (roomId: string, isPublic: boolean, server: Server): Ask<null> =>
  changeAsk(
    {
      method: 'PUT',
      path: path`/_matrix/client/${clientRelease(server)}/directory/list/room/${roomId}`,
      body: { visibility: isPublic ? 'public' : 'private' },
    },
    { exactly: {} },
  );

/** The state events of one type, with `GET /v1/rooms/{id}/state` (1.27): before 1.123 the answer holds the others, too. */
export function lookAtState(roomId: string, type: string): Ask<readonly StateEvent[]> {
  const { request } = lookAsk(path`/_synapse/admin/v1/rooms/${roomId}/state`, roomStateSchema);
  return {
    request: { ...request, query: { type } },
    read: (body) => (body as z.output<typeof roomStateSchema>).state.rows.filter((event) => event.type === type),
  };
}

/**
 * `POST /v1/rooms/{id}/make_room_admin`: gives the power of the most powerful local member, and invites who is not in a room that
 * is not public. 400 where nobody local has the power.
 */
export const makeRoomAdminAsk = (roomId: string, userId: string): Ask<null> =>
  changeAsk(
    {
      method: 'POST',
      path: path`/_synapse/admin/v1/rooms/${roomId}/make_room_admin`,
      body: { user_id: userId },
    },
    { exactly: {} },
  );

const extremitiesSchema = z.object({ count: z.number(), results: z.array(z.unknown()) });
export type Extremities = z.output<typeof extremitiesSchema>;

/** `GET /v1/rooms/{id}/forward_extremities` (1.27). None for a room that nobody here knows. */
export const lookAtExtremities = (roomId: string): Ask<Extremities> =>
  lookAsk(path`/_synapse/admin/v1/rooms/${roomId}/forward_extremities`, extremitiesSchema);

const deletedSchema = z.strictObject({ deleted: z.number() });

/** `DELETE` of the same: all but one. 500 where there are none (`store/events_forward_extremities.py:57-65`). */
export const deleteExtremities = (roomId: string): Ask<null> => ({
  request: {
    method: 'DELETE',
    path: path`/_synapse/admin/v1/rooms/${roomId}/forward_extremities`,
    schema: deletedSchema,
  },
  read: () => null,
});

const namesSchema = z.object({ members: z.array(z.string()) });

export interface SeenPresence {
  readonly joined: boolean;
}

/** Whether this user is in the room, by `GET /v1/rooms/{id}/members` (1.18). 404 for an unknown room. */
export function lookAtPresence(roomId: string, userId: string): Ask<SeenPresence> {
  const one = lookAsk(path`/_synapse/admin/v1/rooms/${roomId}/members`, namesSchema);
  return {
    request: { ...one.request, timeoutMs: 300_000 },
    read: (body, status) => ({ joined: one.read(body, status).members.includes(userId) }),
  };
}

/** The signed-in admin joins, as any user does: by invitation, or because the room is public. Rate-limited (`rc_joins`). */
export function joinMyself(roomId: string, server: Server): Ask<null> {
  return {
    request: {
      method: 'POST',
      path: path`/_matrix/client/${clientRelease(server)}/join/${roomId}`,
      body: {},
      schema: z.object({ room_id: z.literal(roomId) }),
      timeoutMs: 300_000,
    },
    read: () => null,
    success: { has: 'room_id' },
  };
}

/** And leaves: also an invitation is given up by it. */
export const leaveRoom = (roomId: string, server: Server): Ask<null> =>
  changeAsk(
    { method: 'POST', path: path`/_matrix/client/${clientRelease(server)}/rooms/${roomId}/leave`, body: {} },
    { exactly: {} },
  );
