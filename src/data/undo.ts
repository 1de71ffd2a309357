import type { Job, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { useDraft } from './drafts';
import { jobById, useJobs, useNamedJob, useOpened } from './jobs';
import type { Reading } from './scans';

/** Undoing a job: it is made from that job's ledger alone, so a job that came back from disk can be undone too. */

/** What an undo wizard remembers. */
export interface UndoState<Planned> {
  /** The job that it is about. */
  undoes: string | null;
  reading: Reading | null;
  planned: Planned | null;
}

type Patch<Planned> = (part: Partial<UndoState<Planned>>) => void;

interface Memory<Planned> extends UndoState<Planned> {
  /** Gives the scan up: nothing is heard of it any more, also where it is still at the ledger. */
  scan: AbortController | null;
}

export interface Undo<Planned> extends UndoState<Planned> {
  /** Jobs that could be undone, newest first: those that are over, and known to their end. */
  candidates: readonly JobSnapshot[];
  /** Those that are not over yet: what they still do could not be undone. */
  unfinished: readonly JobSnapshot[];
  /** The one that the URL names, if it is one. */
  source: Job | undefined;
  /** The undo that the URL names (`jobHref` does), else the newest of this tab. */
  run: Job | undefined;
  /** In the place of what was planned or read before. @param scan tells of each stage */
  plan(job: Job, scan: (patch: Patch<Planned>) => void): void;
  /** The same plan with other choices. */
  replan(planned: Planned): void;
  /** Gives up what is read, and forgets what was planned. */
  forget(): void;
}

/**
 * Which job is undone, which job undoes it, and the plan for that. `?job=` names the first while one chooses, plans and
 * confirms, and the second from the run on: every job is named that way. Suspends while the named one is read from disk.
 */
export function useUndo<Planned>(kind: string, undoKind: string, id: string | null): Undo<Planned> {
  const none: Memory<Planned> = { undoes: null, reading: null, planned: null, scan: null };
  const [state, patch, reset] = useDraft(`${kind}/undo`, none);
  const list = useJobs();
  const named = useNamedJob(id);
  const job = useOpened(named);
  const source = named?.kind === kind && isOver(named) ? job : undefined;
  const jobs = list.filter((one) => one.kind === kind);
  const newest = list.find((one) => one.kind === undoKind && jobById(one.id));
  const forget = () => {
    state.scan?.abort();
    state.reading?.cancel();
    reset();
  };
  return {
    candidates: jobs.filter((one) => isOver(one) && one.state.phase !== 'lost'),
    unfinished: jobs.filter((one) => !isOver(one)),
    source,
    run: named?.kind === undoKind ? job : named ? undefined : newest && jobById(newest.id),
    // A plan is of one job: another job needs another plan.
    ...(source && state.undoes === source.id ? state : none),
    plan({ id: undoes }, scan) {
      forget();
      const mine = new AbortController();
      patch({ undoes, scan: mine });
      scan((part) => {
        if (mine.signal.aborted) part.reading?.cancel();
        else patch(part);
      });
    },
    replan: (planned) => patch({ planned }),
    forget,
  };
}
