import type { Job, JobSnapshot } from '~/jobs/job';
import { jobById, useJobs } from './jobs';

/** Undoing a job: it is made from that job's ledger alone, so a job that came back after a reload can be undone too. */

export interface UndoJobs {
  /** Jobs that could be undone, newest first: those that are over. */
  candidates: readonly JobSnapshot[];
  /** The one that the URL names, if it is one. */
  source: Job | undefined;
  /** The undo that the URL names (`jobHref` does), else the newest. */
  run: Job | undefined;
}

const isOver = ({ state }: JobSnapshot): boolean => state.phase === 'finished' || state.phase === 'stopped';

/**
 * Which job is undone, and which job undoes it. `?job=` names the first while one chooses, plans and confirms, and the second
 * from the run on: every job is named that way.
 */
export function useUndoJobs(kind: string, undoKind: string, id: string | null): UndoJobs {
  const list = useJobs();
  const named = list.find((job) => job.id === id);
  const run = named?.kind === undoKind ? named : named ? undefined : list.find((job) => job.kind === undoKind);
  return {
    candidates: list.filter((job) => job.kind === kind && isOver(job)),
    source: named?.kind === kind ? jobById(named.id) : undefined,
    run: run && jobById(run.id),
  };
}
