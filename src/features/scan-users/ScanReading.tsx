import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { formatCount } from '~/lib/numbers';
import { JobProgress } from '~/ui/job/JobProgress';
import { LedgerTable } from '~/ui/job/LedgerTable';
import { PauseNote } from '~/ui/job/PauseNote';
import { PauseOrResume } from '~/ui/job/PauseOrResume';
import { useSnapshot } from '~/ui/job/use-snapshot';
import { Notice } from '~/ui/Notice';

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
  const { counts, failures, concurrency, state } = snapshot;
  const over = isOver(snapshot);
  const bad = counts.failed + counts.unknown;
  const failed = formatCount(bad);
  const total = formatCount(snapshot.total);
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
      {!over && failures !== undefined && (
        <Notice
          role="status"
          tone="warning"
          title={plural(failures, { one: '# request has failed so far', other: '# requests have failed so far' })}
        >
          {t`The homeserver, or a proxy in front of it, didn’t answer. Glia repeats failed requests and slows down while this lasts: now ${plural(concurrency, { one: '# request', other: '# requests' })} in parallel.`}
        </Notice>
      )}
      {over && bad > 0 && (
        <Notice role="alert" tone="warning" title={t`Not everything could be read`}>
          <Trans>
            {failed} of {total} could not be read. The reasons are listed below.
          </Trans>
        </Notice>
      )}
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
