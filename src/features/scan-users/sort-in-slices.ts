import { pageEnvironment, SLICE_MS, type Environment } from '~/jobs/environment';

/** Comparisons between two looks at the clock. */
const STEP = 512;

/**
 * `list.toSorted(compare)` with the page's turn in between: 100,000 rows take longer to sort than a click may wait. A merge sort, since
 * the browser's own can't be interrupted.
 */
export async function sortInSlices<T>(
  list: readonly T[],
  compare: (a: T, b: T) => number,
  signal?: AbortSignal,
  environment: Environment = pageEnvironment,
): Promise<T[]> {
  let from = [...list];
  let to = from.slice();
  let steps = 0;
  let sliceBegan = environment.tick();
  for (let width = 1; width < from.length; width *= 2) {
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
        if (steps % STEP !== 0 || environment.tick() - sliceBegan <= SLICE_MS) continue;
        await environment.yieldToPage();
        if (signal?.aborted) return from;
        sliceBegan = environment.tick();
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
