import { CEILING, START } from './concurrency';
import type { JobSpec, JobState, Policy } from './job';

export type PauseReason = Extract<JobState, { phase: 'paused' }>;

/** While what is in flight finishes, the weightiest reason to pause is the one to answer to. */
export const WEIGHT: Readonly<Record<PauseReason['why'], number>> = {
  asked: 0,
  failures: 1,
  unkept: 2,
  'signed-out': 3,
};

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

/** How a job rests that was asked to verify, and found what did not happen. */
export const didNotHappen = (count: number): PauseReason => ({
  phase: 'paused',
  why: 'asked',
  reason: `${count === 1 ? 'One item' : `${count} items`} did not happen. Going on runs them.`,
});
