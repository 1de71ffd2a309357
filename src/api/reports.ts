import * as z from 'zod/mini';
import { HomeserverError } from './errors';
import { path, request, type Homeserver, type Path } from './request';
import { legibly, listTotal, nextOffset, rowsWith, type Legible, type OddRow } from './rows';

/**
 * What users reported: messages (`synapse/rest/admin/event_reports.py`) and, since 1.152, other users (`user_reports.py`). All throw
 * HomeserverError. Times in ms. Everything in a report is other people's text.
 */

const nullishString = z.nullish(z.string());

export const eventReportSchema = z.object({
  id: z.number(),
  received_ts: z.nullish(z.number()),
  room_id: z.string(),
  event_id: z.string(),
  /** Who reported it. */
  user_id: z.string(),
  /** From -100, the worst, to 0; clients of today send none. */
  score: z.nullish(z.number()),
  reason: nullishString,
  /** Null: Synapse no longer has the event. */
  sender: nullishString,
  canonical_alias: nullishString,
  name: nullishString,
});
export type EventReport = z.output<typeof eventReportSchema>;

export const userReportSchema = z.object({
  id: z.number(),
  received_ts: z.nullish(z.number()),
  target_user_id: z.string(),
  user_id: z.string(),
  reason: nullishString,
});
export type UserReport = z.output<typeof userReportSchema>;

export interface ReportsPage<Report> {
  rows: Report[];
  odd: OddRow<Report>[];
  total: number;
  next: number | undefined;
}

interface Part {
  from?: number;
  limit?: number;
  /** `b`: the newest first. */
  dir?: 'f' | 'b';
  /** Part of the ID of who reported. */
  user_id?: string | undefined;
}

export interface EventReportsQuery extends Part {
  /** Part of the room's ID. */
  room_id?: string | undefined;
  /** The whole ID of who sent it (1.122; ignored before). */
  event_sender_user_id?: string | undefined;
}

export interface UserReportsQuery extends Part {
  /** Part of the ID of who was reported. */
  target_user_id?: string | undefined;
}

export const EVENT_REPORTS = path`/_synapse/admin/v1/event_reports`;

const eventReportsSchema = z.object({
  event_reports: rowsWith(eventReportSchema, eventReportSchema),
  total: listTotal,
  next_token: nextOffset,
});

/** One page of the reports of messages. Those of rooms that were deleted are left out: Synapse keeps them and shows them nowhere. */
export async function listEventReports(
  hs: Homeserver,
  query: EventReportsQuery,
  signal?: AbortSignal,
): Promise<ReportsPage<EventReport>> {
  const answer = await request(hs, {
    path: EVENT_REPORTS,
    query: { ...query },
    schema: eventReportsSchema,
    signal,
  });
  return { ...answer.event_reports, total: answer.total, next: answer.next_token };
}

const userReportsSchema = z.object({
  user_reports: rowsWith(userReportSchema, userReportSchema),
  total: listTotal,
  next_token: nextOffset,
});

/** One page of the reports of users. Synapse keeps only those of its own users. */
export async function listUserReports(
  hs: Homeserver,
  query: UserReportsQuery,
  signal?: AbortSignal,
): Promise<ReportsPage<UserReport>> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/user_reports`,
    query: { ...query },
    feature: 'user-reports',
    schema: userReportsSchema,
    signal,
  });
  return { ...answer.user_reports, total: answer.total, next: answer.next_token };
}

/** The event as it is in the database: redactions don't change it there. */
export const reportedEventSchema = z.object({
  type: z.nullish(z.string()),
  sender: nullishString,
  room_id: nullishString,
  origin_server_ts: z.nullish(z.number()),
  state_key: nullishString,
  content: z.nullish(z.unknown()),
});
export type ReportedEvent = z.output<typeof reportedEventSchema>;

export const wholeEventReportSchema = z.extend(eventReportSchema, { event_json: z.nullish(reportedEventSchema) });
export type WholeEventReport = z.output<typeof wholeEventReportSchema>;

/** By its number. */
export const eventReportPath = (id: string): Path => path`/_synapse/admin/v1/event_reports/${id}`;
export const userReportPath = (id: string): Path => path`/_synapse/admin/v1/user_reports/${id}`;

/** 404 also where the list has it but Synapse no longer has the event (`storage/databases/main/room.py:2072`). */
export function wholeEventReport(hs: Homeserver, id: string, signal?: AbortSignal): Promise<Legible<WholeEventReport>> {
  return request(hs, {
    path: eventReportPath(id),
    schema: legibly(wholeEventReportSchema),
    subject: ({ value }) => [String(value.id), id],
    signal,
  });
}

export function oneUserReport(hs: Homeserver, id: string, signal?: AbortSignal): Promise<Legible<UserReport>> {
  return request(hs, {
    path: userReportPath(id),
    feature: 'user-reports',
    schema: legibly(userReportSchema),
    subject: ({ value }) => [String(value.id), id],
    signal,
  });
}

const ROOM_REPORTS = path`/_synapse/admin/v1/room_reports`;

const roomReportSchema = z.object({
  id: z.number(),
  received_ts: z.nullish(z.number()),
  room_id: z.string(),
  user_id: nullishString,
  reason: nullishString,
});
export type RoomReport = z.output<typeof roomReportSchema>;

const roomReportsSchema = z.object({
  room_reports: rowsWith(roomReportSchema, roomReportSchema),
  total: listTotal,
});

/**
 * Reports of rooms. No Synapse has this yet (element-hq/synapse#19648): it is asked for in the form of the others.
 * @returns null where the homeserver has no such endpoint
 */
export async function listRoomReports(
  hs: Homeserver,
  signal?: AbortSignal,
): Promise<{ rows: RoomReport[]; odd: OddRow<RoomReport>[]; total: number } | null> {
  try {
    const answer = await request(hs, {
      path: ROOM_REPORTS,
      query: { limit: 100, dir: 'b' },
      schema: roomReportsSchema,
      signal,
    });
    return { ...answer.room_reports, total: answer.total };
  } catch (error) {
    if (error instanceof HomeserverError && error.endpointAbsent) return null;
    throw error;
  }
}
