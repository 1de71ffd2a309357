import { useEffect, useState } from 'react';
import type { Job, JobSnapshot, LedgerRow } from '~/jobs/job';
import { readRows } from '~/jobs/row-slices';
import { isOver } from '~/jobs/phase';

/** Something that is counted over all rows of a job. */
export interface Tally<Result> {
  take(row: LedgerRow): void;
  result(): Result;
}

/**
 * Counts over all rows while the job is at rest. Null while it runs, and until all rows are read.
 * @param begin keep it (outside the component, or in a memo): with another one all is read anew
 */
export function useTally<Result>(
  job: Job,
  snapshot: JobSnapshot,
  begin: (() => Tally<Result>) | undefined,
): Result | null {
  const [found, setFound] = useState<{ job: Job; version: number; begin: unknown; result: Result } | null>(null);
  const rests = isOver(snapshot) || snapshot.state.phase === 'paused';
  const { version } = snapshot;
  useEffect(() => {
    if (!rests || !begin) return;
    const given = new AbortController();
    const readAll = async () => {
      const tally = begin();
      await readRows(job, (row) => tally.take(row), given.signal);
      if (!given.signal.aborted) setFound({ job, version, begin, result: tally.result() });
    };
    void readAll();
    return () => given.abort();
  }, [job, rests, version, begin]);
  const isOfNow = rests && found?.job === job && found.version === version && found.begin === begin;
  return isOfNow ? found.result : null;
}
