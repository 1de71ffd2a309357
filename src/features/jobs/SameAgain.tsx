import { plural } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useSession } from '~/data/session';
import type { JobView } from '~/entities/job/job-view';
import { useOpenWith } from '~/entities/list/use-open-with';
import { whyNotBegin } from '~/job-store/action-jobs';
import { useJob, useJobs } from '~/job-store/jobs';
import { keptPlan } from '~/job-store/kept-plan';
import type { Job, LedgerRow } from '~/jobs/job';
import { readRows } from '~/jobs/row-slices';
import { isOver } from '~/jobs/phase';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { NotYetButton } from '~/ui/NotYetButton';
import { useWhileShown } from '~/ui/use-while-shown';

/** A new plan for what this job did not do: what was stopped, failed or left alone. */
export function SameAgain({ job, view }: { job: Job; view: JobView }) {
  const snapshot = useJob(job);
  const jobs = useJobs();
  const navigate = useNavigate();
  const openWith = useOpenWith();
  const whileShown = useWhileShown(job.id);
  const session = useSession();
  const [reading, setReading] = useState(false);
  const { kind, undoes, counts, total, state, kept } = snapshot;
  const left = total - counts.done;
  if (!isOver(snapshot) || state.phase === 'lost' || left === 0) return null;
  // An undo is planned from the job that it undoes: without that one there is no page for it.
  const source = jobs.find(({ id }) => id === undoes);
  const isOfFile = undoes === '';
  const canBegin =
    undoes === undefined ? view.again !== undefined : isOfFile || (source && source.state.phase !== 'lost');
  if (!canBegin) return null;
  const begin = async () => {
    // What an undo left is in the plan of another undo.
    if (undoes !== undefined) return navigate(isOfFile ? paths.undoFile() : paths.undoJob(undoes));
    const signal = whileShown();
    setReading(true);
    const rows: LedgerRow[] = [];
    await readRows(job, (row) => {
      if (row.status !== 'done') rows.push(row);
    });
    // Without the plan, the fields start as they always do.
    const plan = kept?.ok ? await keptPlan(job.id).catch(() => null) : null;
    if (signal.aborted) return;
    const next = view.again?.(rows, plan?.plan ?? null);
    if (next) openWith(next.to, next.with);
  };
  const label = plural(left, { one: 'New plan for the other item…', other: 'New plan for the other # items…' });
  const look = { variant: 'default', leftSection: <IconRepeat size={16} aria-hidden /> } as const;
  const reason = whyNotBegin(kind, session);
  return reason === null ? (
    <Button {...look} loading={reading} onClick={() => void begin()}>
      {label}
    </Button>
  ) : (
    <NotYetButton {...look} reason={wordsOf(reason)}>
      {label}
    </NotYetButton>
  );
}
