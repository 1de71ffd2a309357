import { pageEnvironment, SLICE_MS, type Environment } from '~/jobs/environment';

/** Pieces between two looks at the clock. */
const STEP = 64;

/** The pieces of a script as a file. The page gets its turn in between: 100,000 lines take longer than a click may wait. */
export async function scriptFile(pieces: Iterable<string>, environment: Environment = pageEnvironment): Promise<Blob> {
  const parts: Blob[] = [];
  let part = '';
  let count = 0;
  let sliceBegan = environment.tick();
  for (const piece of pieces) {
    part += piece;
    count += 1;
    if (count % STEP !== 0 || environment.tick() - sliceBegan <= SLICE_MS) continue;
    // Encoded part by part: a Blob of one long string would encode all of it in one go.
    parts.push(new Blob([part]));
    part = '';
    await environment.yieldToPage();
    sliceBegan = environment.tick();
  }
  return new Blob([...parts, part], { type: 'text/plain;charset=utf-8' });
}
