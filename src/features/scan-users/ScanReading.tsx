import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { formatCount } from '~/lib/numbers';
import { JobProgress } from '~/ui/job/JobProgress';
import { LedgerTable } from '~/ui/job/LedgerTable';
import { PauseNote } from '~/ui/job/PauseNote';
import { PauseOrResume } from '~/ui/job/PauseOrResume';
import { ReadingTrouble } from '~/ui/job/ReadingTrouble';
import { useSnapshot } from '~/ui/job/use-snapshot';

interface ScanReadingProps {
  reading: { readonly job: Job; readonly stage: string; goOnWithout(): void };
  /** Whether the account that began it is signed in. */
  signedIn: boolean;
  /** Whether another request per user reads their devices. */
  devices: boolean;
  /** What was read by then is kept. */
  onStop(): void;
}

/** How far a scan is; what could not be read; and the ways to pause, resume, try again and stop. */
export function ScanReading({ reading, signedIn, devices, onStop }: ScanReadingProps) {
  const { job, stage } = reading;
  const { t } = useLingui();
  const snapshot = useSnapshot(job);
  const { counts, state } = snapshot;
  const over = isOver(snapshot);
  const bad = counts.failed + counts.unknown;
  const failed = formatCount(bad);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {stage === 'list'
          ? t`Reading the list of users, 1,000 per request.`
          : stage === 'storage'
            ? t`Reading how much storage users take, 1,000 per request.`
            : devices
              ? t`Reading each user and their sessions: two requests per user.`
              : t`Reading each user: one request per user.`}{' '}
        <Trans>
          This changes nothing. You can use Glia’s other pages in the meantime. If you close or reload this tab, what
          was read is kept, and you can read the rest later.
        </Trans>
      </Text>
      <PauseNote snapshot={snapshot} signedIn={signedIn} />
      <JobProgress snapshot={snapshot} />
      <ReadingTrouble snapshot={snapshot} />
      <Group gap="xs">
        <PauseOrResume job={job} snapshot={snapshot} mayRun={signedIn} resume={t`Resume scan`} />
        {(over || state.phase === 'paused') && bad > 0 && (
          <Button
            variant="default"
            disabled={!signedIn}
            onClick={() => {
              job.verifyUnknown();
              job.retryFailed();
            }}
          >
            <Trans>Read {failed} again</Trans>
          </Button>
        )}
        {over && bad > 0 && stage !== 'list' && (
          <Button onClick={() => reading.goOnWithout()}>
            <Trans>Continue without them</Trans>
          </Button>
        )}
        <Button variant="default" onClick={onStop}>
          {stage === 'users' ? t`Stop and keep what was read` : t`Cancel`}
        </Button>
      </Group>
      {bad > 0 && (
        <LedgerTable job={job} snapshot={snapshot} look={{ idHeader: stage === 'users' ? t`User` : t`Page` }} />
      )}
    </Stack>
  );
}
