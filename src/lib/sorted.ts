/** So many are sorted by the browser at a time: about half a millisecond’s work. */
const RUN = 512;
/** Comparisons between two looks at the clock. */
const STEP = 512;

/**
 * `list.toSorted(compare)`, yielding in between: 100,000 rows take longer to sort than a click may wait. A merge sort of short runs,
 * since the browser's own can't be interrupted.
 */
export function* sorted<T>(list: readonly T[], compare: (one: T, other: T) => number): Generator<void, T[]> {
  let from: T[] = [];
  for (let start = 0; start < list.length; start += RUN) {
    for (const one of list.slice(start, start + RUN).toSorted(compare)) from.push(one);
    yield;
  }
  let to = from.slice();
  let steps = 0;
  for (let width = RUN; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length);
      const end = Math.min(start + 2 * width, from.length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at += 1) {
        const takesLeft = left < middle && (right >= end || compare(from[left] as T, from[right] as T) <= 0);
        to[at] = (takesLeft ? from[left] : from[right]) as T;
        if (takesLeft) left += 1;
        else right += 1;
        steps += 1;
        if (steps % STEP === 0) yield;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
