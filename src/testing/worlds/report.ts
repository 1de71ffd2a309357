import { addRoom, addUser } from '~/mocks/build';
import { addEventReport, addUserReport } from '~/mocks/reported';
import type { MockHomeserver } from '~/mocks/homeserver';
import type { EventReport } from '~/mocks/state';
import type { World } from '~/testing/action-worlds';

/** Worlds of the actions on reports: one that is in the queue, or dismissed. */

/** A message that the admin reported. @returns the number of the report */
export function addReported(model: MockHomeserver, id?: number, body = 'Buy now'): number {
  const sender = addUser(model, {}).name;
  const room = addRoom(model, { name: 'Reported', members: [sender], creator: sender });
  const event = {
    event_id: `$reported-${model.random.text(8)}`,
    type: 'm.room.message',
    sender,
    origin_server_ts: model.now(),
    content: { msgtype: 'm.text', body },
  };
  room.events.push(event);
  const given = { room, event, user_id: model.adminId, reason: 'spam' };
  return addEventReport(model, id === undefined ? given : { ...given, id });
}

/** Those that were dismissed, to be put back. */
const dismissed = new Map<string, EventReport>();
const numberOf = (name: string): number => Number(name.split(' ')[0]);

const ofMessage: World = {
  make(model) {
    const id = addReported(model);
    const report = model.state.eventReports.get(id);
    return `${id} ${report?.user_id} ${report?.room_id}`;
  },
  set(model, name, isReached) {
    const reports = model.state.eventReports;
    const report = reports.get(numberOf(name));
    if (isReached && report) {
      dismissed.set(name, report);
      reports.delete(report.id);
    }
    const before = dismissed.get(name);
    if (!isReached && !report && before) reports.set(before.id, before);
  },
  isReached: (model, name) => !model.state.eventReports.has(numberOf(name)),
  remove: (model, name) => void model.state.eventReports.delete(numberOf(name)),
  whenGone: { status: 'skipped', reason: 'Already dismissed' },
};

const addOfUser = (model: MockHomeserver, id?: number): string => {
  const given = { target_user_id: addUser(model, {}).name, user_id: model.adminId, reason: 'spam' };
  return String(addUserReport(model, id === undefined ? given : { ...given, id }));
};

const ofUser: World = {
  make: (model) => addOfUser(model),
  set(model, id, isReached) {
    if (isReached) this.remove(model, id);
    else if (!model.state.userReports.has(Number(id))) addOfUser(model, Number(id));
  },
  isReached: (model, id) => !model.state.userReports.has(Number(id)),
  /** Another report was given the same number. */
  drift(model, id) {
    const report = model.state.userReports.get(Number(id));
    if (report) report.received_ts += 60_000;
  },
  remove: (model, id) => void model.state.userReports.delete(Number(id)),
};

export const REPORT_WORLDS: Readonly<Record<string, World>> = {
  'report.dismiss': ofMessage,
  'user-report.dismiss': ofUser,
};
