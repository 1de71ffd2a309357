import { CEILING, START } from './concurrency';
import type { JobSpec, Policy } from './job';

/** What the job asks for, and the defaults. */
export function policyOf<Item>(spec: JobSpec<Item>): Policy {
  return {
    concurrency: spec.policy?.concurrency ?? CEILING,
    start: spec.policy?.start ?? START,
    canary: spec.policy?.canary ?? (spec.scan ? 0 : 3),
    failureThreshold: spec.policy?.failureThreshold ?? 0.05,
    maxAttempts: spec.policy?.maxAttempts ?? 4,
  };
}
