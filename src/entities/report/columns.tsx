import { msg, t } from '@lingui/core/macro';
import { Anchor } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { markKeyOf, reportedUser, type Report, type ReportColumn } from '~/data/report-list';
import { useReportMarks } from '~/data/report-marks';
import { RoomLink } from '~/entities/room/RoomLink';
import { UserLink } from '~/entities/user/UserLink';
import { paths } from '~/lib/paths';
import { shownId } from '~/lib/shown-text';
import type { Column } from '~/ui/DataTable';
import { Marks, type Mark } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import classes from './columns.module.css';

export const pathOfReport = (report: Report): string =>
  report.kind === 'message' ? paths.messageReport(String(report.id)) : paths.userReport(String(report.id));

/** Whom it is against, with the way to its page. */
export const WHICH_REPORT: Column<Report> = {
  id: 'report',
  header: msg`Reported user`,
  width: 'minmax(14rem, 1.6fr)',
  cell: (report) => <Which report={report} />,
};

function Which({ report }: { report: Report }) {
  const user = reportedUser(report);
  const { marks } = useReportMarks();
  // The page of a report leads back to this list, and on to the next one of it.
  const { search } = useLocation();
  const mark = marks.get(markKeyOf(report));
  const isNew = (mark?.seen ?? 0) === 0;
  return (
    <span className={classes.which}>
      <Anchor component={Link} to={pathOfReport(report) + search} size="sm" truncate fw={isNew ? 600 : 400}>
        {user === null ? <bdi>{t`Unknown: the message is gone`}</bdi> : <bdi dir="ltr">{shownId(user)}</bdi>}
      </Anchor>
      <Marks marks={[...(isNew ? [NEW] : []), ...(mark?.note ? [NOTED] : [])]} />
    </span>
  );
}

const NEW: Mark = { label: msg`new`, tone: 'note', meaning: msg`Not opened in this browser yet.` };
const NOTED: Mark = { label: msg`note`, tone: 'plain', meaning: msg`You wrote a note about it in this browser.` };

const REASON: Omit<Column<Report>, 'id'> = {
  header: msg`Reason`,
  width: 'minmax(8rem, 1.3fr)',
  cell: ({ reason }) => <Outside text={reason} none={t`none given`} longest={160} />,
};

export const OF_REPORT: Readonly<Record<ReportColumn, Omit<Column<Report>, 'id'>>> = {
  kind: { header: msg`Kind`, width: '5rem', cell: ({ kind }) => kindWords(kind) },
  reason: REASON,
  user_id: {
    header: msg`Reported by`,
    width: 'minmax(9rem, 1.1fr)',
    cell: (report) => <UserLink userId={report.user_id} />,
  },
  room: { header: msg`Room`, width: 'minmax(7rem, 0.9fr)', cell: (report) => <InRoom report={report} /> },
  received_ts: {
    header: msg`Reported`,
    width: 'minmax(6.5rem, 0.6fr)',
    sortable: true,
    cell: ({ received_ts: ms }) => <Moment ms={ms} />,
  },
  score: {
    header: msg`Score`,
    width: '5rem',
    align: 'end',
    cell: (report) => (report.kind === 'message' && report.score != null ? String(report.score) : ''),
  },
};

export const kindWords = (kind: Report['kind']): string => (kind === 'message' ? t`Message` : t`User`);

function InRoom({ report }: { report: Report }) {
  if (report.kind === 'user') return '';
  const { room_id: roomId, name, canonical_alias: alias } = report;
  const label = name ?? alias ?? null;
  if (label === null) return <RoomLink roomId={roomId} />;
  return (
    <Anchor
      component={Link}
      to={paths.room(roomId)}
      size="sm"
      truncate
      maw="100%"
      display="inline-block"
      style={{ verticalAlign: 'bottom' }}
    >
      <Outside text={label} longest={80} none={t`no name`} />
    </Anchor>
  );
}

export const REPORT_ORDER_GROUPS = [
  { group: msg`Sort the reports by`, items: [{ value: 'received_ts', label: msg`Reported` }] },
] as const;
