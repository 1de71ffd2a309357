import { queryOptions } from '@tanstack/react-query';
import { stepsOf } from '~/actions/playbook-parts';
import { aboutUser, rowsOn } from '~/job-store/jobs-on';
import type { ItemStatus, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import type { Text } from '~/lib/text';
import { STEPS, type Step } from './steps';

/** What the jobs of this browser prove of an erasure. Nothing else counts. */

export interface Proof {
  readonly job: JobSnapshot;
  readonly counts: Readonly<Record<ItemStatus, number>>;
  /** What was said of its items; each once. */
  readonly reasons: readonly Text[];
  /** Epoch ms. */
  readonly endedAt: number | null;
  /** It takes the step back: the contrary, or an undo. */
  readonly isContrary: boolean;
}

/**
 * `done`: a job did it, and no later one took it back. `skipped`: a job found nothing to do, or left it out. `partly`: something of it
 * failed, or nobody knows.
 */
export type StepState = 'none' | 'done' | 'skipped' | 'partly' | 'taken-back' | 'underway';

export interface ProvedStep {
  readonly step: Step;
  readonly state: StepState;
  /** The oldest first. */
  readonly proofs: readonly Proof[];
}

const kindsOf = ({ kinds, contrary }: Step): readonly string[] => [...kinds, ...contrary];
const ALL_KINDS: ReadonlySet<string> = new Set(STEPS.flatMap(kindsOf));

/** @param jobs of the account that is signed in, newest first */
export const proofsQuery = (userId: string, jobs: readonly JobSnapshot[]) =>
  queryOptions({
    queryKey: ['data-request', 'proofs', userId, jobs.filter(isRelevant).map(({ id, version }) => [id, version])],
    queryFn: ({ signal }) => proofsOf(userId, jobs, signal),
    staleTime: 0,
  });

const isPlaybook = ({ kind }: JobSnapshot): boolean => kind.startsWith('playbook.');
const isRelevant = (job: JobSnapshot): boolean =>
  (ALL_KINDS.has(job.kind) || isPlaybook(job)) && job.state.phase !== 'ready';

/** So many different reasons of a job are enough to know how it ended; its report has all. */
const MOST_REASONS = 5;

export async function proofsOf(
  userId: string,
  jobs: readonly JobSnapshot[],
  signal: AbortSignal,
): Promise<readonly ProvedStep[]> {
  const about = aboutUser(userId);
  const found: Of[] = [];
  for (const job of jobs.filter(isRelevant).toReversed()) {
    signal.throwIfAborted();
    // oxlint-disable-next-line no-await-in-loop -- plan after plan, never all at once
    const rows = await rowsOn(about, job, signal);
    if (rows.length === 0) continue;
    if (isPlaybook(job)) found.push(...rows.flatMap((row) => stepProofs(job, row)));
    else found.push({ ...proofIn(job, rows), of: STEPS.find((step) => kindsOf(step).includes(job.kind))?.id });
  }
  return STEPS.map((step) => {
    const proofs = found.filter(({ of }) => of === step.id);
    return { step, state: stateOf(step, proofs), proofs };
  });
}

type Of = Proof & { readonly of: string | undefined };
type Row = Awaited<ReturnType<typeof rowsOn>>[number];

const noCounts = (): Record<ItemStatus, number> => ({
  waiting: 0,
  running: 0,
  done: 0,
  skipped: 0,
  failed: 0,
  unknown: 0,
});

function proofIn(job: JobSnapshot, rows: readonly Row[]): Proof {
  const counts = noCounts();
  let endedAt: number | null = null;
  const reasons = new Map<string, Text>();
  for (const row of rows) {
    counts[row.status] += 1;
    if (row.reason !== '') reasons.set(JSON.stringify(row.reason), row.reason);
    if (row.endedAt !== null) endedAt = Math.max(endedAt ?? 0, row.endedAt);
  }
  return {
    job,
    counts,
    reasons: [...reasons.values()].slice(0, MOST_REASONS),
    endedAt,
    isContrary: job.undoes !== undefined || STEPS.some(({ contrary }) => contrary.includes(job.kind)),
  };
}

/** What a job of several steps recorded of each. */
const stepProofs = (job: JobSnapshot, row: Row): Of[] =>
  stepsOf(row).map(({ key, targets, end }) => {
    const counts = noCounts();
    counts[end?.status ?? 'waiting'] = 1;
    const kind = key.replace(/^\d+\./, '');
    const of = STEPS.find((step) => step.key === key || kindsOf(step).includes(kind))?.id;
    return {
      job,
      counts,
      reasons: end && end.reason !== '' ? [end.reason] : [],
      endedAt: row.endedAt,
      isContrary: STEPS.some(({ contrary }) => contrary.includes(kind)),
      // Files that are quarantined are not deleted: that step is about the user.
      of: of === 'files' && targets?.some((id) => !id.startsWith('mxc://')) ? undefined : of,
    };
  });

/** The last one that changed something says how it is. */
function stateOf(step: Step, proofs: readonly Proof[]): StepState {
  if (proofs.some(({ job, counts }) => counts.running + counts.waiting > 0 && !isOver(job))) return 'underway';
  const last = proofs.findLast(({ counts }) => counts.done + counts.failed + counts.unknown > 0);
  if (!last) return proofs.some(({ counts }) => counts.skipped > 0) ? 'skipped' : 'none';
  const { counts, isContrary, reasons } = last;
  if (isContrary) return counts.done > 0 ? 'taken-back' : 'partly';
  const isWhole = counts.done > 0 && counts.failed + counts.unknown === 0 && (step.isWhole?.(reasons) ?? true);
  return isWhole ? 'done' : 'partly';
}
