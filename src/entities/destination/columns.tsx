import { msg, t } from '@lingui/core/macro';
import { isFailing, type Destination } from '~/api/federation';
import type { DestinationColumn } from '~/data/federation';
import { duration } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import type { Column } from '~/ui/DataTable';
import { IdLink } from '~/ui/IdLink';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { destinationMarks, NextAttempt } from './state';

export const WHICH_DESTINATION: Column<Destination> = {
  id: 'destination',
  header: msg`Server`,
  width: 'minmax(15rem, 2fr)',
  sortable: true,
  cell: ({ destination }) => <IdLink value={destination} to={paths.destination(destination)} />,
};

export const OF_DESTINATION: Readonly<Record<DestinationColumn, Omit<Column<Destination>, 'id'>>> = {
  state: { header: msg`Status`, width: 'minmax(6rem, 0.6fr)', cell: (row) => <Marks marks={destinationMarks(row)} /> },
  failure_ts: {
    header: msg`Failing since`,
    width: 'minmax(8rem, 0.8fr)',
    sortable: true,
    cell: (row) => isFailing(row) && <Moment ms={row.failure_ts} />,
  },
  retry_last_ts: {
    header: msg`Last failed attempt`,
    width: 'minmax(9.5rem, 0.8fr)',
    sortable: true,
    cell: (row) => isFailing(row) && <Moment ms={row.retry_last_ts} />,
  },
  next: {
    header: msg`Next attempt`,
    width: 'minmax(8rem, 0.8fr)',
    cell: (row) => <NextAttempt of={row} none="" />,
  },
  retry_interval: {
    header: msg`Wait between attempts`,
    width: 'minmax(8rem, 0.7fr)',
    sortable: true,
    cell: ({ retry_interval: wait }) => (wait == null || wait === 0 ? '' : duration(wait)),
  },
  last_successful_stream_ordering: {
    header: msg`Last event sent`,
    width: 'minmax(8rem, 0.7fr)',
    align: 'end',
    sortable: true,
    cell: ({ last_successful_stream_ordering: position }) => (position == null ? t`none` : formatCount(position)),
  },
};

export const DESTINATION_ORDER_GROUPS = [
  {
    group: msg`Sort the servers by`,
    items: [
      { value: 'destination', label: msg`Server` },
      { value: 'failure_ts', label: msg`Failing since` },
      { value: 'retry_last_ts', label: msg`Last failed attempt` },
      { value: 'retry_interval', label: msg`Wait between attempts` },
      { value: 'last_successful_stream_ordering', label: msg`Last event sent` },
    ],
  },
] as const;
