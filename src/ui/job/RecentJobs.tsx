import { useLingui } from '@lingui/react/macro';
import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { JobSnapshot } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Moment } from '~/ui/Moment';
import { StateTag } from '~/ui/StateTag';
import { ProgressBar } from './JobProgress';
import classes from './RecentJobs.module.css';
import { countWords, phaseDot, phaseWord } from './words';
import { wordsOf } from '~/lib/words';

interface RecentJobsProps {
  /** `useJobs()` */
  jobs: readonly JobSnapshot[];
  /** How many are shown, newest first. */
  limit?: number;
  empty?: ReactNode;
}

/** The jobs of this browser that ran last, each with its outcome and a link to its page. */
export function RecentJobs({ jobs, limit = 5, empty }: RecentJobsProps) {
  const { t } = useLingui();
  if (jobs.length === 0) {
    return (
      empty ?? (
        <EmptyNote title={t`No jobs yet`}>
          {t`Jobs that you run in this browser are listed here, with their reports.`}
        </EmptyNote>
      )
    );
  }
  return (
    <ul className={classes.list}>
      {jobs.slice(0, limit).map((job) => (
        <li key={job.id} className={classes.item}>
          <div className={classes.head}>
            {job.state.phase === 'lost' ? (
              // What a lost journal left can’t be opened.
              <Text fw={600} size="sm" component="span">
                <bdi>{wordsOf(job.title)}</bdi>
              </Text>
            ) : (
              <Anchor component={Link} to={paths.job(job.id)} fw={600} size="sm">
                <bdi>{wordsOf(job.title)}</bdi>
              </Anchor>
            )}
            <StateTag dot={phaseDot(job)}>{phaseWord(job)}</StateTag>
          </div>
          <ProgressBar snapshot={job} thin />
          <div className={classes.facts}>
            <span>{countWords(job)}</span>
            <Moment ms={job.endedAt ?? job.startedAt} none="" />
          </div>
        </li>
      ))}
    </ul>
  );
}
