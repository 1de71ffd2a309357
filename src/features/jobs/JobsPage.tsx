import { t } from '@lingui/core/macro';
import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { askJob, useAllJobs, useIsMine, useKeptFacts } from '~/job-store/jobs';
import { readKeptJobs } from '~/job-store/kept-jobs';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { formatBytes } from '~/lib/bytes';
import { paths } from '~/lib/paths';
import { plural } from '~/lib/numbers';
import { DataTable } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';

import { Notice } from '~/ui/Notice';
import { Page } from '~/ui/Page';
import { showToast } from '~/ui/toasts';
import { useListParams } from '~/ui/use-list-params';
import { textOfError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';
import { jobColumns } from './columns';
import { DeleteJobs } from './DeleteJobs';
import { filterJobs, jobList } from './job-list';
import { JobFilters } from './JobFilters';
import { TextError } from '~/lib/text-error';

const idOf = ({ id }: JobSnapshot): string => id;

/** What is about to be deleted, if anything. */
interface Doomed {
  jobs: readonly JobSnapshot[];
  /** Of other accounts: kept unless they are chosen. */
  others: readonly JobSnapshot[];
}

const NONE: Doomed = { jobs: [], others: [] };

/** Every job that this browser knows: what runs, what is paused, and the log of what was done from here. */
export function JobsPage() {
  const jobs = useAllJobs();
  const isMine = useIsMine();
  const { sizes, problem, isRead, readAt } = useKeptFacts();
  const [doomed, setDoomed] = useState(NONE);
  const [list, change] = useListParams(jobList);
  const shown = useMemo(() => filterJobs(jobs, list, isMine), [jobs, list, isMine]);
  const columns = useMemo(
    () =>
      jobColumns({
        isMine,
        jobs,
        sizeOf: ({ id }) => sizes.get(id),
        onAsk: ({ id, title }, command) =>
          void askJob(id, command).catch((error: unknown) =>
            showToast({ tone: 'warning', title: wordsOf(title), body: wordsOf(textOfError(error)), actions: [] }),
          ),
        onDelete: (job) => setDoomed({ jobs: [job], others: [] }),
      }),
    [jobs, isMine, sizes],
  );
  // What is left of a lost journal goes with the tab that still runs the job.
  const over = jobs.filter((job) => isOver(job) && !(job.elsewhere && job.state.phase === 'lost'));
  return (
    <Page
      title="Activity"
      about="What runs, what is paused, and what was done with Glia in this browser. What other admins do, or you in another browser, is not listed here."
      reading={{
        refresh: t`Refresh jobs`,
        of: {
          data: readAt > 0 ? jobs : undefined,
          error: problem === null ? null : new TextError(problem),
          dataUpdatedAt: readAt,
          isFetching: !isRead,
          refetch: () => readKeptJobs(true),
        },
      }}
      actions={
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label="More">
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} aria-hidden />}
              disabled={over.length === 0}
              onClick={() => setDoomed({ jobs: over.filter(isMine), others: over.filter((job) => !isMine(job)) })}
            >
              Delete the records of finished jobs…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
    >
      {problem !== null && readAt === 0 && (
        <Notice tone="warning" title="This browser keeps no jobs">
          {wordsOf(problem)} Jobs live as long as their tab, and each asks before it begins.
        </Notice>
      )}
      <JobFilters jobs={jobs} list={list} onChange={change} />
      <DataTable
        label="Jobs"
        columns={columns}
        rows={shown}
        rowKey={idOf}
        loading={!isRead}
        maxHeight="max(24rem, calc(100dvh - 18rem))"
        empty={
          jobs.length > 0 ? (
            <EmptyNote title="No job fits these filters">Clear the search or the filters.</EmptyNote>
          ) : (
            <EmptyNote title="Nothing ran yet">
              A job shows its plan first and changes nothing before you confirm it. Begin with{' '}
              <Link to={paths.joinRooms()}>joining users to rooms</Link>,{' '}
              <Link to={paths.deleteMedia()}>deleting media</Link> or{' '}
              <Link to={paths.externalIds()}>removing external IDs</Link>, or change a user from the menu of their row.
            </EmptyNote>
          )
        }
      />
      <Room count={jobs.length} sizes={sizes} />
      <DeleteJobs {...doomed} onClose={() => setDoomed(NONE)} />
    </Page>
  );
}

/** How much of the disk it is, beside what the browser gives. */
function Room({ count, sizes }: { count: number; sizes: ReadonlyMap<string, number> }) {
  const { quota, promised } = useKeptFacts();
  const used = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return (
    <Text size="sm" c="dimmed">
      {plural(count, 'job')}, about {formatBytes(used)} on this device
      {quota !== null && ` of the ${formatBytes(quota)} that the browser gives this site`}. Plans and results hold IDs
      and what was there before; the access token is never kept with them. {lasting(promised)}
    </Text>
  );
}

/** How long what is kept stays. @param promised by the browser; null where it does not tell */
function lasting(promised: boolean | null): string {
  if (promised === null) return 'They stay until they are deleted here or the browser clears this site’s data.';
  return promised
    ? 'The browser promised not to clear them by itself: they stay until they are deleted here, or with all of this site’s data.'
    : 'The browser has not promised to keep them: it may clear them when it runs short of room. It is asked for that promise when a job begins.';
}
