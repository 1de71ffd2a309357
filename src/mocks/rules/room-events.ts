import type { Answer } from '../answer';
import { bad, forbidden, MatrixError, notFound, ok } from '../answer';
import { schedule } from '../background';
import type { Call, Route, Server } from '../call';
import { route } from '../call';
import type { Room, RoomEvent } from '../state';
import { resolveRoom } from './alias';
import { joined, joinedCounts, stateEvents, type StateEvent } from './room-facts';

const shown = (server: Server, room: Room, event: RoomEvent): Record<string, unknown> => ({
  ...event,
  room_id: room.room_id,
  unsigned: { ...event.unsigned, age: server.now() - event.origin_server_ts },
});

/** Oldest first; tokens are `t<index>`. An unknown room with `dir=f` is an empty page, not an error (§2.4). */
function messages(call: Call): Answer {
  const { query } = call;
  const room = call.state.rooms.get(call.part('room_id'));
  const limit = Math.min(query.integer('limit', 10), 1000);
  const backwards = query.dir() === 'b';
  const filter = query.text('filter', 'utf-8');
  const wanted = filter === undefined ? {} : readFilter(call.server, filter);
  const from = query.text('from');
  if (from !== undefined && !/^t\d+$/.test(from)) throw bad('Invalid stream token');
  const events = room?.events ?? [];
  const start = from === undefined ? (backwards ? events.length : 0) : Number(from.slice(1));
  // As in the database: what does not fit takes no place in the page.
  const fits = fitsFilter(wanted);
  const chunk: RoomEvent[] = [];
  const step = backwards ? -1 : 1;
  let end = start;
  while (chunk.length < limit) {
    const event = events[backwards ? end - 1 : end];
    if (!event) break;
    if (fits(event)) chunk.push(event);
    end += step;
  }
  const more = chunk.length > 0 || limit === 0;
  return ok({
    chunk: room ? chunk.map((event) => shown(call.server, room, event)) : [],
    start: `t${start}`,
    ...(more ? { end: `t${end}` } : {}),
  });
}

function fitsFilter({ types, senders }: Record<string, unknown>): (event: RoomEvent) => boolean {
  return (event) =>
    (!Array.isArray(types) || types.includes(event.type)) &&
    (!Array.isArray(senders) || senders.includes(event.sender));
}

/** A bad one was an error of the server's own before 1.106 (Synapse#16923). */
function readFilter(server: Call['server'], text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    if (!server.atLeast('1.106')) throw new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
    throw bad('Unable to parse filter', 'M_NOT_JSON');
  }
}

function context(call: Call): Answer {
  const room = call.state.rooms.get(call.part('room_id'));
  const at = room?.events.findIndex((event) => event.event_id === call.part('event_id')) ?? -1;
  const event = room?.events[at];
  if (!room || !event) throw notFound('Event not found.');
  const filter = call.query.text('filter', 'utf-8');
  const isLazy = filter !== undefined && readFilter(call.server, filter)['lazy_load_members'] === true;
  const isWanted = (one: StateEvent, { sender }: RoomEvent) =>
    !isLazy || one.type !== 'm.room.member' || one.state_key === sender;
  const half = Math.floor(call.query.integer('limit', 10) / 2);
  const before = room.events.slice(Math.max(0, at - half), at).toReversed();
  const after = room.events.slice(at + 1, at + 1 + half);
  return ok({
    events_before: before.map((one) => shown(call.server, room, one)),
    event: shown(call.server, room, event),
    events_after: after.map((one) => shown(call.server, room, one)),
    state: stateEvents(call.server, room).filter((one) => isWanted(one, event)),
    start: `t${at - before.length}`,
    end: `t${at + 1 + after.length}`,
  });
}

function timestampToEvent(call: Call): Answer {
  const ts = call.query.requiredInteger('ts');
  const events = call.state.rooms.get(call.part('room_id'))?.events ?? [];
  const found =
    call.query.dir() === 'f'
      ? events.find((event) => event.origin_server_ts >= ts)
      : events.findLast((event) => event.origin_server_ts <= ts);
  if (!found) throw notFound(`Unable to find event from ${ts} in direction ${call.query.dir()}`);
  return ok({ event_id: found.event_id, origin_server_ts: found.origin_server_ts });
}

function fetchEvent(call: Call): Answer {
  for (const room of call.state.rooms.values()) {
    const event = room.events.find(({ event_id }) => event_id === call.part('event_id'));
    if (event) return ok({ event: shown(call.server, room, event) });
  }
  throw notFound('Event not found');
}

/** Five minutes, bound to room and depth (§2.4). Limited to 5 a second, 10 at once, for admins too. */
const HIERARCHY_SESSION_MS = 5 * 60_000;
const sessions = new WeakMap<
  object,
  Map<string, { roomId: string; depth: number; queue: [string, number][]; seen: string[]; until: number }>
>();

function hierarchy(call: Call): Answer {
  const { server, state, query, requester } = call;
  const root = call.part('room_id');
  server.spend(`hierarchy ${requester.user.name}`, 5, 10, requester.authenticatedEntity);
  const limit = Math.min(query.integer('limit', 50), 50);
  const depth = query.integer('max_depth', Number.MAX_SAFE_INTEGER);
  const token = query.text('from');
  const open = sessions.get(state) ?? new Map<string, never>();
  sessions.set(state, open);
  const session = token === undefined ? undefined : open.get(token);
  const valid = session && session.roomId === root && session.depth === depth && session.until > server.now();
  if (token !== undefined && !valid) throw bad('Unknown pagination token', 'M_INVALID_PARAM');
  const top = state.rooms.get(root);
  // `room_entry` is never set for a root that nobody here is in (§2.4, inferred).
  if (!session && (!top || joined(top).length === 0)) throw new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
  const queue: [string, number][] = session ? [...session.queue] : [[root, 0]];
  const seen = new Set(session?.seen);
  const rooms: Record<string, unknown>[] = [];
  while (queue.length > 0 && rooms.length < limit) {
    const [id, level] = queue.shift() ?? ['', 0];
    if (seen.has(id)) continue;
    seen.add(id);
    const room = state.rooms.get(id);
    if (!room || joined(room).length === 0) continue;
    const children = room.room_type === 'm.space' ? stateEvents(server, room, 'm.space.child').map(stripped) : [];
    rooms.push({ ...summary(room, joinedCounts(server, room).all), children_state: children });
    if (level < depth) for (const child of room.children) queue.push([child, level + 1]);
  }
  if (queue.length === 0) return ok({ rooms });
  const next = server.random.text(24);
  open.set(next, { roomId: root, depth, queue, seen: [...seen], until: server.now() + HIERARCHY_SESSION_MS });
  return ok({ rooms, next_batch: next });
}

/** Children are told without what only a timeline has. */
const stripped = ({ type, state_key, sender, origin_server_ts, content, event_id, room_id }: StateEvent) => ({
  type,
  state_key,
  sender,
  origin_server_ts,
  content,
  event_id,
  room_id,
});

function summary(room: Room, count: number): Record<string, unknown> {
  const entry = {
    room_id: room.room_id,
    name: room.name,
    topic: room.topic,
    canonical_alias: room.canonical_alias,
    avatar_url: room.avatar,
    num_joined_members: count,
    join_rule: room.join_rules,
    world_readable: room.history_visibility === 'world_readable',
    guest_can_join: room.guest_access === 'can_join',
    room_type: room.room_type,
    room_version: room.version,
    encryption: room.encryption,
    allowed_room_ids: room.allow.length > 0 ? room.allow : null,
  };
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null));
}

function getExtremities(call: Call): Answer {
  const roomId = resolveRoom(call.server, call.part('room_identifier'));
  const results = call.state.rooms.get(roomId)?.forward_extremities ?? [];
  return ok({ count: results.length, results });
}

/** On a room with none: 500 (`store/events_forward_extremities.py:57-65`). */
function deleteExtremities(call: Call): Answer {
  const roomId = resolveRoom(call.server, call.part('room_identifier'));
  const room = call.state.rooms.get(roomId);
  const newest = room?.forward_extremities.toSorted((a, b) => b.depth - a.depth)[0];
  if (!room || !newest) throw new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
  const deleted = room.forward_extremities.length - 1;
  room.forward_extremities = [newest];
  return ok({ deleted });
}

/** §2.7: keeps the given event and what comes after; at least one message stays. */
function purgeHistory(call: Call, eventId: string | null): Answer {
  const body = call.json({ allowEmpty: true });
  const room = call.state.rooms.get(call.part('room_id'));
  const upTo = eventId ?? body['purge_up_to_event_id'] ?? null;
  const ts = body['purge_up_to_ts'] ?? null;
  let cut: number;
  if (typeof upTo === 'string') {
    cut = room?.events.findIndex(({ event_id }) => event_id === upTo) ?? -1;
    if (cut < 0) throw notFound('Event not found');
  } else if (ts === null) {
    throw bad('must specify purge_up_to_event_id or purge_up_to_ts', 'M_BAD_JSON');
  } else {
    if (typeof ts !== 'number' || !Number.isInteger(ts)) throw bad('purge_up_to_ts must be an int', 'M_BAD_JSON');
    cut = room?.events.findLastIndex((event) => event.origin_server_ts <= ts) ?? -1;
    if (cut < 0) throw notFound('there is no event to be purged');
  }
  const keepLocal = !body['delete_local_events'];
  const task = schedule(call.server, 'purge_history', call.part('room_id'), () => {
    if (room) {
      const limit = Math.min(cut, room.events.length - 1);
      room.events = room.events.filter(
        (event, index) =>
          index >= limit || event.state_key !== undefined || (keepLocal && call.server.isMine(event.sender)),
      );
    }
    // `(TaskStatus.COMPLETE, None, None)`, as seen on 1.163.2
    return null;
  });
  return ok({ purge_id: task.id });
}

/** Scheduled and cancelled read as `active` (§2.7). */
function purgeStatus(call: Call): Answer {
  const task = call.state.tasks.get(call.part('purge_id'));
  if (task?.action !== 'purge_history') throw notFound(`purge id '${call.part('purge_id')}' not found`);
  const status = task.status === 'complete' || task.status === 'failed' ? task.status : 'active';
  return ok({ status, ...(task.error === null ? {} : { error: task.error }) });
}

/**
 * One state event, as who is in the room may read it, and who left as it was then (`rest/client/room.py:268-301`). The model
 * knows the state of today only: who left is told of their own leaving.
 */
function oneState(call: Call): Answer {
  const { server, requester, query } = call;
  const room = call.state.rooms.get(call.part('room_id'));
  const me = requester.user.name;
  const membership = room?.members.get(me)?.membership;
  if (!room || (membership !== 'join' && membership !== 'leave')) {
    throw forbidden(`User ${me} not in room ${call.part('room_id')}, and room previews are disabled`);
  }
  const format = query.oneOf('format', ['content', 'event'] as const, 'content');
  const event = stateEvents(server, room, call.part('type')).find(({ state_key }) => state_key === call.part('key'));
  if (!event) throw notFound('Event not found.');
  if (format === 'content') return ok(event.content);
  // Older versions (1.130 is one) leave out the id of any event whose id is not part of it.
  const { event_id, ...rest } = event;
  return ok(server.atLeast('1.140') ? { ...rest, event_id } : rest);
}

const V1 = '/_synapse/admin/v1';
const ROOM = `${V1}/rooms/{room_id}`;

export const roomEventRoutes: readonly Route[] = [
  route(`${ROOM}/messages`, { GET: messages }, { since: '1.68' }),
  route(`${ROOM}/context/{event_id}`, { GET: context }, { since: '1.28' }),
  route(`${ROOM}/timestamp_to_event`, { GET: timestampToEvent }, { since: '1.68' }),
  route(`${ROOM}/hierarchy`, { GET: hierarchy }, { since: '1.142' }),
  route('/_matrix/client/<r0|v3|unstable>/rooms/{room_id}/state/{type}/{key}', { GET: oneState }, { auth: 'user' }),
  route(`${V1}/fetch_event/{event_id}`, { GET: fetchEvent }, { since: '1.140' }),
  route(
    `${V1}/rooms/{room_identifier}/forward_extremities`,
    { GET: getExtremities, DELETE: deleteExtremities },
    { since: '1.27' },
  ),
  route(`${V1}/purge_history/{room_id}/{event_id}`, { POST: (call) => purgeHistory(call, call.part('event_id')) }),
  route(`${V1}/purge_history/{room_id}`, { POST: (call) => purgeHistory(call, null) }),
  route(`${V1}/purge_history_status/{purge_id}`, { GET: purgeStatus }),
];
