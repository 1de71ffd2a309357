import { msg, plural, t } from '@lingui/core/macro';
import { Anchor } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import type { Grouping, ReportGroup } from '~/data/report-list';
import { RoomLink } from '~/entities/room/RoomLink';
import { UserLink } from '~/entities/user/UserLink';
import { formatCount } from '~/lib/numbers';
import { shownText } from '~/lib/shown-text';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { TableCaption } from '~/ui/TableCaption';

const HEADERS = { sender: msg`Reported user`, room: msg`Room`, reporter: msg`Reported by` } as const;
/** The filter that lists the reports of a group. */
const FILTERS = { sender: 'sender', room: 'room', reporter: 'reporter' } as const;

const keyOf = ({ id }: ReportGroup): string => id ?? '';

const COUNTS: readonly Column<ReportGroup>[] = [
  {
    id: 'messages',
    header: msg`Messages`,
    width: '7rem',
    align: 'end',
    cell: ({ messages }) => formatCount(messages),
  },
  {
    id: 'reporters',
    header: msg`Users who reported`,
    width: '10rem',
    align: 'end',
    cell: ({ reporters }) => formatCount(reporters),
  },
  { id: 'newest', header: msg`Newest`, width: 'minmax(8rem, 0.8fr)', cell: ({ newest }) => <Moment ms={newest} /> },
];

const columnsBy = (by: Grouping): readonly Column<ReportGroup>[] => [
  { id: 'group', header: HEADERS[by], width: 'minmax(14rem, 2fr)', cell: (group) => <Which group={group} by={by} /> },
  {
    id: 'reports',
    header: msg`Reports`,
    width: 'minmax(6rem, 0.6fr)',
    cell: (group) => <ToReports group={group} by={by} />,
  },
  ...COUNTS,
];

const COLUMNS: Readonly<Record<Grouping, readonly Column<ReportGroup>[]>> = {
  sender: columnsBy('sender'),
  room: columnsBy('room'),
  reporter: columnsBy('reporter'),
};

/** The largest groups first; each leads to its reports. */
export function ReportGroups({ groups, by }: { groups: readonly ReportGroup[]; by: Grouping }) {
  const count = groups.length;
  return (
    <>
      <TableCaption>{t`${plural(count, { one: '# group', other: '# groups' })}`}</TableCaption>
      <DataTable
        label={t`Groups of reports`}
        columns={COLUMNS[by]}
        rows={groups}
        rowKey={keyOf}
        empty={<EmptyNote title={t`No reports found`} />}
      />
    </>
  );
}

function Which({ group, by }: { group: ReportGroup; by: Grouping }) {
  const { id, name } = group;
  if (id === null) return by === 'room' ? t`No room: reports of users` : t`Unknown: the messages are gone`;
  if (by !== 'room') return <UserLink userId={id} />;
  return (
    <span style={{ display: 'flex', flexDirection: 'column', minWidth: 0 }}>
      {shownText(name) !== null && <Outside text={name} longest={80} />}
      <RoomLink roomId={id} />
    </span>
  );
}

function ToReports({ group, by }: { group: ReportGroup; by: Grouping }) {
  const [search] = useSearchParams();
  const { id, reports } = group;
  const words = plural(reports, { one: '# report', other: '# reports' });
  if (id === null) return words;
  const params = new URLSearchParams(search);
  params.delete('by');
  params.delete('page');
  params.set(FILTERS[by], id);
  return (
    <Anchor component={Link} to={`?${params.toString()}`} size="sm">
      {words}
    </Anchor>
  );
}
