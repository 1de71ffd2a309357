import { msg, plural, t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { requestLogOf, LOGGED, type LoggedRequest } from '~/job-store/request-log';
import { useJob } from '~/job-store/jobs';
import type { Job } from '~/jobs/job';
import { exact } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Outside } from '~/ui/Outside';
import { StateTag } from '~/ui/StateTag';
import { STATUS_DOTS } from '~/ui/job/words';
import classes from './jobs.module.css';

/** What this tab asked of the homeserver for a job. */
export function RequestsTab({ job }: { job: Job }) {
  const { t } = useLingui();
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
  const newest = formatCount(LOGGED);
  const all = formatCount(count);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {count > LOGGED
          ? t`The latest ${newest} of ${all} requests, newest first.`
          : plural(count, { one: '# request.', other: '# requests, newest first.' })}{' '}
        {t`Only requests that this tab sent since the page was loaded are listed. Access tokens and request bodies are not stored.`}
      </Text>
      <DataTable
        label={t`Requests`}
        columns={COLUMNS}
        rows={rows}
        rowKey={keyOf}
        maxHeight="60vh"
        empty={
          <EmptyNote title={t`No requests`}>
            {t`This tab has sent nothing for this job since the page was loaded.`}
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

function noAnswer({ outcome }: LoggedRequest): string {
  return t`no answer (${outcome})`;
}

const COLUMNS: readonly Column<LoggedRequest>[] = [
  { id: 'method', header: msg`Method`, width: '5rem', cell: ({ method }) => method },
  {
    id: 'path',
    header: msg`Path`,
    width: 'minmax(16rem, 3fr)',
    cell: ({ path }) => <Outside as="id" text={readable(path)} longest={400} className={classes.path} />,
  },
  {
    id: 'answer',
    header: msg`Answer`,
    width: 'minmax(9rem, 1fr)',
    cell: (one) => (
      <StateTag dot={isGood(one) ? STATUS_DOTS.done : STATUS_DOTS.failed}>
        {one.status === null ? noAnswer(one) : <Outside text={`${one.status} ${one.outcome}`.trim()} />}
      </StateTag>
    ),
  },
  { id: 'ms', header: msg`Duration`, width: '5rem', align: 'end', cell: ({ ms }) => `${formatCount(ms)} ms` },
  { id: 'attempt', header: msg`Attempt`, width: '5rem', align: 'end', cell: ({ attempt }) => attempt },
  { id: 'at', header: msg`Sent`, width: '10.5rem', cell: ({ at }) => exact(at) },
];
