import { useEffect, useRef, useState } from 'react';
import type { ScannedUser } from '~/job-store/scanned-user';
import { eachInSlices } from '~/jobs/in-slices';
import { inTurns } from '~/lib/in-turns';
import { sorted as inOrder } from '~/lib/sorted';
import { comparerOf, filterKey, matcherOf, type Filter } from './filter';

interface Sorted {
  readonly users: readonly ScannedUser[];
  readonly order: string;
  readonly list: Promise<readonly ScannedUser[]>;
}

interface Matching {
  readonly rows: readonly ScannedUser[];
  /** The filter that they match. */
  readonly key: string;
}

/** All that match the filter, in its order. Worked out in slices; the rows from before stay until it is. Null: the first time. */
export function useMatching(
  users: readonly ScannedUser[],
  filter: Filter,
): { matching: Matching | null; busy: boolean } {
  const [found, setFound] = useState<(Matching & { wanted: string; users: readonly ScannedUser[] }) | null>(null);
  const sorted = useRef<Sorted | null>(null);
  const key = filterKey(filter);
  const order = `${filter.order_by} ${filter.dir}`;
  const wanted = `${order} ${key}`;
  const latest = useRef(filter);
  useEffect(() => {
    latest.current = filter;
  });
  useEffect(() => {
    const given = new AbortController();
    const now = latest.current;
    if (sorted.current?.users !== users || sorted.current.order !== order) {
      sorted.current = { users, order, list: inTurns(inOrder(users, comparerOf(now))).then((list) => list ?? []) };
    }
    const { list } = sorted.current;
    const match = async () => {
      const matches = matcherOf(now);
      const rows: ScannedUser[] = [];
      await eachInSlices(await list, (user) => {
        if (!given.signal.aborted && matches(user)) rows.push(user);
      });
      if (!given.signal.aborted) setFound({ rows, key, wanted, users });
    };
    void match();
    return () => given.abort();
  }, [users, key, order, wanted]);
  return { matching: found, busy: found?.wanted !== wanted || found.users !== users };
}
