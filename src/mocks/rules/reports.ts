import type { Answer } from '../answer';
import { bad, MatrixError, notFound, ok } from '../answer';
import type { Call, Route } from '../call';
import { route } from '../call';
import { like } from '../params';
import { numericNext, sortRows } from '../sort';
import type { EventReport, RoomEvent } from '../state';
import { addEventReport, addUserReport } from '../reported';

/** An SQL LIKE; nothing, and the empty text, filters nothing. */
const contains = (needle: string | undefined): ((text: string) => boolean) =>
  needle ? like(`%${needle}%`) : () => true;

/** Rooms without a stats row (purged ones) hide their reports (§4). */
function listed(call: Call, report: EventReport): Record<string, unknown> | null {
  const room = call.state.rooms.get(report.room_id);
  if (!room?.in_stats) return null;
  const { event: _event, ...rest } = report;
  return { ...rest, canonical_alias: room.canonical_alias, name: room.name };
}

function eventReports(call: Call): Answer {
  const { query, state } = call;
  const from = query.integer('from', 0);
  const limit = query.integer('limit', 100);
  const dir = query.dir('b');
  const [user, room] = [contains(query.text('user_id')), contains(query.text('room_id'))];
  const sender = call.server.atLeast('1.122') ? query.text('event_sender_user_id') : undefined;
  const fitting = [...state.eventReports.values()].filter(
    (one) => user(one.user_id) && room(one.room_id) && (!sender || one.sender === sender),
  );
  const rows = sortRows(fitting, (one) => one.received_ts, dir === 'b')
    .map((one) => listed(call, one))
    .filter((row) => row !== null);
  return ok({
    event_reports: rows.slice(from, from + limit),
    total: rows.length,
    ...numericNext(from, limit, rows.length),
  });
}

function reportId(call: Call): number {
  const text = call.part('report_id');
  if (!/^\d+$/.test(text)) {
    throw bad('The report_id parameter must be a string representing a positive integer.', 'M_INVALID_PARAM');
  }
  return Number(text);
}

/** As servers send it to each other: its ID is its hash, and stands nowhere in it. */
function asStored(event: RoomEvent, room_id: string): Record<string, unknown> {
  const { event_id, ...rest } = event;
  const around = { auth_events: [`${event_id}-auth`], prev_events: [`${event_id}-before`], depth: 12 };
  return { ...rest, ...around, room_id, hashes: { sha256: 'x' }, signatures: {}, unsigned: { age_ts: 1 } };
}

/** 404 as well when the event is gone though the list still shows the report (`store/room.py:2069-2077`). */
function eventReport(call: Call): Answer {
  const report = call.state.eventReports.get(reportId(call));
  const row = report && listed(call, report);
  if (!report || !row || report.event === null) throw notFound('Event report not found');
  return ok({ ...row, event_json: asStored(report.event, report.room_id) });
}

function deleteEventReport(call: Call): Answer {
  if (!call.state.eventReports.delete(reportId(call))) throw notFound('Event report not found');
  return ok({});
}

function userReports({ query, state }: Call): Answer {
  const from = query.integer('from', 0);
  const limit = query.integer('limit', 100);
  const dir = query.dir('b');
  const [user, target] = [contains(query.text('user_id')), contains(query.text('target_user_id'))];
  const fitting = [...state.userReports.values()].filter((one) => user(one.user_id) && target(one.target_user_id));
  const rows = sortRows(fitting, (one) => one.received_ts, dir === 'b');
  return ok({
    user_reports: rows.slice(from, from + limit),
    total: rows.length,
    ...numericNext(from, limit, rows.length),
  });
}

function userReport(call: Call): Answer {
  const report = call.state.userReports.get(reportId(call));
  if (!report) throw notFound('User report not found');
  return ok(report);
}

function deleteUserReport(call: Call): Answer {
  if (!call.state.userReports.delete(reportId(call))) throw notFound('User report not found');
  return ok({});
}

/** `rest/client/reporting.py:45-98`: only what the reporter can see, and what is not redacted. */
function reportEvent(call: Call): Answer {
  const body = call.json();
  const { reason = null, score = 0 } = body;
  if (reason !== null && typeof reason !== 'string') throw bad("Param 'reason' must be a string", 'M_BAD_JSON');
  if (typeof score !== 'number' || !Number.isInteger(score))
    throw bad("Param 'score' must be an integer", 'M_BAD_JSON');
  const user_id = call.requester.user.name;
  const room = call.state.rooms.get(call.part('room_id'));
  const event = room?.events.find(({ event_id }) => event_id === call.part('event_id'));
  const isMember = room?.members.get(user_id)?.membership === 'join';
  if (!room || !event || !isMember || Object.keys(event.content).length === 0) {
    throw notFound("Unable to report event: it does not exist or you aren't able to see it.");
  }
  addEventReport(call.server, { room, event, user_id, reason, score: 'score' in body ? score : null });
  return ok({});
}

/** Reports of users who are not here are taken without a word, and not kept (`handlers/reports.py:46-92`). */
function reportUser(call: Call): Answer {
  const { reason } = call.json();
  if (reason === undefined) throw new MatrixError(400, 'M_MISSING_PARAM', 'Field required');
  if (typeof reason !== 'string') throw bad('Input should be a valid string', 'M_BAD_JSON');
  const user_id = call.requester.user.name;
  call.server.spend(`report ${user_id}`, 1, 5, call.requester.authenticatedEntity);
  if (reason.length > 1000) throw bad('Reason must be less than 1000 characters', 'M_BAD_JSON');
  const target_user_id = call.part('user_id');
  if (call.state.users.has(target_user_id)) addUserReport(call.server, { target_user_id, user_id, reason });
  return ok({});
}

const V1 = '/_synapse/admin/v1';

export const reportRoutes: readonly Route[] = [
  route(`${V1}/event_reports`, { GET: eventReports }, { since: '1.21' }),
  route(`${V1}/event_reports/{report_id}`, { GET: eventReport }, { since: '1.23' }),
  route(`${V1}/event_reports/{report_id}`, { DELETE: deleteEventReport }, { since: '1.79' }),
  route(`${V1}/user_reports`, { GET: userReports }, { since: '1.152' }),
  route(`${V1}/user_reports/{report_id}`, { GET: userReport, DELETE: deleteUserReport }, { since: '1.152' }),
  route('/_matrix/client/<r0|v3|unstable>/rooms/{room_id}/report/{event_id}', { POST: reportEvent }, { auth: 'user' }),
  route('/_matrix/client/v3/users/{user_id}/report', { POST: reportUser }, { auth: 'user', since: '1.133' }),
];
