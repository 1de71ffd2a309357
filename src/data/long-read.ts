import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

/** How far a reading is; `of` null: nobody knows. */
export interface Progress {
  readonly done: number;
  readonly of: number | null;
}

export interface LongRead<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly dataUpdatedAt: number;
  readonly isFetching: boolean;
  readonly refetch: () => void;
  readonly progress: Progress | null;
  readonly stop: () => void;
}

/**
 * What takes many requests: it is read at a click, says how far it is, and can be stopped. It is kept for a while, and not read again
 * unasked. @param isQuick one request does: then it is read at once
 */
export function useLongRead<Data>(
  key: readonly unknown[],
  read: (signal: AbortSignal, show: (progress: Progress) => void) => Promise<Data>,
  isQuick = false,
): LongRead<Data> {
  const client = useQueryClient();
  const [progress, show] = useState<Progress | null>(null);
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => {
      show(null);
      return read(signal, (next) => {
        if (!signal.aborted) show(next);
      });
    },
    enabled: isQuick,
    retry: false,
    staleTime: isQuick ? 30_000 : Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
    structuralSharing: false,
  });
  const { data, error, dataUpdatedAt, isFetching } = query;
  return {
    data,
    error,
    dataUpdatedAt,
    isFetching,
    refetch: () => void query.refetch(),
    progress,
    stop: () => void client.cancelQueries({ queryKey: key, exact: true }),
  };
}
