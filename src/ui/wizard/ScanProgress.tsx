import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useRef, type ReactNode } from 'react';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { formatCount } from '~/lib/numbers';
import { JobProgress } from '~/ui/job/JobProgress';
import { LedgerTable, type LedgerLook } from '~/ui/job/LedgerTable';
import { PauseNote } from '~/ui/job/PauseNote';
import { PauseOrResume } from '~/ui/job/PauseOrResume';
import { ReadingTrouble } from '~/ui/job/ReadingTrouble';
import { useSnapshot } from '~/ui/job/use-snapshot';
import { LeavingReading } from './LeavingReading';

interface ScanProgressProps {
  /** What is read to make the plan, as `usePlan` (~/job-store/drafts) gives it. */
  reading: { readonly job: Job; goOnWithout(): void };
  /** Whether the account that began it is signed in (`useSignedInAs(owner)`). */
  signedIn: boolean;
  /** The admin gave up: drops the plan, which stops the reading, and shows the choice. */
  onCancel(): void;
  /** The same where the admin leaves the page. */
  onDrop(): void;
  /** Whether a plan can be made without what could not be read. */
  mayGoWithout: boolean;
  look?: LedgerLook;
  /** What is read, in a sentence: “Glia reads each user: one request per user.” */
  children?: ReactNode;
}

/** Making a plan: it only reads. Shows how far it is, what could not be read, and lets one give up or try again. */
export function ScanProgress({ reading, signedIn, onCancel, onDrop, mayGoWithout, look, children }: ScanProgressProps) {
  const { job } = reading;
  const { t } = useLingui();
  const snapshot = useSnapshot(job);
  const { state, counts } = snapshot;
  const over = isOver(snapshot);
  const gaveUp = useRef(false);
  const bad = counts.failed + counts.unknown;
  const failed = formatCount(bad);
  return (
    <Stack gap="md">
      {children !== undefined && (
        <Text size="sm" c="dimmed">
          {children} <Trans>This changes nothing.</Trans>
        </Text>
      )}
      <LeavingReading isReading={!over} gaveUp={gaveUp} onCancel={onDrop} />
      <PauseNote snapshot={snapshot} signedIn={signedIn} />
      <JobProgress snapshot={snapshot} />
      <ReadingTrouble
        snapshot={snapshot}
        more={t`You can wait, or cancel and try again later. Nothing has been changed.`}
      />
      <Group gap="xs">
        <PauseOrResume job={job} snapshot={snapshot} mayRun={signedIn} resume={t`Resume reading`} />
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
            <Trans>Read {failed} again</Trans>
          </Button>
        )}
        {over && bad > 0 && mayGoWithout && (
          <Button onClick={() => reading.goOnWithout()}>
            <Trans>Review without them</Trans>
          </Button>
        )}
        <Button
          variant="default"
          onClick={() => {
            gaveUp.current = true;
            onCancel();
          }}
        >
          <Trans>Cancel</Trans>
        </Button>
      </Group>
      {bad > 0 && <LedgerTable job={job} snapshot={snapshot} {...(look && { look })} />}
    </Stack>
  );
}
