import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { aboutThing, jobsOn } from '~/job-store/jobs-on';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';

export interface OnTarget {
  /** Those found so far. */
  readonly jobs: readonly JobSnapshot[];
  /** So many were looked through; null: nothing is looked for. */
  readonly looked: number | null;
  readonly error: Error | null;
  again(): void;
}

/**
 * The jobs that changed or read one thing: their plans are looked through, some at a time, while what was found is shown.
 * @param jobs newest first
 */
export function useOnTarget(jobs: readonly JobSnapshot[], target: string): OnTarget {
  const of = useMemo(() => aboutThing(target), [target]);
  // Looked through anew when a job begins or ends.
  const state = `${jobs.length} ${jobs[0]?.id ?? ''} ${jobs.at(-1)?.id ?? ''} ${jobs.filter(isOver).length}`;
  const isAsked = target !== '';
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['jobs-on', 'any', target, state],
    queryFn: ({ pageParam, signal }) => jobsOn(of, jobs, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    enabled: isAsked,
    gcTime: 0,
  });
  useEffect(() => {
    if (isAsked && hasNextPage && !isFetching && !error) void fetchNextPage();
  }, [isAsked, hasNextPage, isFetching, error, fetchNextPage]);
  const found = useMemo(() => {
    if (!isAsked) return jobs;
    const ids = new Set(data?.pages.flatMap((page) => page.found.map(({ job }) => job.id)));
    return jobs.filter(({ id }) => ids.has(id));
  }, [isAsked, jobs, data]);
  return {
    jobs: found,
    looked: isAsked ? (data ? (data.pages.at(-1)?.next ?? jobs.length) : 0) : null,
    error: isAsked ? error : null,
    again: () => void refetch(),
  };
}
