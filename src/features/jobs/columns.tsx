import { ActionIcon, Anchor } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { JobSnapshot } from '~/jobs/job';
import { isActive, isOver } from '~/jobs/phase';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import type { Column } from '~/ui/DataTable';
import { Id } from '~/ui/Id';
import { countWords, lostWords, phaseDot, phaseWord } from '~/ui/job/words';
import { Moment } from '~/ui/Moment';
import { StateTag } from '~/ui/StateTag';
import classes from './jobs.module.css';
import { Outside } from '~/ui/Outside';
import { wordsOf } from '~/lib/words';

interface Ground {
  /** Whether the account that is signed in began it: only then may it be opened. */
  isMine(job: JobSnapshot): boolean;
  /** About the bytes it takes on disk; undefined where it is not kept. */
  sizeOf(job: JobSnapshot): number | undefined;
  onDelete(job: JobSnapshot): void;
}

export function jobColumns({ isMine, sizeOf, onDelete }: Ground): Column<JobSnapshot>[] {
  return [
    {
      id: 'title',
      header: 'Job',
      width: 'minmax(13rem, 2fr)',
      cell: (job) =>
        isMine(job) ? (
          <Anchor component={Link} to={paths.job(job.id)} className={classes.title}>
            <bdi>{wordsOf(job.title)}</bdi>
          </Anchor>
        ) : (
          <bdi className={classes.title}>{wordsOf(job.title)}</bdi>
        ),
    },
    { id: 'total', header: 'Items', width: '4.5rem', align: 'end', cell: ({ total }) => formatCount(total) },
    {
      id: 'outcome',
      header: 'Outcome',
      width: 'minmax(13rem, 1.6fr)',
      cell: (job) => (
        <div className={classes.outcome}>
          <StateTag dot={phaseDot(job)}>
            {job.elsewhere && !isOver(job) ? `${phaseWord(job)} in another tab` : phaseWord(job)}
          </StateTag>
          <span className={classes.counts}>{lostWords(job) || countWords(job)}</span>
          {job.unclosed && !isActive(job) && <span className={classes.unclosed}>{wordsOf(job.unclosed.until)}</span>}
        </div>
      ),
    },
    {
      id: 'owner',
      header: 'As',
      width: 'minmax(11rem, 1.3fr)',
      cell: ({ owner }) => (
        <div className={classes.owner}>
          <Id value={owner.userId} />
          <Outside as="id" text={owner.baseUrl} className={classes.where} />
        </div>
      ),
    },
    { id: 'when', header: 'Begun', width: '6.5rem', cell: (job) => <Moment ms={job.startedAt} none="not yet" /> },
    {
      id: 'size',
      header: 'On disk',
      width: '4.5rem',
      align: 'end',
      cell: (job) => {
        const size = sizeOf(job);
        return size === undefined || job.kept?.ok === false ? 'not kept' : formatBytes(size);
      },
    },
    {
      id: 'delete',
      header: 'Delete',
      width: '3rem',
      cell: (job) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Delete ${wordsOf(job.title)}`}
          onClick={() => onDelete(job)}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      ),
    },
  ];
}
