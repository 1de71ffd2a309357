import { t } from '@lingui/core/macro';
import { useSearchParams } from 'react-router';
import { has } from '~/api/since';
import { readParams } from '~/data/list-state';
import {
  answerableReports,
  inOrder,
  keyOfReport,
  reportedUser,
  reportFilter,
  reportListSchema,
  searchReports,
  type Report,
  type ReportFilter,
} from '~/data/report-list';
import { readAllReports } from '~/data/reports';
import { useSession } from '~/data/session';
import { isoTime } from '~/lib/times';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';

const COLUMNS: readonly ExportColumn<Report>[] = [
  { name: 'kind', of: ({ kind }) => kind },
  { name: 'id', of: ({ id }) => id },
  { name: 'received', of: ({ received_ts: ms }) => (ms == null ? null : isoTime(ms)) },
  { name: 'reported_user', of: reportedUser },
  { name: 'reported_by', of: (report) => report.user_id },
  { name: 'reason', of: ({ reason }) => reason },
  { name: 'score', of: (report) => (report.kind === 'message' ? report.score : null) },
  { name: 'room_id', of: (report) => (report.kind === 'message' ? report.room_id : null) },
  { name: 'room_name', of: (report) => (report.kind === 'message' ? report.name : null) },
  { name: 'event_id', of: (report) => (report.kind === 'message' ? report.event_id : null) },
];

/** The reports that match the search and the filters, all pages of them. */
export function ExportReports() {
  const { homeserver, version } = useSession();
  const [search] = useSearchParams();
  const read = async (signal: AbortSignal) => {
    const state = answerableReports(readParams(reportListSchema, search), version);
    const { reports, lost } = await readAllReports(homeserver, reportFilter(state), signal);
    return { rows: inOrder(searchReports(reports, state.q), state.dir), lost };
  };
  return <ExportMenu stem="reports" columns={COLUMNS} read={read} />;
}

const ALL: ReportFilter = { kind: 'all', sender: '', reporter: '', room: '' };

/** Those that are about to be dismissed: nothing is left of a report then. */
export function ExportFirst({ keys }: { keys: readonly string[] }) {
  const { homeserver, version } = useSession();
  const read = async (signal: AbortSignal) => {
    const filter: ReportFilter = has(version, 'user-reports') ? ALL : { ...ALL, kind: 'messages' };
    const { reports } = await readAllReports(homeserver, filter, signal);
    const wanted = new Set(keys);
    const rows = reports.filter((report) => wanted.has(keyOfReport(report)));
    return { rows, lost: keys.length - rows.length };
  };
  return <ExportMenu label={t`Export first`} stem="reports" columns={COLUMNS} read={read} />;
}

/** The one that is about to be dismissed. */
export function ExportOne({ report }: { report: Report }) {
  const read = () => ({ rows: [report], lost: 0 });
  return <ExportMenu label={t`Export first`} stem={`report-${report.id}`} columns={COLUMNS} read={read} />;
}
