import { queryOptions } from '@tanstack/react-query';
import { stepsOf } from '~/actions/playbook-parts';
import type { CheckNote } from '~/actions/playbook/left-over';
import { readKept } from '~/actions/kept';
import { readPlan } from '~/job-store/journal-db';
import { aboutUser, rowsOn } from '~/job-store/jobs-on';
import type { ItemStatus, JobSnapshot, Json } from '~/jobs/job';
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
  /** What was done was all of it, as far as the job knows. */
  readonly isWhole: boolean;
  /** The job itself found that something of it is left. */
  readonly isOpen?: boolean;
  /** It takes the step back: the contrary, or an undo. */
  readonly isContrary: boolean;
}

/**
 * `done`: a job did all of it, and no later one took it back. `some`: one did what it was asked for, which may not be all of it.
 * `skipped`: a job found nothing to do, or left it out. `partly`: something of it failed, or nobody knows.
 */
export type StepState = 'none' | 'done' | 'some' | 'skipped' | 'partly' | 'taken-back' | 'underway';

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
    else {
      const step = STEPS.find((one) => kindsOf(one).includes(job.kind));
      // oxlint-disable-next-line no-await-in-loop -- as above
      found.push({ ...proofIn(job, rows, step, await inputOf(job)), of: step?.id });
    }
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

/** What was entered for the action of a job. Undefined: nothing of it is on the disk. */
async function inputOf({ id }: JobSnapshot): Promise<Json | undefined> {
  const plan = await readPlan(id);
  return typeof plan === 'object' && plan !== null && !Array.isArray(plan)
    ? (plan as Readonly<Record<string, Json>>)['input']
    : undefined;
}

function proofIn(job: JobSnapshot, rows: readonly Row[], step: Step | undefined, input: Json | undefined): Proof {
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
    isWhole:
      step?.isWhole?.({
        said: [...reasons.values()],
        input,
        goals: rows.flatMap(({ before }) => readKept(before)?.goal ?? []),
        isStep: false,
      }) ?? true,
    isContrary: job.undoes !== undefined || STEPS.some(({ contrary }) => contrary.includes(job.kind)),
  };
}

/** What a job of several steps recorded of each. Its check says of which steps something is left. */
function stepProofs(job: JobSnapshot, row: Row): Of[] {
  const all = stepsOf(row);
  const check = all.find(({ key }) => key === 'check');
  const open = openBy(check);
  return all.map(({ key, targets, end }) => {
    const counts = noCounts();
    counts[end?.status ?? 'waiting'] = 1;
    const kind = key.replace(/^\d+\./, '');
    const step = STEPS.find((one) => one.key === key || kindsOf(one).includes(kind));
    const isOpen = step !== undefined && open.has(step.key);
    const reasons = [end?.reason ?? '', isOpen ? (check?.end?.reason ?? '') : ''].filter((reason) => reason !== '');
    // Only where a step checks at the end, what is left is known.
    const isStep = check?.end !== undefined && check.end !== null;
    const isWhole = step?.isWhole?.({ said: reasons, input: undefined, goals: [], isStep }) ?? true;
    return {
      job,
      counts,
      reasons,
      endedAt: end?.at ?? row.endedAt,
      isWhole: isWhole && !isOpen,
      isOpen,
      isContrary: STEPS.some(({ contrary }) => contrary.includes(kind)),
      // Files that are quarantined are not deleted: that step is about the user.
      of: step?.id === 'files' && targets?.some((id) => !id.startsWith('mxc://')) ? undefined : step?.id,
    };
  });
}

const CHECKED = ['redact', 'media', 'deactivate'];

/** The keys of the steps that a check found not to be whole. */
function openBy(check: ReturnType<typeof stepsOf>[number] | undefined): ReadonlySet<string> {
  const open = (check?.noted as CheckNote | undefined)?.open;
  if (open) return new Set(open);
  // An earlier Glia did not note which.
  return new Set(check?.end?.status === 'failed' ? CHECKED : []);
}

/** The last one that changed something says how it is; what one did in part, an earlier one may have done whole. */
function stateOf(step: Step, proofs: readonly Proof[]): StepState {
  if (proofs.some(({ job, counts }) => counts.running + counts.waiting > 0 && !isOver(job))) return 'underway';
  const last = proofs.findLast(({ counts }) => counts.done + counts.failed + counts.unknown > 0);
  if (!last) return proofs.some(({ counts }) => counts.skipped > 0) ? 'skipped' : 'none';
  const { counts, isContrary } = last;
  if (isContrary) return counts.done > 0 ? 'taken-back' : 'partly';
  if (counts.done === 0 || counts.failed + counts.unknown > 0) return 'partly';
  const since = proofs.slice(proofs.findLastIndex((one) => one.isContrary) + 1);
  if (since.some((one) => one.isWhole && one.counts.done > 0)) return 'done';
  return step.lessIsHalf || last.isOpen ? 'partly' : 'some';
}
