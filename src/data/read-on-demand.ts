import { useQuery, useQueryClient, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { createStore, type Store } from '~/lib/store';

/** How far a reading of many pages is, and which one. */
export interface ReadingProgress {
  readonly key: string;
  readonly read: number;
  /** Null: not known yet. */
  readonly total: number | null;
}

export const keyText = (key: QueryKey): string => JSON.stringify(key);

/** Of what reads all pages of a list. Users have a store of their own: their reading can be resumed. */
export const readingProgress = createStore<ReadingProgress | null>(null);

/** What many pages are read for: at the admin's word, with how far it is, and a way out of it. It is kept until the page is closed. */
export function useReadOnDemand<Data, Key extends QueryKey>(
  options: UseQueryOptions<Data, Error, Data, Key> & { queryKey: Key },
  progress: Pick<Store<ReadingProgress | null>, 'get' | 'subscribe'> = readingProgress,
) {
  const client = useQueryClient();
  const reading = useQuery({ ...options, enabled: false });
  const shown = useSyncExternalStore(progress.subscribe, progress.get);
  const { queryKey } = options;
  return {
    reading,
    progress: shown?.key === keyText(queryKey) ? shown : null,
    onRead: () => void reading.refetch(),
    onCancel: () => void client.cancelQueries({ queryKey, exact: true }),
  };
}
