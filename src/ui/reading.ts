/** A question that was asked of the homeserver, or of this browser's disk, as far as a page shows it: what `useQuery` answers. */
export interface Reading<Data = unknown> {
  /** The last answer; it stays though a later reading fails. */
  data: Data | undefined;
  /** Why the last reading failed. */
  error: Error | null;
  /** When `data` was read, epoch ms; 0 where it is the answer to a former question. */
  dataUpdatedAt: number;
  isFetching: boolean;
  refetch(): unknown;
}

/** Several questions that a page shows as one: as old as the oldest of them, and failed where one failed. */
export function together(readings: readonly Reading[]): Reading {
  return {
    data: readings.find(({ data }) => data !== undefined)?.data,
    error: readings.find(({ error }) => error !== null)?.error ?? null,
    dataUpdatedAt: Math.min(
      ...readings.flatMap((one) => (one.data === undefined ? [] : [one.dataUpdatedAt])),
      Infinity,
    ),
    isFetching: readings.some(({ isFetching }) => isFetching),
    refetch: () => readings.forEach((one) => void one.refetch()),
  };
}
