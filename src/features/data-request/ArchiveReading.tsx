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

interface ArchiveReadingProps {
  reading: { readonly job: Job; readonly stage: string; goOnWithout(): void };
  /** Whether the account that began it is signed in. */
  signedIn: boolean;
  onCancel(): void;
}

/** How far it is, what could not be read, and the ways to try again, to go without it, and to give up. */
export function ArchiveReading({ reading, signedIn, onCancel }: ArchiveReadingProps) {
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
        {stage === 'files'
          ? t`Downloading the files into the archive.`
          : t`Reading what the homeserver has of the user.`}{' '}
        <Trans>
          This changes nothing. You can use Glia’s other pages in the meantime. If you close or reload this tab, no
          archive is saved.
        </Trans>
      </Text>
      <PauseNote snapshot={snapshot} signedIn={signedIn} />
      <JobProgress snapshot={snapshot} />
      <ReadingTrouble snapshot={snapshot} />
      <Group gap="xs">
        <PauseOrResume job={job} snapshot={snapshot} mayRun={signedIn} resume={t`Resume reading`} />
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
        {over && bad > 0 && (
          <Button onClick={() => reading.goOnWithout()}>
            <Trans>Continue without them</Trans>
          </Button>
        )}
        <Button variant="default" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </Group>
      {bad > 0 && <LedgerTable job={job} snapshot={snapshot} look={{ idHeader: t`Part of the archive` }} />}
    </Stack>
  );
}
