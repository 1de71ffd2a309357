import { pageEnvironment, SLICE_MS, type Environment } from './environment';

/** Items between two looks at the clock. */
const STEP = 64;

/** `for (const item of list) visit(item)` with the page's turn in between: 100,000 items take longer than a click may wait. */
export async function eachInSlices<T>(
  list: Iterable<T>,
  visit: (item: T) => void,
  environment: Environment = pageEnvironment,
): Promise<void> {
  let count = 0;
  let sliceBegan = environment.tick();
  for (const item of list) {
    visit(item);
    count += 1;
    if (count % STEP !== 0 || environment.tick() - sliceBegan <= SLICE_MS) continue;
    await environment.yieldToPage();
    sliceBegan = environment.tick();
  }
}

/** `list.map(map)`, the same way. */
export async function mapInSlices<T, U>(
  list: readonly T[],
  map: (item: T) => U,
  environment: Environment = pageEnvironment,
): Promise<U[]> {
  const mapped: U[] = [];
  await eachInSlices(list, (item) => void mapped.push(map(item)), environment);
  return mapped;
}
