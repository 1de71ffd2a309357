import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Job } from '~/jobs/job';
import { duration, exact } from '~/lib/dates';
import { download, fileName } from '~/ui/download';
import { Later } from '~/ui/Later';
import { JobControls } from './JobControls';
import { JobProgress } from './JobProgress';
import { LateNote } from './LateNote';
import { LedgerTable, type LedgerLook } from './LedgerTable';
import { PauseNote } from './PauseNote';
import classes from './ReportView.module.css';
import { UndoButton, type UndoOffer } from './UndoButton';
import { useSnapshot } from './use-snapshot';
import { Outside } from '~/ui/Outside';
import { wordsOf } from '~/lib/words';

interface ReportViewProps {
  job: Job;
  /** Whether the account that began the job is signed in (`useSignedInAs(owner)`). */
  signedIn: boolean;
  look?: LedgerLook;
  /** What an admin should know now: what is still cached, what comes later. */
  notes?: ReactNode;
  /** How it is undone; a sentence where it can't be. */
  undo?: UndoOffer | string;
}

/** What was done, as whom, when, to what, with which outcome; to keep as a file. A running job's report is as of now. */
export function ReportView({ job, signedIn, look, notes, undo }: ReportViewProps) {
  const snapshot = useSnapshot(job);
  const { startedAt, endedAt, owner } = snapshot;
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4">
          {wordsOf(snapshot.title)}
        </Title>
        <Group gap="xs">
          <JobControls job={job} snapshot={snapshot} signedIn={signedIn} />
          {typeof undo === 'object' && <UndoButton job={job} snapshot={snapshot} offer={undo} />}
          <DownloadButtons job={job} kind={snapshot.kind} />
        </Group>
      </Group>
      <PauseNote snapshot={snapshot} signedIn={signedIn} />
      <LateNote job={job} snapshot={snapshot} signedIn={signedIn} looksFirst />
      <JobProgress snapshot={snapshot} />
      <dl className={classes.facts}>
        <Fact name="Homeserver">
          <Outside as="id" text={owner.baseUrl} />
        </Fact>
        <Fact name="As">
          <Outside as="id" text={owner.userId} />
        </Fact>
        <Fact name="Started">{startedAt === null ? '–' : exact(startedAt)}</Fact>
        <Fact name="Ended">{endedAt === null ? 'not yet' : exact(endedAt)}</Fact>
        <Fact name="Took">{startedAt === null || endedAt === null ? '–' : duration(endedAt - startedAt)}</Fact>
      </dl>
      {notes}
      {typeof undo === 'string' && <Text size="sm">{undo}</Text>}
      <Later>
        <LedgerTable job={job} snapshot={snapshot} {...(look && { look })} />
        <Text size="sm" c="dimmed">
          {snapshot.kept?.ok
            ? 'The report is kept in this browser until you delete it on the page “Jobs”. Download it to have it elsewhere.'
            : 'The report lives in this tab until it is closed: download it to keep it.'}
        </Text>
      </Later>
    </Stack>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function DownloadButtons({ job, kind }: { job: Job; kind: string }) {
  const [writing, setWriting] = useState<'csv' | 'json' | null>(null);
  const save = async (format: 'csv' | 'json') => {
    setWriting(format);
    const { reportFile } = await import('~/jobs/report');
    download(await reportFile(job, format), fileName(`${kind}-report`, format));
    setWriting(null);
  };
  return (['csv', 'json'] as const).map((format) => (
    <Button
      key={format}
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={writing === format}
      onClick={() => void save(format)}
    >
      {`Report as ${format.toUpperCase()}`}
    </Button>
  ));
}
