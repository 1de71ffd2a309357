import { isActive, isOver } from '~/jobs/phase';
import { DEMO_BASE_URLS } from '~/lib/demo';
import { listKept } from './journal-db';
import { heldJobs } from './runner-lock';
import type { Text } from '~/lib/text';
import { sessionOf, type Owner } from '~/data/session';

/** A job on this browser's disk that is not over: all there is to say of it before anybody is signed in. */
export interface WaitingJob {
  id: string;
  title: Text;
  owner: Owner;
  total: number;
  ended: number;
}

/** Newest first. Those of the demo homeserver are left out: nobody pastes its address. @throws where the disk does not answer */
export async function waitingJobs(): Promise<WaitingJob[]> {
  const [list, held] = await Promise.all([listKept(), heldJobs()]);
  const open = list
    .map(({ snapshot }) => snapshot)
    .filter((job) => !isOver(job) && !DEMO_BASE_URLS.includes(job.owner.baseUrl))
    // Nobody has to sign in for what an account of this tab can resume.
    .filter((job) => sessionOf(job.owner) === null)
    // One that another tab runs right now does not wait.
    .filter((job) => !(isActive(job) && held.has(job.id)));
  return open
    .toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0))
    .map(({ id, title, owner, total, counts: { done, skipped, failed } }) => ({
      id,
      title,
      owner,
      total,
      ended: done + skipped + failed,
    }));
}
