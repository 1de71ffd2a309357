import { plural } from '@lingui/core/macro';
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
import { useSnapshot } from '~/ui/job/use-snapshot';
import { Notice } from '~/ui/Notice';
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
  const total = formatCount(snapshot.total);
  const { failures, concurrency } = snapshot;
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
      {!over && failures !== undefined && (
        <Notice
          role="status"
          tone="warning"
          title={plural(failures, { one: '# request has failed so far', other: '# requests have failed so far' })}
        >
          {t`The homeserver, or a proxy in front of it, didn’t answer. Glia repeats failed requests and slows down while this lasts: now ${plural(concurrency, { one: '# request', other: '# requests' })} in parallel. You can wait, or cancel and try again later. Nothing has been changed.`}
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
