import type { OddRow } from '~/api/rows';

/** A question as data, which a page asks with `useQuery`. */
export interface ListQuery<Data> {
  readonly queryKey: readonly unknown[];
  queryFn(context: { signal: AbortSignal }): Promise<Data>;
  /** The part of the answer that is shown, where one answer holds several pages: another page asks for nothing. */
  select?(this: void, data: Data): Data;
}

/** One page of a list. */
export interface ListAnswer<Row> {
  readonly rows: readonly Row[];
  readonly odd: readonly OddRow[];
  readonly total: number;
  /** Where the first of these rows lies among all, from 0. */
  readonly from: number;
}
