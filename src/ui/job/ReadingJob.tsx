import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { formatCount } from '~/lib/numbers';
import { JobProgress } from './JobProgress';
import { LedgerTable, type LedgerLook } from './LedgerTable';
import { PauseNote } from './PauseNote';
import { PauseOrResume } from './PauseOrResume';
import { ReadingTrouble } from './ReadingTrouble';
import { useSnapshot } from './use-snapshot';

interface ReadingJobProps {
  /** `goOnWithout`: makes what is made of it without what could not be read. */
  reading: { readonly job: Job; goOnWithout(): void };
  /** Whether the account that began it is signed in (`useSignedInAs(owner)`). */
  signedIn: boolean;
  /** What is read, and what becomes of it where the page is left. */
  about?: ReactNode;
  /** What one may do where the homeserver does not answer; default: nothing is said. */
  trouble?: string;
  /** “Resume reading”, where nothing else is given. */
  resume?: string;
  /** Going on without what could not be read; undefined: it can’t be done. */
  without?: string | undefined;
  /** Giving up: “Cancel”, where nothing else is given. */
  stop?: string;
  onStop(): void;
  look?: LedgerLook;
}

/** A job that only reads: how far it is, what could not be read, and the ways to pause, try again, go on without it and give up. */
export function ReadingJob({
  reading,
  signedIn,
  about,
  trouble,
  resume,
  without,
  stop,
  onStop,
  look,
}: ReadingJobProps) {
  const { job } = reading;
  const snapshot = useSnapshot(job);
  const { state, counts } = snapshot;
  const over = isOver(snapshot);
  const bad = counts.failed + counts.unknown;
  const failed = formatCount(bad);
  return (
    <Stack gap="md">
      {about !== undefined && (
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      )}
      <PauseNote snapshot={snapshot} signedIn={signedIn} />
      <JobProgress snapshot={snapshot} />
      <ReadingTrouble snapshot={snapshot} {...(trouble !== undefined && { more: trouble })} />
      <Group gap="xs">
        <PauseOrResume job={job} snapshot={snapshot} mayRun={signedIn} resume={resume ?? t`Resume reading`} />
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
        {over && bad > 0 && without !== undefined && <Button onClick={() => reading.goOnWithout()}>{without}</Button>}
        <Button variant="default" onClick={onStop}>
          {stop ?? t`Cancel`}
        </Button>
      </Group>
      {bad > 0 && <LedgerTable job={job} snapshot={snapshot} {...(look && { look })} />}
    </Stack>
  );
}
