import type { Server } from './call';
import type { EventReport, Room, RoomEvent, UserReport } from './state';

/** Reports as Synapse keeps them, with the next free number. */

const nextId = (reports: ReadonlyMap<number, unknown>): number => Math.max(0, ...reports.keys()) + 1;

interface Reported extends Partial<EventReport> {
  room: Room;
  event: RoomEvent;
  user_id: string;
}

/** @returns its number */
export function addEventReport(server: Server, { room, event, ...given }: Reported): number {
  const id = given.id ?? nextId(server.state.eventReports);
  server.state.eventReports.set(id, {
    received_ts: server.now(),
    score: null,
    reason: null,
    ...given,
    id,
    room_id: room.room_id,
    event_id: event.event_id,
    sender: event.sender,
    event: structuredClone(event),
  });
  return id;
}

/** @returns its number */
export function addUserReport(
  server: Server,
  given: Partial<UserReport> & Pick<UserReport, 'target_user_id' | 'user_id' | 'reason'>,
): number {
  const id = given.id ?? nextId(server.state.userReports);
  server.state.userReports.set(id, { received_ts: server.now(), ...given, id });
  return id;
}
