export type SortKey = string | number | boolean | null;

/** ASC puts NULLs last, DESC first: Postgres' order (§1.1; SQLite does the contrary). Code-point order, Synapse's collation. */
function compare(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/**
 * Rows in order of one key. `tie` breaks ties in the direction given (users: always ascending). Without `tie` equal keys keep
 * their place, where the real database promises nothing (statistics, §4).
 */
export function sortRows<T>(
  rows: readonly T[],
  key: (row: T) => SortKey,
  descending: boolean,
  tie?: { key: (row: T) => string; descending: boolean },
): T[] {
  const sign = descending ? -1 : 1;
  const tieSign = tie?.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: key(row), tie: tie ? tie.key(row) : '' }));
  keyed.sort((a, b) => sign * compare(a.key, b.key) || tieSign * compare(a.tie, b.tie));
  return keyed.map(({ row }) => row);
}

/** Style B of §0.4: numeric `next_token`, emitted when `from + limit < total`; `limit=0` never advances. */
export function numericNext(from: number, limit: number, total: number): { next_token?: number } {
  return from + limit < total ? { next_token: from + limit } : {};
}

/** Style A of §0.4: the same as a string. */
export function textNext(from: number, limit: number, total: number): { next_token?: string } {
  return from + limit < total ? { next_token: String(from + limit) } : {};
}
