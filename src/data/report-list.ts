import * as z from 'zod/mini';
import { eventReportName } from '~/api/report-asks';
import type { EventReport, UserReport } from '~/api/reports';
import { has } from '~/api/since';
import { columnIds, oneOf, pageNumber, pageSize, searchText } from './list-state';

/** A report of a message or of a user: both are one queue. */
export type Report = ({ readonly kind: 'message' } & EventReport) | ({ readonly kind: 'user' } & UserReport);

export const messageReport = (report: EventReport): Report => ({ kind: 'message', ...report });
export const userReport = (report: UserReport): Report => ({ kind: 'user', ...report });

/** The mark of a user report among keys: those of messages begin with their number. */
const USER = 'u';

/** Among both kinds: `u3`, or as an action names a report of a message. */
export const keyOfReport = (report: Report): string =>
  report.kind === 'message' ? eventReportName(report) : `${USER}${report.id}`;

/** The other reports of the same message. */
export const sameMessage = (report: Report, among: readonly Report[]): readonly Report[] =>
  among.filter(
    (one) =>
      report.kind === 'message' &&
      one.kind === 'message' &&
      one.id !== report.id &&
      one.event_id === report.event_id &&
      one.room_id === report.room_id,
  );

/** As what is kept of it in this browser is named: `messages/17 1700000000000`. The time tells it from a later one of the same number. */
export const markKeyOf = (report: Report): string =>
  `${report.kind === 'message' ? 'messages' : 'users'}/${report.id} ${report.received_ts ?? ''}`;

/** The items that keys stand for, by the entity of their action. */
export function itemsOfKeys(keys: readonly string[]): { report: string[]; 'user-report': string[] } {
  const ofUsers = keys.filter((key) => key.startsWith(USER));
  return { report: keys.filter((key) => !key.startsWith(USER)), 'user-report': ofUsers.map((key) => key.slice(1)) };
}

/** Whom a report is against; null: Synapse no longer knows who sent the message. */
export const reportedUser = (report: Report): string | null =>
  report.kind === 'message' ? (report.sender ?? null) : report.target_user_id;

export const REPORT_COLUMNS = ['kind', 'user_id', 'reason', 'room', 'received_ts', 'score'] as const;
export type ReportColumn = (typeof REPORT_COLUMNS)[number];

export const GROUPINGS = ['none', 'sender', 'room', 'reporter'] as const;

/** The queue in the URL. */
export const reportListSchema = z.object({
  /** In reasons, names and IDs; Synapse has no such search. */
  q: searchText,
  kind: oneOf(['all', 'messages', 'users'], 'all'),
  by: oneOf(GROUPINGS, 'none'),
  /** Whom the report is against, by the whole user ID. */
  sender: searchText,
  /** Part of the ID of who reported. */
  reporter: searchText,
  /** Part of the room's ID. */
  room: searchText,
  order_by: oneOf(['received_ts'], 'received_ts'),
  dir: oneOf(['f', 'b'], 'b'),
  page: pageNumber,
  size: pageSize,
  columns: columnIds(REPORT_COLUMNS, ['kind', 'user_id', 'reason', 'room', 'received_ts']),
});
export type ReportListState = z.output<typeof reportListSchema>;
export type Grouping = Exclude<ReportListState['by'], 'none'>;

export const USUAL_REPORT_LIST: ReportListState = z.parse(reportListSchema, {});

/** What the homeserver filters by. */
export interface ReportFilter {
  readonly kind: ReportListState['kind'];
  readonly sender: string;
  readonly reporter: string;
  readonly room: string;
}

export const reportFilter = ({ kind, sender, reporter, room }: ReportListState): ReportFilter => ({
  kind,
  sender,
  reporter,
  room,
});

/** Without what this homeserver would silently ignore. */
export const answerableReports = (state: ReportListState, version: string): ReportListState => ({
  ...state,
  ...(!has(version, 'reports-by-sender') && { sender: '' }),
  ...(!has(version, 'user-reports') && { kind: 'messages' }),
});

/** Which of the two lists of the homeserver are asked. Reports of users name no room. */
export const listsOf = ({ kind, room }: ReportFilter): { messages: boolean; users: boolean } => ({
  messages: kind !== 'users',
  users: kind !== 'messages' && room === '',
});

/** Whether all reports must be read for it. */
export const needsAllReports = ({ q, by }: ReportListState): boolean => q !== '' || by !== 'none';

/** What is searched, in small letters. */
const textOf = (report: Report): string => {
  const own =
    report.kind === 'message'
      ? [report.sender, report.room_id, report.event_id, report.name, report.canonical_alias]
      : [report.target_user_id];
  return [report.user_id, report.reason, ...own].join('\n').toLowerCase();
};

export function searchReports(reports: readonly Report[], q: string): readonly Report[] {
  const needle = q.toLowerCase();
  return needle === '' ? reports : reports.filter((report) => textOf(report).includes(needle));
}

export const inOrder = (reports: readonly Report[], dir: 'f' | 'b'): Report[] => {
  const turn = dir === 'b' ? -1 : 1;
  return reports.toSorted((one, other) => turn * ((one.received_ts ?? 0) - (other.received_ts ?? 0)));
};

/** Reports that have something in common. */
export interface ReportGroup {
  /** A user ID or a room ID; null: it is not known, or there is none. */
  readonly id: string | null;
  /** Of a room. */
  readonly name: string | null;
  readonly reports: number;
  /** Different messages among them, and different users who reported. */
  readonly messages: number;
  readonly reporters: number;
  readonly newest: number | null;
}

const idIn = (report: Report, by: Grouping): string | null => {
  if (by === 'sender') return reportedUser(report);
  if (by === 'reporter') return report.user_id;
  return report.kind === 'message' ? report.room_id : null;
};

/** The largest first. */
export function groupReports(reports: readonly Report[], by: Grouping): ReportGroup[] {
  const members = new Map<string | null, Report[]>();
  for (const report of reports) {
    const id = idIn(report, by);
    const known = members.get(id);
    if (known) known.push(report);
    else members.set(id, [report]);
  }
  return [...members]
    .map(([id, all]) => groupOf(id, all, by))
    .toSorted((one, other) => other.reports - one.reports || (other.newest ?? 0) - (one.newest ?? 0));
}

function groupOf(id: string | null, reports: readonly Report[], by: Grouping): ReportGroup {
  const messages = reports.flatMap((report) => (report.kind === 'message' ? [report] : []));
  const times = reports.flatMap(({ received_ts: ms }) => ms ?? []);
  const [first] = messages;
  return {
    id,
    name: by === 'room' && first ? (first.name ?? first.canonical_alias ?? null) : null,
    reports: reports.length,
    messages: new Set(messages.map(({ event_id }) => event_id)).size,
    reporters: new Set(reports.map(({ user_id }) => user_id)).size,
    newest: times.length === 0 ? null : times.reduce((one, other) => Math.max(one, other)),
  };
}
