import { useLingui } from '@lingui/react/macro';
import { Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ItemStatus, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { STATUS_MEANINGS } from '~/jobs/status-texts';
import { formatCount } from '~/lib/numbers';
import { useTip } from '~/ui/use-tip';
import classes from './JobProgress.module.css';
import { useNow } from './use-now';
import { countWords, paceWords, percent, stateWords, STATUS_DOTS, STATUSES, statusWord } from './words';
import { wordsOf } from '~/lib/words';

/** How far a job is: state in words, a bar of its outcomes, exact numbers, pace. */
export function JobProgress({ snapshot }: { snapshot: JobSnapshot }) {
  const now = useNow(!isOver(snapshot));
  return (
    <Stack gap="sm" className={classes.panel}>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{stateWords(snapshot, now)}</Text>
        <Text size="sm" c="dimmed">
          {paceWords(snapshot)}
        </Text>
      </Group>
      <ProgressBar snapshot={snapshot} />
      <dl className={classes.numbers}>
        {STATUSES.map((status) => (
          <StatusNumber key={status} status={status} word={statusWord(status)} count={snapshot.counts[status]} />
        ))}
      </dl>
      <Announcement snapshot={snapshot} />
    </Stack>
  );
}

function StatusNumber({ status, word, count }: { status: ItemStatus; word: string; count: number }) {
  const { target, tip } = useTip<HTMLElement>(wordsOf(STATUS_MEANINGS[status]), {
    multiline: true,
    w: 240,
    withinPortal: false,
  });
  return (
    <div className={classes.number} data-none={count === 0}>
      <dt {...target}>
        <span className={classes.dot} style={{ background: STATUS_DOTS[status] }} aria-hidden />
        {word}
        {tip}
      </dt>
      <dd>{formatCount(count)}</dd>
    </div>
  );
}

/** A bar with a part for each outcome, as wide as its share. */
export function ProgressBar({ snapshot, thin = false }: { snapshot: JobSnapshot; thin?: boolean }) {
  const { t } = useLingui();
  const title = wordsOf(snapshot.title);
  return (
    <div
      className={classes.bar}
      data-thin={thin}
      role="progressbar"
      aria-label={t`Progress of ${title}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent(snapshot)}
      aria-valuetext={countWords(snapshot)}
    >
      {STATUSES.filter((status) => status !== 'waiting' && snapshot.counts[status] > 0).map((status) => (
        <span
          key={status}
          className={classes.part}
          data-status={status}
          style={{ flexGrow: snapshot.counts[status], background: STATUS_DOTS[status] }}
        />
      ))}
      <span style={{ flexGrow: snapshot.counts.waiting }} />
    </div>
  );
}

/** Between two announcements of numbers: a screen reader must get to say something else. */
const CALM_MS = 15_000;

/** Tells a screen reader each change of state at once, and the numbers at a calm pace. */
function Announcement({ snapshot }: { snapshot: JobSnapshot }) {
  const { t } = useLingui();
  const latest = useRef(snapshot);
  const [said, setSaid] = useState('');
  const { phase } = snapshot.state;
  useEffect(() => {
    latest.current = snapshot;
  }, [snapshot]);
  useEffect(() => {
    const say = () => {
      const state = stateWords(latest.current, Date.now());
      const counts = countWords(latest.current);
      setSaid(t`${state}. ${counts}.`);
    };
    say();
    if (phase !== 'running') return;
    const timer = setInterval(say, CALM_MS);
    return () => clearInterval(timer);
  }, [phase, t]);
  return <VisuallyHidden role="status">{said}</VisuallyHidden>;
}
