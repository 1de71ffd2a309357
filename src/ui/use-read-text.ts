import { useEffect, useMemo, useState } from 'react';
import { atOnce, inTurns } from '~/lib/in-turns';

/** So many characters are read at once, while the key is still down; longer texts in turns. */
const SHORT = 20_000;

/**
 * What a pasted text says, as it changes. Until `settled` it is what the text before said.
 * @param read a generator that yields now and then. Keep it (`useCallback`): with another one the text is read anew
 */
export function useReadText<Parsed>(
  text: string,
  read: (text: string) => Generator<void, Parsed>,
): { parsed: Parsed; settled: boolean } {
  const isShort = text.length <= SHORT;
  const short = useMemo(() => atOnce(read(isShort ? text : '')), [isShort, text, read]);
  const [last, setLast] = useState<{ text: string; read: typeof read; parsed: Parsed } | null>(null);
  useEffect(() => {
    if (isShort) return undefined;
    let wanted = true;
    const readAll = async () => {
      const box = await inTurns(boxed(read(text)), () => wanted);
      if (box && wanted) setLast({ text, read, parsed: box.parsed });
    };
    void readAll();
    return () => {
      wanted = false;
    };
  }, [isShort, text, read]);
  if (isShort) return { parsed: short, settled: true };
  return { parsed: last?.parsed ?? short, settled: last?.text === text && last.read === read };
}

function* boxed<Parsed>(work: Generator<void, Parsed>): Generator<void, { parsed: Parsed }> {
  return { parsed: yield* work };
}
