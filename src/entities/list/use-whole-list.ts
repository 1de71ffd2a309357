import { useQuery, useQueryClient, type UseQueryOptions } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { ReadProgress } from '~/data/list-reader';
import type { WholeList } from '~/data/whole-list';

interface Store<Value> {
  subscribe(listener: () => void): () => void;
  get(): Value;
}

/** A list that is read to its end at the admin's word: what came of it, how far it is, and whether it is still true. */
export function useWholeList<Row, Key extends readonly unknown[]>(
  options: UseQueryOptions<WholeList<Row>, Error, WholeList<Row>, Key>,
  store: Store<(ReadProgress & { readonly key: string }) | null>,
) {
  const client = useQueryClient();
  const reading = useQuery(options);
  const { queryKey } = options;
  const shown = useSyncExternalStore(store.subscribe, store.get);
  const cache = client.getQueryCache();
  // A query that is not read unasked is never called stale.
  const isStale = useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => client.getQueryState(queryKey)?.isInvalidated === true,
  );
  return {
    reading,
    isStale,
    control: {
      reading,
      progress: shown?.key === JSON.stringify(queryKey) ? shown : null,
      onRead: () => void reading.refetch(),
      onCancel: () => void client.cancelQueries({ queryKey, exact: true }),
    },
  };
}
