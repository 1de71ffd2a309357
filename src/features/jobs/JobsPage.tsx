import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Anchor, Menu, Text } from '@mantine/core';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { askJob, useAllJobs, useIsMine, useKeptFacts } from '~/job-store/jobs';
import { readKeptJobs } from '~/job-store/kept-jobs';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { formatBytes } from '~/lib/bytes';
import { paths } from '~/lib/paths';
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

/** Every job that this browser knows: running, paused and finished ones. */
export function JobsPage() {
  const { t } = useLingui();
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
  // What is left of a lost record is deleted with the tab that still runs the job.
  const over = jobs.filter((job) => isOver(job) && !(job.elsewhere && job.state.phase === 'lost'));
  return (
    <Page
      title={t`Activity`}
      about={t`Running, paused and finished jobs of this browser. Jobs that other admins ran, or that you ran in another browser, are not listed.`}
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
            <ActionIcon variant="default" size="lg" aria-label={t`More actions`}>
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
              {t`Delete finished jobs…`}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
    >
      {problem !== null && readAt === 0 && (
        <Notice tone="warning" title={t`This browser can’t save jobs`}>
          {wordsOf(problem)} {t`A job is lost when you close its tab. Glia asks before it runs one for many items.`}
        </Notice>
      )}
      <JobFilters jobs={jobs} list={list} onChange={change} />
      <DataTable
        label={t`Jobs`}
        columns={columns}
        rows={shown}
        rowKey={idOf}
        loading={!isRead}
        maxHeight="max(24rem, calc(100dvh - 18rem))"
        empty={
          jobs.length > 0 ? (
            <EmptyNote title={t`No jobs match`}>{t`Clear the search or the filters.`}</EmptyNote>
          ) : (
            <EmptyNote title={t`No jobs yet`}>
              <Trans>
                A job shows its plan first, and changes nothing until you confirm it. Start by{' '}
                <Way to={paths.joinRooms()}>joining users to rooms</Way>,{' '}
                <Way to={paths.deleteMedia()}>deleting media</Way> or{' '}
                <Way to={paths.externalIds()}>removing external IDs</Way>, or change users in the{' '}
                <Way to={paths.users()}>users list</Way>.
              </Trans>
            </EmptyNote>
          )
        }
      />
      <Room count={jobs.length} sizes={sizes} />
      <DeleteJobs {...doomed} onClose={() => setDoomed(NONE)} />
    </Page>
  );
}

const Way = ({ to, children }: { to: string; children: ReactNode }) => (
  <Anchor component={Link} to={to} underline="always" inherit>
    {children}
  </Anchor>
);

/** How much of the disk they take, of what the browser gives, and how long they stay. */
function Room({ count, sizes }: { count: number; sizes: ReadonlyMap<string, number> }) {
  const { t } = useLingui();
  const { quota, promised } = useKeptFacts();
  const used = formatBytes([...sizes.values()].reduce((sum, size) => sum + size, 0));
  const given = quota === null ? null : formatBytes(quota);
  return (
    <Text size="sm" c="dimmed">
      {given === null
        ? t`${plural(count, { one: '# job', other: '# jobs' })}, about ${used} on this device.`
        : t`${plural(count, { one: '# job', other: '# jobs' })}, about ${used} on this device, of ${given} available to this site.`}{' '}
      {t`Jobs contain IDs and previous values, but never the access token.`}{' '}
      {promised
        ? t`The browser keeps them until you delete them here or clear this site’s data.`
        : promised === false
          ? t`The browser may clear them when it runs short of space. Glia asks it to keep them when a job starts.`
          : t`They stay until you delete them here or the browser clears this site’s data.`}
    </Text>
  );
}
