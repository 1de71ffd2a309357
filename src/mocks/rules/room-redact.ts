import type { Answer } from '../answer';
import { forbidden, MatrixError, notFound, ok } from '../answer';
import type { Call, Route, Server } from '../call';
import { route } from '../call';
import { URL_SAFE } from '../random';
import type { Room, RoomEvent } from '../state';
import { powerOf, redactPower } from './room-facts';

/** Takes away what an event says, and leaves the redaction in the timeline. @returns its ID */
export function redact(server: Server, room: Room, event: RoomEvent, sender: string, reason?: string): string {
  const isNew = Number.parseInt(room.version, 10) >= 11;
  const event_id = `$${server.random.text(43, URL_SAFE)}`;
  const redaction: RoomEvent = {
    event_id,
    type: 'm.room.redaction',
    sender,
    origin_server_ts: server.now(),
    content: { ...(isNew && { redacts: event.event_id }), ...(reason !== undefined && { reason }) },
    // Also from version 11 on, for older clients.
    redacts: event.event_id,
  };
  const { membership } = event.content;
  event.content = event.type === 'm.room.member' && membership !== undefined ? { membership } : {};
  event.unsigned = {
    ...event.unsigned,
    redacted_by: event_id,
    redacted_because: { ...redaction, room_id: room.room_id, unsigned: { age: 0 } },
  };
  room.events.push(redaction);
  return event_id;
}

/** Half an hour in Synapse, for ever here. */
const transactions = new WeakMap<object, Map<string, string>>();

/** `rest/client/room.py:1310-1416`, `handlers/message.py:2109-2171` */
function redactOne(call: Call): Answer {
  const { server, state, requester } = call;
  const body = call.json();
  const sender = requester.user.name;
  const [roomId, eventId] = [call.part('room_id'), call.part('event_id')];
  const known = transactions.get(state) ?? new Map<string, string>();
  transactions.set(state, known);
  const key = JSON.stringify([sender, roomId, call.part('txn_id')]);
  const earlier = known.get(key);
  if (earlier !== undefined) return ok({ event_id: earlier });
  const room = state.rooms.get(roomId);
  if (!room) throw new MatrixError(404, 'M_NOT_FOUND', 'Could not find room version for ' + roomId);
  if (room.members.get(sender)?.membership !== 'join') throw forbidden(`User ${sender} not in room ${roomId}`);
  const event = room.events.find(({ event_id }) => event_id === eventId);
  const mayAny = powerOf(room, sender) >= redactPower(room);
  if (!mayAny && !event) throw notFound(`Could not find event ${eventId}`);
  if (!mayAny && event?.sender !== sender) throw forbidden("You don't have permission to redact events");
  server.spend(`message ${sender}`, 0.2, 10, requester.authenticatedEntity);
  const reason = typeof body['reason'] === 'string' ? body['reason'] : undefined;
  const event_id = event ? redact(server, room, event, sender, reason) : `$${server.random.text(43, URL_SAFE)}`;
  known.set(key, event_id);
  return ok({ event_id });
}

export const roomRedactRoutes: readonly Route[] = [
  route(
    '/_matrix/client/<r0|v3|unstable>/rooms/{room_id}/redact/{event_id}/{txn_id}',
    { PUT: redactOne },
    { auth: 'user' },
  ),
];
