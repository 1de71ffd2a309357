import { plural, t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { deleteJob, UnclosedError } from '~/job-store/jobs';
import { countHeld } from '~/job-store/secrets';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';

import { Notice } from '~/ui/Notice';
import { isolated } from '~/lib/shown-text';
import { wordsOf, wordsOfError } from '~/lib/words';

interface DeleteJobsProps {
  /** None: nothing is asked. */
  jobs: readonly JobSnapshot[];
  /** Of other accounts: offered account by account, and deleted only where they are chosen. */
  others: readonly JobSnapshot[];
  onClose(): void;
}

/** Asks before plans, results and the states from before are deleted: they can’t be brought back. */
export function DeleteJobs({ jobs, others, onClose }: DeleteJobsProps) {
  const { t } = useLingui();
  return (
    <Modal
      opened={jobs.length + others.length > 0}
      onClose={onClose}
      title={jobs.length + others.length === 1 ? t`Delete this job?` : t`Delete jobs?`}
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {jobs.length + others.length > 0 && <Form jobs={jobs} others={others} onClose={onClose} />}
    </Modal>
  );
}

const SHOWN = 5;

interface Kept {
  job: JobSnapshot;
  reason: string;
  /** It is deleted anyway if that is what the admin wants. */
  unclosed: boolean;
}

function nameOf({ owner }: JobSnapshot): string {
  const [account, homeserver] = [isolated(owner.userId), isolated(owner.baseUrl)];
  return t`${account} on ${homeserver}`;
}

const jobsOf = (account: string, count: number): string =>
  t`${plural(count, { one: '# job', other: '# jobs' })} of ${account}`;

function Form({ jobs, others, onClose }: DeleteJobsProps) {
  const { t } = useLingui();
  // As they were when the dialog opened: the list behind it changes while they are deleted.
  const [mine] = useState(jobs);
  const [strangers] = useState(() => [...Map.groupBy(others, nameOf)]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const asked = [...mine, ...strangers.flatMap(([name, theirs]) => (chosen.includes(name) ? theirs : []))];
  const count = asked.length;
  const more = count - SHOWN;
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
      {more > 0 && <Text size="sm">{plural(more, { one: 'and # other', other: 'and # others' })}</Text>}
      <Text size="sm">
        {plural(count, {
          one: 'This deletes the plan, the results and the previous values from this browser. You can’t undo the job afterwards.',
          other:
            'This deletes the plans, the results and the previous values from this browser. You can’t undo the jobs afterwards.',
        })}{' '}
        {putBack.size === 0 && t`Nothing changes on the homeserver.`}
      </Text>
      {strangers.length > 0 && (
        <Checkbox.Group
          label={t`Jobs of other accounts are kept. Delete them too:`}
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
                label={<bdi>{jobsOf(name, theirs.length)}</bdi>}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      {kept.length === 0 && unfinished.length > 0 && (
        <Notice tone="warning" title={t`Not finished yet`}>
          {t`Items that have not started will not run. What was done stays done.`}
        </Notice>
      )}
      {lost > 0 && (
        <Notice tone="warning" title={t`New passwords are not saved`}>
          {plural(lost, {
            one: 'Deleting this loses # new password that nobody has saved yet. Save it first on the page of its job.',
            other:
              'Deleting this loses # new passwords that nobody has saved yet. Save them first on the page of their job.',
          })}
        </Notice>
      )}
      {kept.length === 0 &&
        [...putBack].map(wordsOf).map((does) => (
          <Notice key={does} title={t`Something is restored first`}>
            {t`Before anything is deleted, ${does}.`}
          </Notice>
        ))}
      {kept.map(({ job, reason, unclosed }) => (
        <Notice key={job.id} role="alert" tone="danger" title={t`Not deleted`}>
          <span>
            <bdi>{wordsOf(job.title)}</bdi>: {reason}
          </span>
          {unclosed && (
            <>
              <span>{t`Once the job is deleted, Glia no longer knows what to restore.`}</span>
              <Group mt={6}>
                <Button size="xs" variant="default" onClick={() => void go([job], false)} disabled={busy}>
                  {t`Try again`}
                </Button>
              </Group>
            </>
          )}
        </Notice>
      ))}
      {busy && unfinished.length > 0 && (
        <Text size="sm" role="status">
          {t`Jobs are deleted once the requests already sent have finished, even if you close this. What can’t be deleted stays in the list.`}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {kept.length > 0 || busy ? t`Close` : t`Cancel`}
        </Button>
        {unclosed.length > 0 ? (
          <Button color="red.9" onClick={() => void go(unclosed, true)} loading={busy}>
            {t`Delete anyway`}
          </Button>
        ) : (
          <Button
            color="red.9"
            onClick={() => void go(asked, false)}
            loading={busy}
            disabled={kept.length > 0 || asked.length === 0}
          >
            {plural(count, { 1: 'Delete job', one: 'Delete # job', other: 'Delete # jobs' })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
