import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Anchor, Menu } from '@mantine/core';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { OthersJobs } from '~/entities/session/OthersJobs';
import { askJob, useAllJobs, useIsMine, useKeptFacts } from '~/job-store/jobs';
import { readKeptJobs } from '~/job-store/kept-jobs';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { paths } from '~/lib/paths';
import { TextError, textOfError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { ErrorNote } from '~/ui/ErrorNote';
import { Notice } from '~/ui/Notice';
import { Page } from '~/ui/Page';
import { showToast } from '~/ui/toasts';
import { useListParams } from '~/ui/use-list-params';
import { jobColumns } from './columns';
import { DeleteJobs } from './DeleteJobs';
import { filterJobs, jobList } from './job-list';
import { JobFilters } from './JobFilters';
import { JobsTable } from './JobsTable';
import { StorageNote } from './StorageNote';
import { useOnTarget } from './use-on-target';

/** What is about to be deleted, if anything. */
interface Doomed {
  jobs: readonly JobSnapshot[];
  /** Of other accounts: kept unless they are chosen. */
  others: readonly JobSnapshot[];
}

const NONE: Doomed = { jobs: [], others: [] };

/** Everything that this browser did: running, paused and finished jobs, and readings. */
export function JobsPage() {
  const { t } = useLingui();
  const jobs = useAllJobs();
  const isMine = useIsMine();
  const { sizes, problem, isRead, readAt } = useKeptFacts();
  const [doomed, setDoomed] = useState(NONE);
  const [list, change] = useListParams(jobList);
  const matching = useMemo(() => filterJobs(jobs, list, isMine), [jobs, list, isMine]);
  const onTarget = useOnTarget(matching, list.target);
  const shown = onTarget.jobs;
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
  const remove = (some: readonly JobSnapshot[]) => {
    const deletable = some.filter(mayDelete);
    setDoomed({ jobs: deletable.filter(isMine), others: deletable.filter((job) => !isMine(job)) });
  };
  const over = shown.filter((job) => isOver(job) && mayDelete(job));
  return (
    <Page
      title={t`Activity`}
      about={t`What was done from this browser. What other admins did, or you did in another browser, isn’t known here.`}
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
              onClick={() => remove(over)}
            >
              {shown.length < jobs.length ? t`Delete the finished jobs that are shown…` : t`Delete finished jobs…`}
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
      <OthersJobs />
      <JobFilters jobs={jobs} list={list} onChange={change} />
      {onTarget.error && (
        <ErrorNote title={t`Could not look through the jobs`} error={onTarget.error} onRetry={onTarget.again} />
      )}
      <JobsTable
        columns={columns}
        shown={shown}
        total={jobs.length}
        looked={onTarget.looked === null ? null : { count: onTarget.looked, of: matching.length }}
        filter={String(jobList.write(list))}
        loading={!isRead}
        isMine={isMine}
        onDelete={remove}
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
      <StorageNote count={jobs.length} sizes={sizes} />
      <DeleteJobs {...doomed} onClose={() => setDoomed(NONE)} />
    </Page>
  );
}

/** What is left of a lost record is deleted with the tab that still runs the job. */
const mayDelete = ({ elsewhere, state }: JobSnapshot): boolean => !(elsewhere && state.phase === 'lost');

const Way = ({ to, children }: { to: string; children: ReactNode }) => (
  <Anchor component={Link} to={to} underline="always" inherit>
    {children}
  </Anchor>
);
