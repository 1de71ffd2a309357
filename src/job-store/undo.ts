import { useEffect } from 'react';
import type { Job, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { usePlan, type Plans } from './drafts';
import { useJobs, useNamedJob, useOpened } from './jobs';
import type { Making } from './plan-draft';

/** Undoing a job: it is made from that job's ledger alone, so a job that came back from disk can be undone too. */

interface Choice {
  /** The job that is undone. */
  undoes: string | null;
  /** Of its ledger: where a row was retried or verified since, another plan is needed. */
  version: number;
}

export interface Undo<Planned> extends Pick<
  Plans<Choice, Planned>,
  'isMaking' | 'reading' | 'planned' | 'replan' | 'drop'
> {
  /** Jobs that could be undone, newest first: those that are over, and known to their end. */
  candidates: readonly JobSnapshot[];
  /** Those that are not over yet: what they still do could not be undone. */
  unfinished: readonly JobSnapshot[];
  /** The one that the URL names, if it is one. */
  source: Job | undefined;
  /** Plans the undo of this job, in the place of what was planned or read before. */
  plan(job: Job, begin: (making: Making<Planned>) => void): void;
}

const NONE: Choice = { undoes: null, version: 0 };

/**
 * Which job is undone, named by `?job=`, and the plan for that. Suspends while the job is read from disk.
 */
export function useUndo<Planned>(kind: string, namedId: string | null): Undo<Planned> {
  const { choice, choose, make, ...plan } = usePlan<Choice, Planned>(`${kind}/undo`, NONE);
  const list = useJobs();
  const named = useNamedJob(namedId);
  const job = useOpened(named);
  const source = named?.kind === kind && isOver(named) ? job : undefined;
  const undoes = source?.id;
  const version = named?.version ?? 0;
  // A plan is of one job: another job, however it came to be named, needs another plan.
  useEffect(() => {
    if (undoes !== undefined) choose({ undoes, version });
  }, [undoes, version, choose]);
  const isOfSource = undoes !== undefined && choice.undoes === undoes && choice.version === version;
  const jobs = list.filter((one) => one.kind === kind);
  return {
    candidates: jobs.filter((one) => isOver(one) && one.state.phase !== 'lost'),
    unfinished: jobs.filter((one) => !isOver(one)),
    source,
    ...plan,
    // Before the effect has run: what is there may be another job's.
    ...(!isOfSource && { isMaking: false, reading: null, planned: null }),
    plan({ id, getSnapshot }, begin) {
      choose({ undoes: id, version: getSnapshot().version });
      make(begin);
    },
  };
}
