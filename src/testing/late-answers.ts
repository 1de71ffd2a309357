import { expect, vi } from 'vitest';
import { pageEnvironment } from '~/jobs/environment';
import type { Job, JobSpec } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import type { MockHomeserver } from '~/mocks/homeserver';
import { LateLanding } from '~/mocks/late-landing';
import { Notebook } from './engine';

/** Specs of requests that the homeserver carries out after nobody waits for them any more. */

/** The machine may be busy; what is waited for comes. */
export const SLOWLY = { timeout: 10_000 };

/** Pauses between two tries are as short as they can be. */
export const quick = {
  ...pageEnvironment,
  after: (_ms: number, callback: () => void) => pageEnvironment.after(1, callback),
};

/** Until the first row has ended so, and the job rests. */
export async function comesTo(job: Job, status: string): Promise<void> {
  await vi.waitFor(() => expect(job.row(0).status).toBe(status), SLOWLY);
  await vi.waitFor(() => expect(['paused', 'finished']).toContain(job.getSnapshot().state.phase), SLOWLY);
}

export interface Lost {
  job: Job;
  late: LateLanding;
  /** The same job in the next page, which has only the journal to go by. */
  next(): Job;
}

/** No try of what matches gets an answer, and then it is looked for in vain. */
export async function loseAnswers<Item>(
  model: MockHomeserver,
  match: RegExp,
  spec: () => JobSpec<Item>,
): Promise<Lost> {
  const late = new LateLanding(model, match);
  vi.stubGlobal('fetch', late.fetch);
  const journal = new Notebook();
  const job = createJob(spec(), quick, { journal });
  job.start();
  await comesTo(job, 'unknown');
  job.verifyUnknown();
  await comesTo(job, 'waiting');
  await vi.waitFor(() => expect(journal.entries.at(-1)?.[0]).toBe('back'), SLOWLY);
  return { job, late, next: () => createJob(spec(), quick, { restored: journal.restored(job) }) };
}
