import { Trans, useLingui } from '@lingui/react/macro';
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
  const { t } = useLingui();
  return (
    <>
      {undoes && (
        <Text size="sm">
          {undoes.source ? (
            <Trans>
              This job undoes: <JobLink job={undoes.source} />
            </Trans>
          ) : undoes.id === '' ? (
            t`This job puts back what a backup file lists.`
          ) : (
            t`This job undoes one that is no longer in this browser.`
          )}
        </Text>
      )}
      {undoneBy.map((job) => (
        <Notice key={job.id} title={isOver(job) ? t`Undone by another job` : t`An undo of this job is not finished`}>
          <span>
            <JobLink job={job} /> · {phaseWord(job)} · {countWords(job)}
          </span>
        </Notice>
      ))}
    </>
  );
}

const JobLink = ({ job }: { job: JobSnapshot }) => (
  <Anchor component={Link} to={paths.job(job.id)} underline="always" inherit>
    <bdi>{wordsOf(job.title)}</bdi>
  </Anchor>
);
