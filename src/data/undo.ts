import type { Job, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { jobById, useJobs, useNamedJob, useOpened } from './jobs';

/** Undoing a job: it is made from that job's ledger alone, so a job that came back from disk can be undone too. */

export interface UndoJobs {
  /** Jobs that could be undone, newest first: those that are over, and known to their end. */
  candidates: readonly JobSnapshot[];
  /** The one that the URL names, if it is one. */
  source: Job | undefined;
  /** The undo that the URL names (`jobHref` does), else the newest of this tab. */
  run: Job | undefined;
}

/**
 * Which job is undone, and which job undoes it. `?job=` names the first while one chooses, plans and confirms, and the second
 * from the run on: every job is named that way. Suspends while the named one is read from disk.
 */
export function useUndoJobs(kind: string, undoKind: string, id: string | null): UndoJobs {
  const list = useJobs();
  const named = useNamedJob(id);
  const job = useOpened(named);
  const newest = list.find((one) => one.kind === undoKind && jobById(one.id));
  return {
    candidates: list.filter((one) => one.kind === kind && isOver(one) && one.state.phase !== 'lost'),
    source: named?.kind === kind ? job : undefined,
    run: named?.kind === undoKind ? job : named ? undefined : newest && jobById(newest.id),
  };
}
