import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { deleteJob, UnclosedError } from '~/job-store/jobs';
import { countHeld } from '~/job-store/secrets';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { plural } from '~/lib/numbers';

import { Notice } from '~/ui/Notice';
import { isolated } from '~/lib/shown-text';
import { wordsOf, wordsOfError } from '~/lib/words';

interface DeleteJobsProps {
  /** None: nothing is asked. */
  jobs: readonly JobSnapshot[];
  /** Of other accounts: offered besides, account by account, and never deleted unasked. */
  others: readonly JobSnapshot[];
  onClose(): void;
}

/** Asks before plans, ledgers and before-states go for good. */
export function DeleteJobs({ jobs, others, onClose }: DeleteJobsProps) {
  return (
    <Modal
      opened={jobs.length + others.length > 0}
      onClose={onClose}
      title={jobs.length + others.length === 1 ? 'Delete this job?' : 'Delete jobs?'}
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {jobs.length + others.length > 0 && <Form jobs={jobs} others={others} onClose={onClose} />}
    </Modal>
  );
}

const SHOWN = 5;

interface Kept {
  job: JobSnapshot;
  reason: string;
  /** It goes all the same if that is what the admin wants. */
  unclosed: boolean;
}

const nameOf = ({ owner }: JobSnapshot) => `${isolated(owner.userId)} on ${isolated(owner.baseUrl)}`;

function Form({ jobs, others, onClose }: DeleteJobsProps) {
  // As they were when it was asked: the list behind changes while they go.
  const [mine] = useState(jobs);
  const [strangers] = useState(() => [...Map.groupBy(others, nameOf)]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const asked = [...mine, ...strangers.flatMap(([name, theirs]) => (chosen.includes(name) ? theirs : []))];
  const lost = countHeld(asked.map(({ id }) => id));
  const [busy, setBusy] = useState(false);
  const [kept, setKept] = useState<readonly Kept[]>([]);
  const unfinished = asked.filter((job) => !isOver(job));
  // What is left of a lost journal does nothing any more.
  const putBack = new Set(
    asked.flatMap(({ state, unclosed }) => (state.phase === 'lost' ? [] : (unclosed?.does ?? []))),
  );
  const unclosed = kept.flatMap((one) => (one.unclosed ? [one.job] : []));

  const go = async (doomed: readonly JobSnapshot[], anyway: boolean) => {
    setBusy(true);
    const found: Kept[] = [];
    for (const job of doomed) {
      await deleteJob(job.id, anyway).catch((error: unknown) => {
        const reason = wordsOfError(error);
        found.push({ job, reason, unclosed: error instanceof UnclosedError });
      });
    }
    setBusy(false);
    const others = kept.filter(({ job }) => !doomed.includes(job));
    if (found.length + others.length === 0) onClose();
    else setKept([...others, ...found]);
  };
  return (
    <Stack>
      {asked.slice(0, SHOWN).map((job) => (
        <div key={job.id}>
          <Text size="sm" fw={600}>
            <bdi>{wordsOf(job.title)}</bdi>
          </Text>
          <Text size="xs" c="dimmed">
            <bdi>{nameOf(job)}</bdi>
          </Text>
        </div>
      ))}
      {asked.length > SHOWN && <Text size="sm">{`and ${plural(asked.length - SHOWN, 'other')}`}</Text>}
      <Text size="sm">
        The plan, the results and what was there before each change are deleted from this browser, and with them any
        undo. {putBack.size === 0 && 'Nothing changes on the homeserver.'}
      </Text>
      {strangers.length > 0 && (
        <Checkbox.Group
          label="Jobs of other accounts are kept. Delete them too:"
          value={[...chosen]}
          onChange={setChosen}
          size="sm"
        >
          <Stack gap={6} mt={6}>
            {strangers.map(([name, theirs]) => (
              <Checkbox
                key={name}
                value={name}
                disabled={busy || kept.length > 0}
                label={<bdi>{`${plural(theirs.length, 'job')} of ${name}`}</bdi>}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      {kept.length === 0 && unfinished.length > 0 && (
        <Notice tone="warning" title="Not finished yet">
          What was not done yet will not be done. What was done stays done.
        </Notice>
      )}
      {lost > 0 && (
        <Notice tone="warning" title="New passwords are not saved">
          {`Deleting this loses ${plural(lost, 'new password')} that nobody has saved yet. Save ${lost === 1 ? 'it' : 'them'} first on the page of the job that made ${lost === 1 ? 'it' : 'them'}.`}
        </Notice>
      )}
      {kept.length === 0 &&
        [...putBack].map((does) => (
          <Notice key={wordsOf(does)} title="Something is put back first">
            {`Before anything is deleted, ${wordsOf(does)}.`}
          </Notice>
        ))}
      {kept.map(({ job, reason, unclosed }) => (
        <Notice key={job.id} role="alert" tone="danger" title="Not deleted">
          <span>{`${wordsOf(job.title)}: ${reason}`}</span>
          {unclosed && (
            <>
              <span>Once it is deleted, Glia no longer knows what was there.</span>
              <Group mt={6}>
                <Button size="xs" variant="default" onClick={() => void go([job], false)} disabled={busy}>
                  Try again
                </Button>
              </Group>
            </>
          )}
        </Notice>
      ))}
      {busy && unfinished.length > 0 && (
        <Text size="sm" role="status">
          It is deleted once the requests already sent have finished, even if you close this. What can’t be deleted
          stays in the list.
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {kept.length > 0 || busy ? 'Close' : 'Keep'}
        </Button>
        {unclosed.length > 0 ? (
          <Button color="red.9" onClick={() => void go(unclosed, true)} loading={busy}>
            Delete anyway
          </Button>
        ) : (
          <Button
            color="red.9"
            onClick={() => void go(asked, false)}
            loading={busy}
            disabled={kept.length > 0 || asked.length === 0}
          >
            {asked.length === 1 ? 'Delete the job' : `Delete ${plural(asked.length, 'job')}`}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
