import { Button, Group, Popover, Stack, Text } from '@mantine/core';
import { IconPlayerStop, IconRefresh, IconZoomQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import type { Job, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { plural } from '~/lib/numbers';
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
  const { state, counts, canVerify, kept } = snapshot;
  const mayRun = signedIn && !(kept?.ok === false && kept.stale);
  const over = isOver(snapshot);
  const resting = over || state.phase === 'paused';
  // What is asked of it here would be done where nobody here can see it.
  if (state.phase === 'lost') return null;
  return (
    <Group gap="xs" className={classes.controls}>
      <PauseOrResume job={job} snapshot={snapshot} mayRun={mayRun} resume="Resume" />
      {!over && state.phase !== 'stopping' && <StopButton snapshot={snapshot} onStop={() => job.stop()} />}
      {resting && counts.failed > 0 && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          disabled={!mayRun}
          onClick={() => job.retryFailed()}
        >
          {`Retry ${plural(counts.failed, 'failed item')}`}
        </Button>
      )}
      {canVerify && counts.unknown > 0 && (
        <Button
          variant="default"
          leftSection={<IconZoomQuestion size={16} aria-hidden />}
          disabled={!mayRun}
          onClick={() => job.verifyUnknown()}
        >
          {`Verify ${plural(counts.unknown, 'unknown item')}`}
        </Button>
      )}
    </Group>
  );
}

/** Stopping is for good, so it is asked twice; pausing is right beside it. */
function StopButton({ snapshot, onStop }: { snapshot: JobSnapshot; onStop(): void }) {
  const [asked, setAsked] = useState(false);
  const { counts, unclosed, unsettled } = snapshot;
  // What closes the job is not begun, and runs all the same.
  const left = Math.max(0, counts.waiting - (unclosed ? 1 : 0));
  return (
    <Popover opened={asked} onChange={setAsked} position="bottom-start" trapFocus returnFocus withArrow>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          onClick={() => setAsked(!asked)}
        >
          Stop…
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw={320}>
        <Stack gap="sm" align="flex-start">
          <Text size="sm">
            {`Stop for good? ${plural(left, 'item')} not begun will never run in this job. Requests already sent will finish, and what was done stays done.`}
            {unsettled &&
              ` ${plural(unsettled.count, 'item')} had a request without an answer, which may still be carried out.`}
            {unclosed && ` Last, ${wordsOf(unclosed.does)}.`}
          </Text>
          <Group gap="xs">
            <Button
              size="xs"
              color="red.9"
              onClick={() => {
                setAsked(false);
                onStop();
              }}
            >
              Stop for good
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsked(false)}>
              Don’t stop
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
