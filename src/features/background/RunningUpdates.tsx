import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { BackgroundStatus, BackgroundUpdate } from '~/api/background';
import { useJobs } from '~/job-store/jobs';
import { starterOf } from '~/job-store/started-here';
import { duration } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { DataTable, type Column } from '~/ui/DataTable';
import { Id } from '~/ui/Id';

interface Running {
  database: string;
  update: BackgroundUpdate;
  /** The job of this browser that started it; null: Synapse itself, or somebody else. */
  jobId: string | null;
}

const COLUMNS: readonly Column<Running>[] = [
  { id: 'name', header: msg`Update`, width: 'minmax(14rem, 2fr)', cell: ({ update: { name } }) => <Id value={name} /> },
  {
    id: 'database',
    header: msg`Database`,
    width: 'minmax(7rem, 0.8fr)',
    cell: ({ database }) => <Id value={database} plain />,
  },
  {
    id: 'items',
    header: msg`Items done`,
    width: 'minmax(6rem, 0.6fr)',
    align: 'end',
    cell: ({ update }) => formatCount(update.total_item_count),
  },
  {
    id: 'rate',
    header: msg`Items per second`,
    width: 'minmax(8rem, 0.6fr)',
    align: 'end',
    cell: ({ update: { average_items_per_ms: rate } }) =>
      rate == null ? t`unknown` : formatCount(Math.round(rate * 1000)),
  },
  {
    id: 'time',
    header: msg`Time spent`,
    width: 'minmax(7rem, 0.6fr)',
    align: 'end',
    cell: ({ update }) => duration(update.total_duration_ms),
  },
  {
    id: 'job',
    header: msg`Started by`,
    width: 'minmax(8rem, 0.6fr)',
    cell: ({ jobId }) =>
      jobId === null ? (
        ''
      ) : (
        <Anchor component={Link} to={paths.job(jobId)} size="sm">
          <Trans>Glia, in this browser</Trans>
        </Anchor>
      ),
  },
];

const keyOf = ({ database, update }: Running): string => `${database} ${update.name}`;

/** The updates that run now, one a database. How much is left, Synapse does not say. */
export function RunningUpdates({ status }: { status: BackgroundStatus }) {
  const jobs = useJobs();
  const rows = Object.entries(status.current_updates).map(([database, update]) => ({
    update,
    database,
    jobId: starterOf(jobs, update.name),
  }));
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t`No update is running. After an upgrade, Synapse may change its database in the background for hours.`}
      </Text>
    );
  }
  return <DataTable label={t`Background updates`} columns={COLUMNS} rows={rows} rowKey={keyOf} />;
}
