import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { countWords, phaseWord } from '~/ui/job/words';

interface JobLinksProps {
  /** The job that this one undoes: its id, and what this browser knows of it. */
  undoes: { id: string; source: JobSnapshot | undefined } | null;
  undoneBy: readonly JobSnapshot[];
}

/** Which job this one undoes, and which jobs undo it. */
export function JobLinks({ undoes, undoneBy }: JobLinksProps) {
  return (
    <>
      {undoes && (
        <Text size="sm">
          Undoes{' '}
          {undoes.source ? (
            <JobLink job={undoes.source} />
          ) : undoes.id === '' ? (
            'what a backup file tells of'
          ) : (
            'a job that this browser no longer has'
          )}
          .
        </Text>
      )}
      {undoneBy.map((job) => (
        <Notice key={job.id} title={isOver(job) ? 'Undone by another job' : 'An undo of this job is not finished'}>
          <span>
            <JobLink job={job} />
            {`: ${phaseWord(job)}, ${countWords(job)}.`}
          </span>
        </Notice>
      ))}
    </>
  );
}

const JobLink = ({ job }: { job: JobSnapshot }) => (
  <Anchor component={Link} to={paths.job(job.id)} inherit>
    <bdi>{wordsOf(job.title)}</bdi>
  </Anchor>
);
