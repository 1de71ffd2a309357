import { queryOptions } from '@tanstack/react-query';
import { aboutUser, rowsOn } from '~/job-store/jobs-on';
import type { ItemStatus, JobSnapshot } from '~/jobs/job';
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

/** `done`: a job did it, and no later one took it back. `partly`: something of it failed, or nobody knows. */
export type StepState = 'none' | 'done' | 'partly' | 'taken-back' | 'underway';

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

const isRelevant = ({ kind, state }: JobSnapshot): boolean => ALL_KINDS.has(kind) && state.phase !== 'ready';

/** So many different reasons of a job are enough to know how it ended; its report has all. */
const MOST_REASONS = 5;

export async function proofsOf(
  userId: string,
  jobs: readonly JobSnapshot[],
  signal: AbortSignal,
): Promise<readonly ProvedStep[]> {
  const about = aboutUser(userId);
  const found: Proof[] = [];
  for (const job of jobs.filter(isRelevant).toReversed()) {
    signal.throwIfAborted();
    // oxlint-disable-next-line no-await-in-loop -- plan after plan, never all at once
    const rows = await rowsOn(about, job, signal);
    if (rows.length === 0) continue;
    const counts = { waiting: 0, running: 0, done: 0, skipped: 0, failed: 0, unknown: 0 };
    for (const { status } of rows) counts[status] += 1;
    const reasons = new Map(
      rows.filter(({ reason }) => reason !== '').map(({ reason }) => [JSON.stringify(reason), reason]),
    );
    found.push({
      job,
      counts,
      reasons: [...reasons.values()].slice(0, MOST_REASONS),
      endedAt: rows.reduce<number | null>(
        (last, { endedAt }) => (endedAt === null ? last : Math.max(last ?? 0, endedAt)),
        null,
      ),
      isContrary: job.undoes !== undefined || STEPS.some(({ contrary }) => contrary.includes(job.kind)),
    });
  }
  return STEPS.map((step) => {
    const proofs = found.filter(({ job }) => kindsOf(step).includes(job.kind));
    return { step, state: stateOf(proofs), proofs };
  });
}

/** The last one that changed something says how it is. */
function stateOf(proofs: readonly Proof[]): StepState {
  const last = proofs.findLast(({ counts }) => counts.done + counts.failed + counts.unknown > 0);
  if (proofs.some(({ counts }) => counts.running + counts.waiting > 0)) return 'underway';
  if (!last) return 'none';
  const { counts, isContrary } = last;
  if (isContrary) return counts.done > 0 ? 'taken-back' : 'partly';
  return counts.failed + counts.unknown > 0 || counts.done === 0 ? 'partly' : 'done';
}
