import type { Answer } from '../answer';
import { bad, forbidden, MatrixError, notFound, ok } from '../answer';
import type { Call, Route, Server } from '../call';
import { route } from '../call';
import { parseUserId } from '../ids';
import { assertParams } from '../params';
import type { Room } from '../state';
import { resolveRoom } from './alias';
import { setMembership } from './membership';
import { invitePower, isCreator, joined, powerOf } from './room-facts';

const SUSPENDED = 'Joining rooms while account is suspended is not allowed.';

/** §2.8, `rooms.py:558-636`: where the rule is not `public` the admin invites, then the user joins. No rate limit. */
function join(call: Call): Answer {
  const { server, state } = call;
  const body = call.json();
  assertParams(body, ['user_id']);
  const target = body['user_id'];
  if (typeof target !== 'string') throw new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
  parseUserId(target);
  if (!server.isMine(target)) throw bad('This endpoint can only be used with local users');
  if (!state.users.has(target)) throw notFound('User not found');
  const roomId = resolveRoom(server, call.part('room_identifier'));
  const room = state.rooms.get(roomId);
  const admin = call.requester.user;
  if (room && room.join_rules !== null && room.join_rules !== 'public') {
    if (admin.shadow_banned && !server.mas) throw new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
    invite(server, room, admin.name, target);
  }
  joinAs(server, roomId, room, target);
  return ok({ room_id: roomId });
}

/** The order of refusals: `handlers/room_member.py:779-1012`, then `event_auth.py:685-711`. */
function invite(server: Server, room: Room, inviter: string, target: string): void {
  const from = server.state.users.get(inviter);
  if (from?.suspended) {
    throw forbidden('Inviting users while account is suspended is not allowed.', 'M_USER_SUSPENDED');
  }
  assertNotBlocked(server, room.room_id);
  const membership = room.members.get(target)?.membership;
  if (membership === 'ban') throw forbidden('Cannot invite user who was banned', 'M_BAD_STATE');
  if (room.members.get(inviter)?.membership !== 'join') throw forbidden(`${inviter} not in room ${room.room_id}.`);
  if (membership === 'join') throw forbidden(`${target} is already in the room.`);
  if (powerOf(room, inviter) < invitePower(room)) throw forbidden("You don't have permission to invite users");
  if (membership === 'invite') return;
  setMembership(server, room, target, { membership: 'invite', sender: inviter });
  from?.invites_sent_ts.push(server.now());
}

/** Deactivated users are joined without complaint: nothing here looks (§2.8). */
function joinAs(server: Server, roomId: string, room: Room | undefined, target: string): void {
  if (server.state.users.get(target)?.suspended) throw forbidden(SUSPENDED, 'M_USER_SUSPENDED');
  assertNotBlocked(server, roomId);
  if (!room || !joined(room).some((name) => server.isMine(name))) {
    const error = "Can't join remote room because no servers that are in the room have been provided.";
    throw new MatrixError(404, 'M_UNKNOWN', error);
  }
  const known = room.members.get(target);
  if (known?.membership === 'ban') throw forbidden('Cannot join user who was banned', 'M_BAD_STATE');
  if (known?.membership === 'join') {
    // No new event, unless a per-room profile goes under the global one (§2.8).
    if (known.displayname === undefined && known.avatar_url === undefined) return;
  }
  const isIn = known?.membership === 'join' || known?.membership === 'invite';
  if (room.join_rules !== 'public' && !isIn && !allowedByRoom(server, room, target)) {
    throw forbidden('You are not invited to this room.');
  }
  setMembership(server, room, target, { membership: 'join', sender: target });
}

/** Restricted rooms let the members of certain rooms in. */
function allowedByRoom(server: Server, room: Room, target: string): boolean {
  if (room.join_rules !== 'restricted' && room.join_rules !== 'knock_restricted') return false;
  return room.allow.some((id) => server.state.rooms.get(id)?.members.get(target)?.membership === 'join');
}

/** A user joins by themselves: what an admin does after make_room_admin invited them. Limited as `rc_joins.local`. */
function joinMyself(call: Call): Answer {
  const { server, state, requester } = call;
  call.json({ allowEmpty: true });
  const roomId = resolveRoom(server, call.part('room_identifier'));
  server.spend(`join ${requester.user.name}`, 0.1, 10, requester.authenticatedEntity);
  joinAs(server, roomId, state.rooms.get(roomId), requester.user.name);
  return ok({ room_id: roomId });
}

function assertNotBlocked(server: Server, roomId: string): void {
  if (server.state.blockedRooms.has(roomId)) {
    throw forbidden('This room has been blocked on this server', 'M_UNKNOWN');
  }
}

/** The client-server join: the caller's own, by invitation or into a public room (`rest/client/room.py`, `rc_joins`). */
function joinAsCaller(call: Call): Answer {
  const { server, state, requester } = call;
  const roomId = resolveRoom(server, call.part('room_identifier'));
  server.spend(`join ${requester.user.name}`, 0.1, 10, requester.authenticatedEntity);
  joinAs(server, roomId, state.rooms.get(roomId), requester.user.name);
  return ok({ room_id: roomId });
}

/**
 * §2.9, `rooms.py:639-806`: the most powerful joined local user is puppeted. Spends that user's rate limit; the power changes
 * before the invite, so a failing invite leaves it changed.
 */
function makeRoomAdmin(call: Call): Answer {
  const { server, state, requester } = call;
  const roomId = resolveRoom(server, call.part('room_identifier'));
  const body = call.json({ allowEmpty: true });
  const target = typeof body['user_id'] === 'string' ? body['user_id'] : requester.user.name;
  const room = state.rooms.get(roomId);
  if (!room) throw bad('Server not in room');
  const puppet = mostPowerfulLocal(server, room);
  const level = powerOf(room, puppet);
  const levels = room.power_levels;
  const needed = levels?.events['m.room.power_levels'] ?? levels?.state_default ?? 0;
  if (level < needed || isCreator(room, target)) {
    throw bad('No local admin user in room with power to update power levels.');
  }
  server.spend(`message ${puppet}`, 0.2, 10, requester.authenticatedEntity);
  const users = { ...levels?.users, [target]: isCreator(room, puppet) ? 100 : level };
  room.power_levels = { users_default: 0, invite: 0, kick: 50, state_default: 50, events: {}, ...levels, users };
  const membership = room.members.get(target)?.membership;
  if (membership === 'join' || membership === 'invite' || room.join_rules === 'public') return ok({});
  server.spend(`invite ${puppet}`, 0.3, 10, requester.authenticatedEntity);
  invite(server, room, puppet, target);
  return ok({});
}

function mostPowerfulLocal(server: Server, room: Room): string {
  const listed = [...Object.keys(room.power_levels?.users ?? {}), room.creator, ...room.additional_creators];
  const candidates = [...new Set(listed)].filter(
    (name) => server.isMine(name) && powerOf(room, name) > 0 && room.members.get(name)?.membership === 'join',
  );
  const best = candidates.toSorted((a, b) => powerOf(room, b) - powerOf(room, a))[0];
  if (best === undefined) throw bad('No local admin user in room');
  return best;
}

const V1 = '/_synapse/admin/v1';
const CS = '/_matrix/client/<r0|v3|unstable>';

export const roomJoinRoutes: readonly Route[] = [
  // Joins to one room wait for each other, whatever name it is called by (§5.6.12).
  route(
    `${V1}/join/{room_identifier}`,
    { POST: join },
    {
      since: '1.13',
      lane: (call) =>
        `join ${call.state.aliases.get(call.part('room_identifier'))?.room_id ?? call.part('room_identifier')}`,
    },
  ),
  route('/_matrix/client/<r0|v3|unstable>/join/{room_identifier}', { POST: joinAsCaller }, { auth: 'user' }),
  route(`${CS}/join/{room_identifier}`, { POST: joinMyself }, { auth: 'user' }),
  route(`${CS}/rooms/{room_identifier}/join`, { POST: joinMyself }, { auth: 'user' }),
  route(`${V1}/rooms/{room_identifier}/make_room_admin`, { POST: makeRoomAdmin }, { since: '1.25' }),
];
