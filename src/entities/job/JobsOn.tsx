import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button, Group, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useJobs, useKeptFacts } from '~/job-store/jobs';
import { jobsOn, type JobOn, type Sought } from '~/job-store/jobs-on';
import { isOver } from '~/jobs/phase';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { wordsOf, type Words } from '~/lib/words';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { ErrorNote } from '~/ui/ErrorNote';
import { countWords } from '~/ui/job/words';
import { Moment } from '~/ui/Moment';

const columnsOf = (outcome: Words): readonly Column<JobOn>[] => [
  {
    id: 'job',
    header: msg`Job`,
    width: 'minmax(16rem, 3fr)',
    cell: ({ job }) =>
      job.state.phase === 'lost' ? (
        // What a lost journal left can’t be opened.
        <bdi>{wordsOf(job.title)}</bdi>
      ) : (
        <Anchor component={Link} to={paths.job(job.id)} size="sm">
          <bdi>{wordsOf(job.title)}</bdi>
        </Anchor>
      ),
  },
  {
    id: 'outcome',
    header: outcome,
    width: 'minmax(10rem, 1fr)',
    cell: ({ job, counts }) => countWords({ ...job, counts }),
  },
  {
    id: 'when',
    header: msg`When`,
    width: 'minmax(7.5rem, 0.7fr)',
    cell: ({ job, endedAt }) => <Moment ms={endedAt ?? job.startedAt} none={t`not yet`} />,
  },
];

const keyOf = ({ job }: JobOn): string => job.id;

interface JobsOnProps {
  /** What tells it from others, in the key of its query. */
  id: string;
  of: Sought;
  /** Above how each job ended: “For this user”. */
  outcome: Words;
  /** “No job of this browser has changed this user.” */
  none: string;
}

/** What jobs of this browser did to one thing. */
export function JobsOn({ id, of, outcome, none }: JobsOnProps) {
  const columns = useMemo(() => columnsOf(outcome), [outcome]);
  const jobs = useJobs();
  const { isRead } = useKeptFacts();
  // Looked through anew when a job begins or ends.
  const state = `${jobs.length} ${jobs[0]?.id ?? ''} ${jobs.filter(isOver).length}`;
  const { data, error, isFetching, fetchNextPage, hasNextPage, refetch } = useInfiniteQuery({
    queryKey: ['jobs-on', id, state],
    queryFn: ({ pageParam, signal }) => jobsOn(of, jobs, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    enabled: isRead,
  });
  const rows = data?.pages.flatMap(({ found }) => found) ?? [];
  const looked = data?.pages.at(-1)?.next ?? jobs.length;
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        <Trans>
          What you did from this browser. What other admins did, or you did in another browser, isn’t known here.
        </Trans>
      </Text>
      {error && <ErrorNote title={t`Could not look through the jobs`} error={error} onRetry={() => void refetch()} />}
      <DataTable
        label={t`Activity`}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        loading={data === undefined && !error}
        empty={
          hasNextPage ? (
            <EmptyNote title={t`Nothing in the jobs that were looked through`} />
          ) : (
            <EmptyNote title={t`Nothing yet`}>{none}</EmptyNote>
          )
        }
      />
      {hasNextPage && (
        <Group gap="sm" mt="sm">
          <Text size="sm" role="status">
            {lookedWords(looked, jobs.length)}
          </Text>
          <Button size="xs" variant="default" loading={isFetching} onClick={() => void fetchNextPage()}>
            <Trans>Look through older jobs</Trans>
          </Button>
        </Group>
      )}
    </>
  );
}

function lookedWords(count: number, total: number): string {
  const looked = formatCount(count);
  return t`Looked through ${looked} of ${plural(total, { one: '# job', other: '# jobs' })}.`;
}
