import { useLingui } from '@lingui/react/macro';
import { plural } from '@lingui/core/macro';
import { Button, Group, Popover, Stack, Text } from '@mantine/core';
import { IconPlayerStop, IconRefresh, IconZoomQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import type { Job, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import classes from './JobControls.module.css';
import { PauseOrResume } from './PauseOrResume';
import { wordsOf } from '~/lib/words';

interface JobControlsProps {
  job: Job;
  snapshot: JobSnapshot;
  /** Whether the account that began the job is signed in: only then may it be resumed. */
  signedIn: boolean;
}

/** Pause, resume, stop, retry, verify: each is there when it can be done. */
export function JobControls({ job, snapshot, signedIn }: JobControlsProps) {
  const { t } = useLingui();
  const { state, canVerify, kept } = snapshot;
  const { failed, unknown } = snapshot.counts;
  const mayRun = signedIn && !(kept?.ok === false && kept.stale);
  const over = isOver(snapshot);
  const resting = over || state.phase === 'paused';
  // Nobody here could see what it does then.
  if (state.phase === 'lost') return null;
  return (
    <Group gap="xs" className={classes.controls}>
      <PauseOrResume job={job} snapshot={snapshot} mayRun={mayRun} resume={t`Resume`} />
      {!over && state.phase !== 'stopping' && <StopButton snapshot={snapshot} onStop={() => job.stop()} />}
      {resting && failed > 0 && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          disabled={!mayRun}
          onClick={() => job.retryFailed()}
        >
          {plural(failed, { one: 'Retry # failed item', other: 'Retry # failed items' })}
        </Button>
      )}
      {canVerify && unknown > 0 && (
        <Button
          variant="default"
          leftSection={<IconZoomQuestion size={16} aria-hidden />}
          disabled={!mayRun}
          onClick={() => job.verifyUnknown()}
        >
          {plural(unknown, { one: 'Verify # unknown item', other: 'Verify # unknown items' })}
        </Button>
      )}
    </Group>
  );
}

/** A stopped job can’t be resumed, so it is asked twice; pausing is right beside it. */
function StopButton({ snapshot, onStop }: { snapshot: JobSnapshot; onStop(): void }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState(false);
  const { counts, unclosed, unsettled } = snapshot;
  // What closes the job is not started yet, and still runs.
  const left = Math.max(0, counts.waiting - (unclosed ? 1 : 0));
  const unanswered = unsettled?.count ?? 0;
  const closes = unclosed ? wordsOf(unclosed.does) : null;
  return (
    <Popover opened={asked} onChange={setAsked} position="bottom-start" trapFocus returnFocus withArrow>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          onClick={() => setAsked(!asked)}
        >
          {t`Stop…`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw={320}>
        <Stack gap="sm" align="flex-start">
          <Text size="sm" fw={600}>
            {t`Stop this job?`}
          </Text>
          <Text size="sm">
            {plural(left, {
              one: '# item that has not started will not run.',
              other: '# items that have not started will not run.',
            })}
          </Text>
          <Text size="sm">
            {t`Requests already sent will finish, and what was done stays done. You can’t resume a stopped job.`}
          </Text>
          {unanswered > 0 && (
            <Text size="sm">
              {plural(unanswered, {
                one: '# item had a request without an answer, which may still be carried out.',
                other: '# items had a request without an answer, which may still be carried out.',
              })}
            </Text>
          )}
          {closes !== null && <Text size="sm">{t`Before the job ends, ${closes}.`}</Text>}
          <Group gap="xs">
            <Button
              size="xs"
              color="red.9"
              onClick={() => {
                setAsked(false);
                onStop();
              }}
            >
              {t`Stop the job`}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsked(false)}>
              {t`Don’t stop`}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
