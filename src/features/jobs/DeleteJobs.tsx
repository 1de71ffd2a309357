import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { deleteJob } from '~/data/jobs';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { plural } from '~/lib/numbers';

import { Notice } from '~/ui/Notice';

interface DeleteJobsProps {
  /** None: nothing is asked. */
  jobs: readonly JobSnapshot[];
  onClose(): void;
}

/** Asks before plans, ledgers and before-states go for good. */
export function DeleteJobs({ jobs, onClose }: DeleteJobsProps) {
  return (
    <Modal
      opened={jobs.length > 0}
      onClose={onClose}
      title={jobs.length === 1 ? 'Delete this job?' : `Delete ${plural(jobs.length, 'job')}?`}
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {jobs.length > 0 && <Form jobs={jobs} onClose={onClose} />}
    </Modal>
  );
}

const SHOWN = 5;

function Form({ jobs, onClose }: DeleteJobsProps) {
  // As they were when it was asked: the list behind changes while they go.
  const [asked] = useState(jobs);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const unfinished = asked.filter((job) => !isOver(job));

  const go = async () => {
    setBusy(true);
    const found: string[] = [];
    for (const job of asked) {
      await deleteJob(job.id).catch((error: unknown) => {
        found.push(`${job.title}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
    setBusy(false);
    if (found.length === 0) onClose();
    else setProblems(found);
  };

  return (
    <Stack>
      {asked.slice(0, SHOWN).map((job) => (
        <Text key={job.id} size="sm" fw={600}>
          {job.title}
        </Text>
      ))}
      {asked.length > SHOWN && <Text size="sm">{`and ${plural(asked.length - SHOWN, 'other')}`}</Text>}
      <Text size="sm">
        The plan, the ledger and what was there before each change go from this browser, and with them the report and
        any undo. On the homeserver nothing changes.
      </Text>
      {unfinished.length > 0 && (
        <Notice tone="warning" title="Not over yet">
          What it has not done will not be done. What it did stays done.
        </Notice>
      )}
      {problems.map((problem) => (
        <Notice key={problem} role="alert" tone="danger" title="Not deleted">
          {problem}
        </Notice>
      ))}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {problems.length > 0 ? 'Close' : 'Keep'}
        </Button>
        <Button color="red.9" onClick={() => void go()} loading={busy} disabled={problems.length > 0}>
          {asked.length === 1 ? 'Delete the job' : `Delete ${plural(asked.length, 'job')}`}
        </Button>
      </Group>
    </Stack>
  );
}
