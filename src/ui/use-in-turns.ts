import { useEffect, useState } from 'react';
import { inTurns } from '~/lib/in-turns';

/** So long it is worked on in the rendering itself, ms: what is done by then is there at once. */
const AT_ONCE_MS = 8;

interface Making<Made> {
  readonly about: string;
  readonly make: () => Generator<void, Made>;
  readonly work: Generator<void, Made>;
  readonly isDone: boolean;
  readonly made: Made | undefined;
}

function begin<Made>(about: string, make: () => Generator<void, Made>, before: Made | undefined): Making<Made> {
  const work = make();
  const until = performance.now() + AT_ONCE_MS;
  do {
    const step = work.next();
    if (step.done) return { about, make, work, isDone: true, made: step.value };
  } while (performance.now() < until);
  return { about, make, work, isDone: false, made: before };
}

/**
 * What is made of so many rows that it would hold the page: of few it is there at once, else in turns with the page. Undefined until it
 * was made once; the last one stays while another is made.
 * @param about what it is made of, such as a room: what was made of another one is not shown
 * @param make a generator that yields now and then. Keep it (`useCallback`): with another one it is made anew
 */
export function useInTurns<Made>(about: string, make: () => Generator<void, Made>): Made | undefined {
  const [kept, keep] = useState(() => begin(about, make, undefined));
  let now = kept;
  if (kept.make !== make || kept.about !== about) {
    now = begin(about, make, kept.about === about ? kept.made : undefined);
    keep(now);
  }
  useEffect(() => {
    if (now.isDone) return;
    let isWanted = true;
    const finish = (made: () => Made) =>
      isWanted && keep((latest) => (latest.work === now.work ? { ...latest, isDone: true, made: made() } : latest));
    void inTurns(boxed(now.work), () => isWanted).then(
      (box) => box && finish(() => box.made),
      // Thrown where it is shown: its part of the page says so.
      (error: unknown) =>
        finish(() => {
          throw error;
        }),
    );
    return () => {
      isWanted = false;
    };
  }, [now]);
  return now.made;
}

function* boxed<Made>(work: Generator<void, Made>): Generator<void, { made: Made }> {
  return { made: yield* work };
}
