/** Rows that are looked at between two looks at the clock. */
const STEP = 128;

/**
 * Rows whose text holds one of the needles, yielding in between. @param textOf what is searched of a row
 * @param needles in lower case
 */
export function* matching<Row>(
  rows: readonly Row[],
  textOf: (row: Row) => string,
  needles: readonly string[],
): Generator<void, readonly Row[]> {
  if (needles.includes('')) return rows;
  const found: Row[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % STEP === 0) yield;
    const text = textOf(row).toLowerCase();
    if (needles.some((needle) => text.includes(needle))) found.push(row);
  }
  return found;
}
