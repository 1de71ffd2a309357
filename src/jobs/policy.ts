import { CEILING, START } from './concurrency';
import type { JobSpec, JobState, Policy } from './job';

export type PauseReason = Extract<JobState, { phase: 'paused' }>;

/** The admin’s own pause: there is nothing to say about it. */
export const ASKED: PauseReason = { phase: 'paused', why: 'asked', reason: '' };

const WEIGHT: Readonly<Record<PauseReason['why'], number>> = {
  asked: 0,
  failures: 1,
  unkept: 2,
  'signed-out': 3,
};

/**
 * Whether a job in this phase pauses for this reason. Once it pauses, and while it is paused, a weightier one than the last takes
 * its place: it is the one to answer to.
 */
export function pausesFor(pause: PauseReason, phase: JobState['phase'], last: PauseReason): boolean {
  if (phase === 'pausing' || phase === 'paused') return WEIGHT[pause.why] > WEIGHT[last.why];
  return phase === 'running';
}

/** What the spec says, and the defaults for the rest. */
export function policyOf({ policy, scan }: Pick<JobSpec<never>, 'policy' | 'scan'>): Policy {
  return {
    concurrency: policy?.concurrency ?? CEILING,
    start: policy?.start ?? START,
    canary: policy?.canary ?? (scan ? 0 : 3),
    failureThreshold: policy?.failureThreshold ?? 0.05,
    enough: policy?.enough ?? 20,
    maxAttempts: policy?.maxAttempts ?? 4,
  };
}
