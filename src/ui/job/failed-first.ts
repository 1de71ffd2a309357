/**
 * All rows of a ledger, those that went wrong first, the rest in the order of the plan. Nothing is copied: a ledger of 100,000 is
 * shown while it changes.
 * @param wrong their indexes, ascending
 * @returns the index of the row in this place
 */
export function failedFirst(wrong: readonly number[], total: number): (place: number) => number | undefined {
  return (place) => {
    if (place < 0 || place >= total) return undefined;
    if (place < wrong.length) return wrong[place];
    return restAt(wrong, place - wrong.length);
  };
}

/** The index of the row that has `count` rows before it that are not in `wrong`. */
function restAt(wrong: readonly number[], count: number): number {
  // How many of `wrong` stand before it: those with at most `count` others before them.
  let low = 0;
  let high = wrong.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((wrong[middle] ?? 0) - middle <= count) low = middle + 1;
    else high = middle;
  }
  return count + low;
}
