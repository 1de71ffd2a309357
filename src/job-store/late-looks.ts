import { pageEnvironment } from '~/jobs/environment';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { jobs } from '~/jobs/registry';
import { homeserverOf } from '~/data/session';

/**
 * When a job is over, what had a request without an answer is looked at again: at once, and then while a proxy that gave up may
 * still deliver it. After that whoever opens the report has it looked at. Ms.
 */
const AFTER_MS = [0, 20_000, 60_000, 180_000] as const;

/** Jobs of this page that are not over. */
const atWork = new Set<string>();

/** Looks at each job of this page whenever it comes to its end. */
export function watchForLateOnes(): void {
  jobs.subscribe(() => {
    for (const job of jobs.list()) {
      const snapshot = job.getSnapshot();
      if (!isOver(snapshot)) atWork.add(job.id);
      else if (atWork.delete(job.id) && snapshot.unsettled && !snapshot.elsewhere) lookLater(job, snapshot.endedAt);
    }
  });
}

function lookLater(job: Job, endedAt: number | null): void {
  for (const ms of AFTER_MS) {
    pageEnvironment.after(ms, () => {
      const snapshot = job.getSnapshot();
      // It ran again, was deleted, or the account that began it is signed out.
      if (snapshot.endedAt === endedAt && jobs.get(job.id) === job && homeserverOf(snapshot.owner)) job.lookAgain();
    });
  }
}
