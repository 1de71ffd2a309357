import { useEffect, useRef } from 'react';

/**
 * For a reading that opens another page or a dialog when it has ended: whoever left this one, or chose something else, wants that no
 * more. @param of what is read for, as a text: another one ends the reading
 * @returns a function that begins a reading, and ends the one before: its signal is aborted when nobody waits for it any more
 */
export function useWhileShown(of: string): () => AbortSignal {
  const reading = useRef<{ readonly of: string; readonly end: AbortController } | null>(null);
  useEffect(
    () => () => {
      if (reading.current?.of === of) reading.current.end.abort();
    },
    [of],
  );
  return () => {
    reading.current?.end.abort();
    const next = new AbortController();
    reading.current = { of, end: next };
    return next.signal;
  };
}
