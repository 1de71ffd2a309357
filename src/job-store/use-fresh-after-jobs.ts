import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isActive } from '~/jobs/phase';
import { jobs } from '~/jobs/registry';

/** No screen shows what was before a change: when a job comes to rest, what is shown of its homeserver is read again. */
export function useFreshAfterJobs(): void {
  const client = useQueryClient();
  useEffect(() => {
    const active = new Set<string>();
    const look = () => {
      for (const job of jobs.getSnapshot()) {
        if (isActive(job)) active.add(job.id);
        else if (active.delete(job.id)) void client.invalidateQueries({ predicate: isOf(job.owner.baseUrl) });
      }
    };
    look();
    return jobs.subscribe(look);
  }, [client]);
}

/** Pictures don't change under their names. */
const isOf =
  (baseUrl: string) =>
  ({ queryKey: [base, noun] }: { queryKey: readonly unknown[] }) =>
    base === baseUrl && noun !== 'avatars';
