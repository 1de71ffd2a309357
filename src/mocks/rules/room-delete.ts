import type { Answer } from '../answer';
import { bad, notFound, ok } from '../answer';
import { schedule, StepFailed } from '../background';
import { addRoom } from '../build';
import type { Call, Route, Server } from '../call';
import { route } from '../call';
import { assertRoomId } from '../ids';
import type { Task } from '../state';
import { joined } from './room-facts';

interface Order {
  roomId: string;
  block: boolean;
  purge: boolean;
  newRoomUserId: string | null;
  roomName: string;
  by: string;
}

/** Both versions need at least `{}` (§2.6, `rooms.py:153,428`). */
function readOrder(call: Call): Order {
  const roomId = call.part('room_id');
  assertRoomId(roomId);
  const body = call.json();
  const flag = (name: string, fallback: boolean): boolean => {
    const value = body[name] ?? fallback;
    if (typeof value !== 'boolean') throw bad(`Param '${name}' must be a boolean, if given`, 'M_BAD_JSON');
    return value;
  };
  const block = flag('block', false);
  const purge = flag('purge', true);
  flag('force_purge', false);
  const newRoomUserId = typeof body['new_room_user_id'] === 'string' ? body['new_room_user_id'] : null;
  if (newRoomUserId !== null && !call.server.isMine(newRoomUserId)) throw bad(`User must be our own: ${newRoomUserId}`);
  return {
    roomId,
    block,
    purge,
    newRoomUserId,
    roomName: typeof body['room_name'] === 'string' ? body['room_name'] : 'Content Violation Notification',
    by: call.requester.user.name,
  };
}

/** Unknown rooms are fine: 200 in both versions, blocked first (§2.6). */
function shutDown(server: Server, order: Order): Record<string, unknown> {
  const { state } = server;
  if (order.block && !state.blockedRooms.has(order.roomId)) state.blockedRooms.set(order.roomId, order.by);
  const room = state.rooms.get(order.roomId);
  const now = server.now();
  const kicked = room ? joined(room).filter((name) => server.isMine(name)) : [];
  const aliases = [...state.aliases].filter(([, alias]) => alias.room_id === order.roomId).map(([name]) => name);
  let newRoomId: string | null = null;
  if (room && order.newRoomUserId !== null) {
    newRoomId = newRoom(server, order, kicked);
    for (const name of aliases) {
      state.aliases.set(name, { room_id: newRoomId, creator: order.newRoomUserId, servers: [server.serverName] });
    }
  } else for (const name of aliases) state.aliases.delete(name);
  if (room) for (const name of kicked) room.members.set(name, { membership: 'leave', since: now, forgotten: true });
  const result = { kicked_users: kicked, failed_to_kick_users: [], local_aliases: aliases, new_room_id: newRoomId };
  if (room?.purge_failures && order.purge) {
    room.purge_failures -= 1;
    throw new StepFailed(FOREIGN_KEY, result);
  }
  if (order.purge) state.rooms.delete(order.roomId);
  return result;
}

/** What SQLite and PostgreSQL say of it begins so. */
const FOREIGN_KEY =
  'insert or update on table "sliding_sync_joined_rooms_to_recalculate" violates foreign key constraint "sliding_sync_joined_rooms_to_recalculate_room_id_fkey"';

function newRoom(server: Server, order: Order, kicked: readonly string[]): string {
  const creator = order.newRoomUserId ?? order.by;
  const room = addRoom(server, {
    name: order.roomName,
    creator,
    guest_access: 'forbidden',
    members: [creator, ...kicked],
    power_levels: { users: { [creator]: 100 }, users_default: -10 },
  });
  return room.room_id;
}

const ACTION = 'shutdown_and_purge_room';

function deleteNow(call: Call): Answer {
  return ok(shutDown(call.server, readOrder(call)));
}

function deleteLater(call: Call): Answer {
  const order = readOrder(call);
  const busy = [...call.state.tasks.values()].some(
    (task) => task.action === ACTION && task.resource_id === order.roomId && task.status === 'active',
  );
  if (busy) throw bad(`Purge already in progress for ${order.roomId}`);
  const task = schedule(call.server, ACTION, order.roomId, () => shutDown(call.server, order));
  return ok({ delete_id: task.id });
}

/** The promised `error` is never there; `shutdown_room` is null until there is progress (§2.6). */
function shown(server: Server, task: Task): Record<string, unknown> {
  return {
    delete_id: task.id,
    ...(server.atLeast('1.131') ? { room_id: task.resource_id } : {}),
    status: task.status,
    shutdown_room: task.result,
  };
}

const deletions = (call: Call): Task[] => [...call.state.tasks.values()].filter(({ action }) => action === ACTION);

/** By room: active, complete and failed only; a task that still waits is a 404 (`handlers/pagination.py:401-418`). */
function statusByRoom(call: Call): Answer {
  const roomId = call.part('room_id');
  assertRoomId(roomId);
  const found = deletions(call).filter(
    (task) => task.resource_id === roomId && /^(active|complete|failed)$/.test(task.status),
  );
  if (found.length === 0) throw notFound(`No delete task for room_id '${roomId}' found`);
  return ok({ results: found.map((task) => shown(call.server, task)) });
}

function statusById(call: Call): Answer {
  const id = call.part('delete_id');
  const task = deletions(call).find((one) => one.id === id);
  if (!task) throw notFound(`delete id '${id}' not found`);
  return ok(shown(call.server, task));
}

const ADMIN = '/_synapse/admin';

export const roomDeleteRoutes: readonly Route[] = [
  route(`${ADMIN}/v2/rooms/delete_status/{delete_id}`, { GET: statusById }, { since: '1.48' }),
  route(`${ADMIN}/v2/rooms/{room_id}/delete_status`, { GET: statusByRoom }, { since: '1.48' }),
  route(`${ADMIN}/v1/rooms/{room_id}`, { DELETE: deleteNow }, { since: '1.34' }),
  route(`${ADMIN}/v2/rooms/{room_id}`, { DELETE: deleteLater }, { since: '1.48' }),
];
