import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { jobs } from '~/jobs/registry';

/** No screen shows what was before a change: when a job comes to rest, what is shown of its homeserver is read again. */
export function useFreshAfterJobs(): void {
  const client = useQueryClient();
  useEffect(() => refreshAfterJobs(client), [client]);
}

/** Reads everything again, so that no kind of job has to say what it touched. @returns a function that ends it */
export function refreshAfterJobs(client: QueryClient): () => void {
  const begun = Date.now();
  /** How many changes of each job are shown by now. */
  const shown = new Map<string, number>();
  const look = () => {
    for (const job of jobs.getSnapshot()) {
      if (!rests(job)) {
        if (!shown.has(job.id)) shown.set(job.id, -1);
        continue;
      }
      if (shown.get(job.id) === job.version) continue;
      // A job that was only opened from disk has changed nothing now. A quick one may be over before it is first seen here.
      const isNews = shown.has(job.id) || (job.endedAt ?? 0) >= begun;
      shown.set(job.id, job.version);
      if (isNews) void client.invalidateQueries({ predicate: isOf(job.owner.baseUrl) });
    }
  };
  look();
  return jobs.subscribe(look);
}

const rests = ({ state }: Pick<JobSnapshot, 'state'>): boolean => isOver({ state }) || state.phase === 'paused';

/** Pictures don't change under their names. */
const isOf =
  (baseUrl: string) =>
  ({ queryKey: [base, noun] }: { queryKey: readonly unknown[] }) =>
    base === baseUrl && noun !== 'avatars';
