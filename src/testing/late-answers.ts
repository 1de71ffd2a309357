import { expect, vi } from 'vitest';
import type { Job, JobSpec } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import type { MockHomeserver } from '~/mocks/homeserver';
import { LateLanding } from '~/mocks/late-landing';
import { Notebook } from './engine';
import { comesTo, quick, SLOWLY } from './quick-jobs';

/** Specs of requests that the homeserver carries out after nobody waits for them any more. */

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
