import { atOnce } from '~/lib/in-turns';

/** Numbers cost no memory: a ledger has 100,000 of them. */
export type RowKey = string | number;

/** Rows by index: an array, or what reads them where they lie (a ledger of 100,000 is no array). Another one when the rows are others. */
export interface RowSource<Row> {
  readonly length: number;
  at(index: number): Row | undefined;
  /** Where a key is had without making the row. The same function while no key changes: with another one all rows are placed anew. */
  readonly keyAt?: ((index: number) => RowKey) | undefined;
}

/**
 * A key for each row, by which its height is remembered while others come and go around it. Two rows of one key (a list that
 * names something twice) still get two: they would be drawn over each other.
 */
export function rowKeys<Row>(rows: RowSource<Row>, keyOf: (row: Row) => string): (index: number) => RowKey {
  return rows.keyAt ?? made.get(rows)?.get(keyOf) ?? atOnce(keysInTurns(rows, keyOf));
}

/** Keys that were made ahead. */
const made = new WeakMap<object, WeakMap<object, (index: number) => RowKey>>();

/** Rows between two looks at the clock. */
const STEP = 256;

/** Makes the keys of so many rows ahead of the table that would hold the page with it, yielding in between. */
export function* keysInTurns<Row>(
  rows: RowSource<Row>,
  keyOf: (row: Row) => string,
): Generator<void, (index: number) => RowKey> {
  const taken = new Set<string>();
  const keys: string[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    if (index % STEP === 0) yield;
    const row = rows.at(index);
    let key = row === undefined ? '' : keyOf(row);
    while (taken.has(key)) key = `${key} again`;
    taken.add(key);
    keys.push(key);
  }
  const keyAt = (index: number) => keys[index] ?? String(index);
  made.set(rows, new WeakMap([[keyOf, keyAt]]));
  return keyAt;
}
