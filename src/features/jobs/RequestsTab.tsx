import { Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { requestLogOf, LOGGED, type LoggedRequest } from '~/job-store/request-log';
import { useJob } from '~/job-store/jobs';
import type { Job } from '~/jobs/job';
import { exact } from '~/lib/dates';
import { formatCount, plural } from '~/lib/numbers';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Outside } from '~/ui/Outside';
import { StateTag } from '~/ui/StateTag';
import { STATUS_DOTS } from '~/ui/job/words';
import classes from './jobs.module.css';

/** What this tab asked of the homeserver for a job. */
export function RequestsTab({ job }: { job: Job }) {
  const { version } = useJob(job);
  const log = requestLogOf(job.id);
  const count = log?.count ?? 0;
  const rows = useMemo(
    () => ({
      length: version < 0 ? 0 : Math.min(count, LOGGED),
      at: (place: number) => log?.at(place),
      keyAt: (place: number) => count - 1 - place,
    }),
    [log, count, version],
  );
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {count > LOGGED
          ? `The newest ${formatCount(LOGGED)} of ${formatCount(count)} requests of this job, newest first. `
          : `${plural(count, 'request')} of this job, newest first. `}
        Only what this tab sent is listed. The list is forgotten when the page reloads, and holds neither the access
        token nor what was sent in a request’s body.
      </Text>
      <DataTable
        label="Requests"
        columns={COLUMNS}
        rows={rows}
        rowKey={keyOf}
        maxHeight="60vh"
        empty={
          <EmptyNote title="No request to show">
            This tab has sent nothing for this job since the page was loaded.
          </EmptyNote>
        }
      />
    </Stack>
  );
}

const keyOf = ({ number }: LoggedRequest): string => String(number);

/** As it was sent, but for what stands in every ID. */
const readable = (path: string): string => path.replaceAll(/%(?:21|23|24|2B|3A|3D|40)/gi, decodeURIComponent);

const isGood = ({ status, outcome }: LoggedRequest): boolean => status !== null && status < 400 && outcome === '';

const COLUMNS: readonly Column<LoggedRequest>[] = [
  { id: 'method', header: 'Method', width: '5rem', cell: ({ method }) => method },
  {
    id: 'path',
    header: 'Path',
    width: 'minmax(16rem, 3fr)',
    cell: ({ path }) => <Outside as="id" text={readable(path)} longest={400} className={classes.path} />,
  },
  {
    id: 'answer',
    header: 'Answer',
    width: 'minmax(9rem, 1fr)',
    cell: (one) => (
      <StateTag dot={isGood(one) ? STATUS_DOTS.done : STATUS_DOTS.failed}>
        {one.status === null ? `no answer (${one.outcome})` : <Outside text={`${one.status} ${one.outcome}`.trim()} />}
      </StateTag>
    ),
  },
  { id: 'ms', header: 'Took', width: '5rem', align: 'end', cell: ({ ms }) => `${formatCount(ms)} ms` },
  { id: 'attempt', header: 'Try', width: '3.5rem', align: 'end', cell: ({ attempt }) => attempt },
  { id: 'at', header: 'Sent', width: '10.5rem', cell: ({ at }) => exact(at) },
];
