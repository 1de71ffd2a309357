import { yieldToPage } from './page-turn';

/** Long readings give way to the page: a generator that yields now and then is run in slices, or at once. */

/** Milliseconds of work between two turns of the page. */
const SLICE_MS = 12;

export function atOnce<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** @param isWanted asked before each slice; once false, the work ends and the answer is null */
export async function inTurns<Result>(
  work: Generator<void, Result>,
  isWanted: () => boolean = () => true,
): Promise<Result | null> {
  while (isWanted()) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await yieldToPage();
  }
  return null;
}

/** So much text is split at a time: splitting 20 MB in one go holds the page. */
const PIECE = 200_000;

/** The lines of a text, without the byte order mark, yielding between pieces. */
export function* linesInPieces(text: string): Generator<readonly string[]> {
  let from = text.startsWith('\uFEFF') ? 1 : 0;
  for (;;) {
    const cut = text.length - from <= PIECE ? -1 : text.indexOf('\n', from + PIECE);
    if (cut < 0) {
      yield text.slice(from).split(/\r\n|\r|\n/);
      return;
    }
    yield text.slice(from, text[cut - 1] === '\r' ? cut - 1 : cut).split(/\r\n|\r|\n/);
    from = cut + 1;
  }
}
