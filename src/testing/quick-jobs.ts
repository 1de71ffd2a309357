import { expect, vi } from 'vitest';
import { pageEnvironment, type Environment } from '~/jobs/environment';
import type { Job, JobSpec } from '~/jobs/job';
import { createJob } from '~/jobs/runner';

/** Jobs in specs on the real clock, for what `Hurry` can’t do: tabs, late answers, looks that come by themselves. */

/** Pauses between two tries are as short as they can be. */
export const quick: Environment = {
  ...pageEnvironment,
  after: (_ms, callback) => pageEnvironment.after(1, callback),
};

/** The machine may be busy; what is waited for comes. */
export const SLOWLY = { timeout: 10_000 };

export function startQuickly<Item>(spec: JobSpec<Item>): Job {
  const job = createJob(spec, quick);
  job.start();
  return job;
}

/** Waits until the row has this status. */
export async function rowComesTo(job: Job, index: number, status: string): Promise<void> {
  await vi.waitFor(() => expect(job.row(index).status).toBe(status), SLOWLY);
}

/** Waits until the first row has this status, and the job rests. */
export async function comesTo(job: Job, status: string): Promise<void> {
  await rowComesTo(job, 0, status);
  await vi.waitFor(() => expect(['paused', 'finished']).toContain(job.getSnapshot().state.phase), SLOWLY);
}
