import { useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { Job, JobSnapshot } from '~/jobs/job';

interface PauseOrResumeProps {
  job: Job;
  snapshot: JobSnapshot;
  /** Whether it may be resumed here and now. */
  mayRun: boolean;
  /** What resuming is called here. */
  resume: string;
}

/** A key that is held down clicks again and again. */
function once(event: KeyboardEvent): void {
  if (event.repeat) event.preventDefault();
}

/**
 * One button that pauses, and then resumes, so that it keeps the focus. The second click of a double click is not for it: that would
 * take back at once what the first one did.
 */
export function PauseOrResume({ job, snapshot, mayRun, resume }: PauseOrResumeProps) {
  const { t } = useLingui();
  const { phase } = snapshot.state;
  const paused = phase === 'paused';
  if (!paused && phase !== 'running' && phase !== 'ready' && phase !== 'pausing') return null;
  const toggle = ({ detail }: MouseEvent) => {
    if (detail > 1) return;
    if (paused) job.resume();
    else job.pause();
  };
  return (
    <Button
      variant={paused ? 'filled' : 'default'}
      leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
      disabled={paused && !mayRun}
      // Not `disabled`: that would drop the focus until it can be resumed.
      aria-disabled={phase === 'pausing' ? true : undefined}
      onKeyDown={once}
      onClick={toggle}
    >
      {paused ? resume : t`Pause`}
    </Button>
  );
}
