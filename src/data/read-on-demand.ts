import { useQuery, useQueryClient, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Store } from '~/lib/store';
import type { ReadProgress } from './list-reader';

type Progress = Pick<Store<(ReadProgress & { readonly key: string }) | null>, 'get' | 'subscribe'>;

const NO_PROGRESS: Progress = { get: () => null, subscribe: () => () => {} };

/**
 * What costs more than a glance: read at the admin's word, with how far it is, and a way out of it. It is kept until the page is closed.
 * @param progress of a list that is read to its end
 */
export function useReadOnDemand<Data, Key extends QueryKey>(
  options: UseQueryOptions<Data, Error, Data, Key> & { queryKey: Key },
  progress: Progress = NO_PROGRESS,
) {
  const client = useQueryClient();
  const reading = useQuery({ ...options, enabled: false });
  const shown = useSyncExternalStore(progress.subscribe, progress.get);
  const { queryKey } = options;
  return {
    reading,
    progress: shown?.key === JSON.stringify(queryKey) ? shown : null,
    onRead: () => void reading.refetch(),
    onCancel: () => void client.cancelQueries({ queryKey, exact: true }),
  };
}
