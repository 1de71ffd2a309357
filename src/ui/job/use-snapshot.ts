import { useSyncExternalStore } from 'react';
import type { Job, JobSnapshot } from '~/jobs/job';

/** A snapshot of the job, anew at most ten times a second. */
export function useSnapshot(job: Job): JobSnapshot {
  return useSyncExternalStore(job.subscribe, job.getSnapshot);
}
