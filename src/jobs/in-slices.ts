import { pageEnvironment, SLICE_MS, type Environment } from './environment';

/** Items between two looks at the clock. */
const STEP = 64;

/** `list.map(map)` with the page's turn in between: 100,000 items take longer than a click may wait. */
export async function mapInSlices<T, U>(
  list: readonly T[],
  map: (item: T) => U,
  environment: Environment = pageEnvironment,
): Promise<U[]> {
  const mapped: U[] = [];
  let sliceBegan = environment.tick();
  for (const item of list) {
    mapped.push(map(item));
    if (mapped.length % STEP !== 0 || environment.tick() - sliceBegan <= SLICE_MS) continue;
    await environment.breathe();
    sliceBegan = environment.tick();
  }
  return mapped;
}
