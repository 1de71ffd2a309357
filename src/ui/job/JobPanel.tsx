import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { Later } from '~/ui/Later';
import { Notice } from '~/ui/Notice';
import { JobControls } from './JobControls';
import { JobProgress } from './JobProgress';
import { LateNote } from './LateNote';
import { LedgerTable, type LedgerLook } from './LedgerTable';
import { PauseNote } from './PauseNote';
import { useSnapshot } from './use-snapshot';
import { countWords, keptWords } from './words';
import { wordsOf } from '~/lib/words';

interface JobPanelProps {
  job: Job;
  /** Whether the account that began the job is signed in (`useSignedInAs(owner)`): only then may it go on. */
  signedIn: boolean;
  /** Where its report is shown. */
  reportTo: string;
  look?: LedgerLook;
  /** What this kind of job has to say while it runs. */
  notes?: ReactNode;
}

/** A job while it runs: progress, decisions, ledger. It goes on when the page is left. */
export function JobPanel({ job, signedIn, reportTo, look, notes }: JobPanelProps) {
  const snapshot = useSnapshot(job);
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Title order={3} size="h4">
          {wordsOf(snapshot.title)}
        </Title>
        <JobControls job={job} snapshot={snapshot} signedIn={signedIn} />
      </Group>
      <PauseNote snapshot={snapshot} signedIn={signedIn} />
      {isOver(snapshot) && snapshot.state.phase !== 'lost' && (
        <Notice
          tone={snapshot.counts.failed + snapshot.counts.unknown > 0 || snapshot.unsettled ? 'warning' : 'good'}
          title={snapshot.state.phase === 'stopped' ? 'Stopped' : 'It is over'}
        >
          <span>{`In all: ${countWords(snapshot)}.`}</span>
          <Group mt={6}>
            <Button component={Link} to={reportTo} size="xs">
              See the report
            </Button>
          </Group>
        </Notice>
      )}
      <LateNote job={job} snapshot={snapshot} signedIn={signedIn} />
      <JobProgress snapshot={snapshot} />
      {!isOver(snapshot) && (
        <Text size="sm" c="dimmed">
          {keptWords(snapshot)}
        </Text>
      )}
      {notes}
      <Later>
        <LedgerTable job={job} snapshot={snapshot} {...(look && { look })} />
      </Later>
    </Stack>
  );
}
