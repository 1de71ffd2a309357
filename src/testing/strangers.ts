import { expect, vi } from 'vitest';
import type { Job, JobSpec } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { Hurry } from './engine';

/** What answers in the homeserver's place: its words are never taken for the homeserver's. */
export const STRANGERS = ['404-traefik', '404-html', '401-html', '403-html', 'html', 'portal'] as const;

/** Until a job has finished or asks. */
export const rests = (job: Job): Promise<void> =>
  vi.waitFor(() => expect(job.getSnapshot().state.phase).toMatch(/^(paused|finished)$/), { timeout: 20_000 });

export async function begin<Item>(spec: JobSpec<Item>): Promise<Job> {
  const job = createJob(spec, new Hurry());
  job.start();
  await rests(job);
  return job;
}
