import { msg, t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Anchor, Group, Menu } from '@mantine/core';
import { IconDots, IconExternalLink, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
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
import { kindWords } from './job-list';
import { Outside } from '~/ui/Outside';
import { wordsOf } from '~/lib/words';

interface Ground {
  /** Every known job: it is needed to link an undo and the job that it undoes. */
  jobs: readonly JobSnapshot[];
  /** Whether the account that is signed in began it: only then may it be opened. */
  isMine(job: JobSnapshot): boolean;
  /** About the bytes it takes on disk; undefined where it is not kept. */
  sizeOf(job: JobSnapshot): number | undefined;
  onAsk(job: JobSnapshot, command: 'pause' | 'resume'): void;
  onDelete(job: JobSnapshot): void;
}

export function jobColumns(ground: Ground): Column<JobSnapshot>[] {
  const { jobs, isMine, sizeOf } = ground;
  // What a lost journal left can’t be opened: all there is to say of it stands here.
  const canOpen = (job: JobSnapshot) => isMine(job) && job.state.phase !== 'lost';
  return [
    {
      id: 'title',
      header: msg`Job`,
      width: 'minmax(11rem, 2fr)',
      cell: (job) => (
        <div>
          {canOpen(job) ? (
            <Anchor component={Link} to={paths.job(job.id)} className={classes.title}>
              <bdi>{wordsOf(job.title)}</bdi>
            </Anchor>
          ) : (
            <bdi className={classes.title}>{wordsOf(job.title)}</bdi>
          )}
          <span className={classes.kind}>
            {kindWords(job.kind)}
            {isMine(job) && jobs.filter(({ undoes }) => undoes === job.id).map(linkTo(t`undone by another job`))}
            {isMine(job) && jobs.filter(({ id }) => id === job.undoes).map(linkTo(t`undoes another job`))}
          </span>
        </div>
      ),
    },
    { id: 'total', header: msg`Items`, width: '4rem', align: 'end', cell: ({ total }) => formatCount(total) },
    {
      id: 'outcome',
      header: msg`Outcome`,
      width: 'minmax(11rem, 1.6fr)',
      cell: (job) => (
        <div className={classes.outcome}>
          <StateTag dot={phaseDot(job)}>
            {job.elsewhere && !isOver(job) ? elsewhere(phaseWord(job)) : phaseWord(job)}
          </StateTag>
          <span className={classes.counts}>{lostWords(job) || countWords(job)}</span>
          {job.unclosed && !isActive(job) && <span className={classes.unclosed}>{wordsOf(job.unclosed.until)}</span>}
        </div>
      ),
    },
    {
      id: 'owner',
      header: msg`Started by`,
      width: 'minmax(10rem, 1.3fr)',
      cell: ({ owner }) => (
        <div className={classes.owner}>
          <Id value={owner.userId} />
          <Outside as="id" text={owner.baseUrl} className={classes.where} />
        </div>
      ),
    },
    {
      id: 'when',
      header: msg`Started`,
      width: '6.5rem',
      cell: (job) => <Moment ms={job.startedAt} none={t`not yet`} />,
    },
    {
      id: 'size',
      header: msg`On disk`,
      width: '5rem',
      align: 'end',
      cell: (job) => {
        const size = sizeOf(job);
        return size === undefined || job.state.phase === 'lost' ? t`not saved` : formatBytes(size);
      },
    },
    { id: 'actions', header: msg`Actions`, width: '5rem', cell: (job) => <Actions job={job} {...ground} /> },
  ];
}

/** @param phase in a word */
const elsewhere = (phase: string): string => t`${phase} in another tab`;

const linkTo = (words: string) => (job: JobSnapshot) => (
  <span key={job.id}>
    {' · '}
    {job.state.phase === 'lost' ? (
      words
    ) : (
      <Anchor component={Link} to={paths.job(job.id)} title={wordsOf(job.title)} inherit>
        {words}
      </Anchor>
    )}
  </span>
);

function Actions({ job, isMine, onAsk, onDelete }: Ground & { job: JobSnapshot }) {
  const { t } = useLingui();
  const { phase } = job.state;
  const title = wordsOf(job.title);
  // A job that paused for another reason asks something first: its page shows what.
  const asks = job.state.phase === 'paused' && job.state.why !== 'asked';
  const command = phase === 'running' ? 'pause' : phase === 'paused' && !asks ? 'resume' : null;
  const Icon = command === 'pause' ? IconPlayerPause : IconPlayerPlay;
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {command !== null && isMine(job) && (
        <ActionIcon
          variant="default"
          aria-label={command === 'pause' ? t`Pause: ${title}` : t`Resume: ${title}`}
          onClick={({ detail }) => {
            // The second click of a double click would take back what the first one did.
            if (detail <= 1) onAsk(job, command);
          }}
        >
          <Icon size={16} aria-hidden />
        </ActionIcon>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t`More actions: ${title}`}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isMine(job) && phase !== 'lost' && (
            <Menu.Item component={Link} to={paths.job(job.id)} leftSection={<IconExternalLink size={16} aria-hidden />}>
              {t`Open job`}
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onDelete(job)}>
            {t`Delete job…`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
