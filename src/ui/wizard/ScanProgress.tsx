import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { formatCount } from '~/lib/numbers';
import { JobProgress } from '~/ui/job/JobProgress';
import { LedgerTable, type LedgerLook } from '~/ui/job/LedgerTable';
import { PauseNote } from '~/ui/job/PauseNote';
import { useSnapshot } from '~/ui/job/use-snapshot';

import { Notice } from '~/ui/Notice';

interface ScanProgressProps {
  /** From `startScan`. */
  job: Job;
  /** Whether the account that began it is signed in (`useSignedInAs(owner)`). */
  signedIn: boolean;
  /** The admin gave up: forget what was read, and go back to choosing. The scan is stopped already. */
  onCancel(): void;
  /** Some could not be read, and the admin wants the plan of the rest. Without it the button is not there. */
  onGoOnWithout?: () => void;
  look?: LedgerLook;
  /** What is read, in a sentence: “Each user’s external ids are read, one request a user.” */
  children?: ReactNode;
}

/** Making a plan: it only reads. Shows how far it is, what could not be read, and lets one give up or try again. */
export function ScanProgress({ job, signedIn, onCancel, onGoOnWithout, look, children }: ScanProgressProps) {
  const snapshot = useSnapshot(job);
  const { state, counts } = snapshot;
  const over = isOver(snapshot);
  const bad = counts.failed + counts.unknown;
  return (
    <Stack gap="md">
      {children !== undefined && (
        <Text size="sm" c="dimmed">
          {children} Nothing is changed by this.
        </Text>
      )}
      <PauseNote snapshot={snapshot} signedIn={signedIn} />
      <JobProgress snapshot={snapshot} />
      {over && bad > 0 && (
        <Notice role="alert" tone="warning" title="Not everything could be read">
          {`${formatCount(bad)} of ${formatCount(snapshot.total)} could not be read; the reasons stand below.`}
        </Notice>
      )}
      <Group gap="xs">
        {state.phase === 'running' && (
          <Button variant="default" onClick={() => job.pause()}>
            Pause
          </Button>
        )}
        {state.phase === 'paused' && (
          <Button onClick={() => job.resume()} disabled={!signedIn}>
            Go on reading
          </Button>
        )}
        {(over || state.phase === 'paused') && bad > 0 && (
          <Button
            variant="default"
            disabled={!signedIn}
            onClick={() => {
              // A reading that got no answer may simply be read again.
              job.verifyUnknown();
              job.retryFailed();
            }}
          >
            {`Read ${formatCount(bad)} again`}
          </Button>
        )}
        {over && bad > 0 && onGoOnWithout && <Button onClick={onGoOnWithout}>Make the plan without them</Button>}
        <Button
          variant="default"
          onClick={() => {
            job.stop();
            onCancel();
          }}
        >
          Cancel
        </Button>
      </Group>
      {bad > 0 && <LedgerTable job={job} snapshot={snapshot} {...(look && { look })} />}
    </Stack>
  );
}
