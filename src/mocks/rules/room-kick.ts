import type { Answer } from '../answer';
import { forbidden, MatrixError, ok } from '../answer';
import type { Call, Route, Server } from '../call';
import { route } from '../call';
import { parseUserId } from '../ids';
import { assertParams } from '../params';
import type { Room } from '../state';
import { setMembership } from './membership';
import { banPower, joined, kickPower, powerOf } from './room-facts';

const NOT_IN = 'The target user is not in the room';

/** `rest/client/room.py:1187-1281`: any member of enough power; nothing here is the server admin's. */
function kick(call: Call): Answer {
  const { server, state, requester } = call;
  const body = call.json({ allowEmpty: true });
  assertParams(body, ['user_id']);
  const target = body['user_id'];
  if (typeof target !== 'string') throw new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
  parseUserId(target);
  const room = roomOf(server, state.rooms.get(call.part('room_id')), target);
  const sender = requester.user.name;
  assertAllowed(room, sender, target);
  // Counted as any event of the sender is, once it is known to be allowed (`message.py:1979-1992`).
  server.spend(`message ${sender}`, 0.2, 10, requester.authenticatedEntity);
  const reason = typeof body['reason'] === 'string' ? { reason: body['reason'] } : {};
  setMembership(server, room, target, { membership: 'leave', sender, ...reason });
  return ok({});
}

/** The membership is looked at before anybody's power (`room_member.py:998-1046`, `1133-1152`). */
function roomOf(server: Server, room: Room | undefined, target: string): Room {
  const membership = room?.members.get(target)?.membership;
  const hostIsIn = room !== undefined && joined(room).some((name) => server.isMine(name));
  if (!room || (!hostIsIn && membership === undefined)) throw new MatrixError(404, 'M_UNKNOWN', 'Not a known room');
  if (!hostIsIn) return room;
  if (membership === 'ban') throw forbidden('Cannot kick user who was banned', 'M_BAD_STATE');
  if (membership === undefined || membership === 'leave') throw forbidden(NOT_IN);
  return room;
}

/** `event_auth.py:675-787` */
function assertAllowed(room: Room, sender: string, target: string): void {
  if (room.members.get(sender)?.membership !== 'join') throw forbidden(`${sender} not in room ${room.room_id}.`);
  if (sender === target) return;
  const power = powerOf(room, sender);
  if (power < kickPower(room) || power <= powerOf(room, target)) throw forbidden(`You cannot kick user ${target}.`);
}

function targetIn(call: Call, { allowEmpty }: { allowEmpty: boolean }): { target: string; reason?: string } {
  const body = call.json({ allowEmpty });
  assertParams(body, ['user_id']);
  const target = body['user_id'];
  if (typeof target !== 'string') throw new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
  parseUserId(target);
  return { target, ...(typeof body['reason'] === 'string' && { reason: body['reason'] }) };
}

function knownRoom(call: Call): Room {
  const room = call.state.rooms.get(call.part('room_id'));
  const sender = call.requester.user.name;
  if (!room) throw new MatrixError(404, 'M_UNKNOWN', 'Not a known room');
  if (room.members.get(sender)?.membership !== 'join') throw forbidden(`${sender} not in room ${room.room_id}.`);
  return room;
}

/** `event_auth.py:785-800` */
function ban(call: Call): Answer {
  const { server, requester } = call;
  const { target, ...reason } = targetIn(call, { allowEmpty: true });
  const room = knownRoom(call);
  const sender = requester.user.name;
  const power = powerOf(room, sender);
  if (power < banPower(room)) throw forbidden("You don't have permission to ban");
  if (power <= powerOf(room, target)) throw forbidden("You don't have permission to ban this user");
  server.spend(`message ${sender}`, 0.2, 10, requester.authenticatedEntity);
  setMembership(server, room, target, { membership: 'ban', sender, ...reason });
  return ok({});
}

/** `room_member.py:1000-1006`, `event_auth.py:770-784` */
function unban(call: Call): Answer {
  const { server, state, requester } = call;
  const { target, ...reason } = targetIn(call, { allowEmpty: true });
  const membership = state.rooms.get(call.part('room_id'))?.members.get(target)?.membership;
  if (state.rooms.has(call.part('room_id')) && membership !== 'ban') {
    throw forbidden(`Cannot unban user who was not banned (membership=${membership ?? 'None'})`, 'M_BAD_STATE');
  }
  const room = knownRoom(call);
  const sender = requester.user.name;
  const power = powerOf(room, sender);
  if (power < banPower(room)) throw forbidden(`You cannot unban user ${target}.`);
  if (power < kickPower(room) || power <= powerOf(room, target)) throw forbidden(`You cannot kick user ${target}.`);
  server.spend(`message ${sender}`, 0.2, 10, requester.authenticatedEntity);
  setMembership(server, room, target, { membership: 'leave', sender, ...reason });
  return ok({});
}

/** One’s own; leaving once more is no error. */
function leave(call: Call): Answer {
  const { server, state, requester } = call;
  call.json({ allowEmpty: true });
  const room = state.rooms.get(call.part('room_id'));
  const sender = requester.user.name;
  const membership = room?.members.get(sender)?.membership;
  if (!room || membership === undefined) throw new MatrixError(404, 'M_UNKNOWN', 'Not a known room');
  if (membership === 'join' || membership === 'invite')
    setMembership(server, room, sender, { membership: 'leave', sender });
  return ok({});
}

const ROOM = '/_matrix/client/<r0|v3|unstable>/rooms/{room_id}';

export const roomKickRoutes: readonly Route[] = [
  route(`${ROOM}/kick`, { POST: kick }, { auth: 'user' }),
  route(`${ROOM}/ban`, { POST: ban }, { auth: 'user' }),
  route(`${ROOM}/unban`, { POST: unban }, { auth: 'user' }),
  route(`${ROOM}/leave`, { POST: leave }, { auth: 'user' }),
];
