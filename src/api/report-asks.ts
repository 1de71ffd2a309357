import * as z from 'zod/mini';
import { changeAsk, lookAsk, Mishap, type Ask } from './ask';
import {
  EVENT_REPORTS,
  eventReportPath,
  eventReportSchema,
  userReportPath,
  userReportSchema,
  type EventReport,
  type UserReport,
} from './reports';
import { listTotal, rowsOf } from './rows';

/** Looks at reports and their deletion, as data. */

/**
 * A report of a message is known by its number, by who reported it and by the room, with blanks between: the number alone can't be
 * asked for where Synapse no longer has the message (404, `storage/databases/main/room.py:2072`), though the list still shows it.
 */
export const eventReportName = ({ id, user_id: userId, room_id: roomId }: EventReport): string =>
  `${id} ${userId} ${roomId}`;

export function eventReportOf(name: string): { id: string; userId: string; roomId: string } {
  const [id = '', userId = '', ...rest] = name.split(' ');
  return { id, userId, roomId: rest.join(' ') };
}

/** Null: it is not in the queue. */
export interface SeenEventReport {
  readonly report: { readonly id: number } | null;
}

/** So many reports of one user in one room are looked through. */
const MOST = 1000;
const listSchema = z.object({
  event_reports: rowsOf(z.pick(eventReportSchema, { id: true, user_id: true, room_id: true })),
  total: listTotal,
});

/** In the list, by who reported it and where. */
export function lookAtEventReport(name: string): Ask<SeenEventReport> {
  const { id, userId, roomId } = eventReportOf(name);
  return {
    request: { path: EVENT_REPORTS, query: { user_id: userId, room_id: roomId, limit: MOST }, schema: listSchema },
    read(body) {
      const { event_reports: reports, total } = body as z.output<typeof listSchema>;
      const report = reports.rows.find(
        (one) => String(one.id) === id && one.user_id === userId && one.room_id === roomId,
      );
      if (!report && !(total <= MOST && reports.odd.length === 0)) throw new Mishap(UNSURE);
      return { report: report ?? null };
    },
  };
}

const UNSURE = /*i18n*/ {
  id: 'api.report-unsure',
  message: 'Glia can’t tell whether this report is still there: the list of reports could not be read to its end.',
};

/** `GET /v1/user_reports/{id}` (1.152). */
export const lookAtUserReport = (id: string): Ask<UserReport> =>
  lookAsk(userReportPath(id), userReportSchema, undefined, 'user-reports');

/** `DELETE /v1/event_reports/{id}` (1.79); 404 where it is not there. */
export const dismissEventReport = (name: string): Ask<null> =>
  changeAsk(
    { method: 'DELETE', path: eventReportPath(eventReportOf(name).id), feature: 'dismiss-reports' },
    { exactly: {} },
  );

/** `DELETE /v1/user_reports/{id}` (1.152). */
export const dismissUserReport = (id: string): Ask<null> =>
  changeAsk({ method: 'DELETE', path: userReportPath(id), feature: 'user-reports' }, { exactly: {} });
