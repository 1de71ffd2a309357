import { useEffect, useMemo, useState } from 'react';
import { laidOut, type LaidOut } from './laid-out';

/** Longer, and laying it out would hold the page for longer than 50 ms: a worker does it. */
export const LARGE = 300_000;

/** Null while it is made. */
export function useLaidOut(answer: string): LaidOut | null {
  const small = useMemo(() => (answer.length <= LARGE ? laidOut(answer) : null), [answer]);
  const [made, setMade] = useState<{ of: string; is: LaidOut } | null>(null);
  useEffect(() => {
    if (answer.length <= LARGE) return;
    const worker = new Worker(new URL('./answer-worker.ts', import.meta.url), { type: 'module', name: 'glia-answer' });
    worker.addEventListener('message', ({ data }: MessageEvent<LaidOut>) => setMade({ of: answer, is: data }));
    // It can’t be had: the page does it, however long it takes.
    worker.addEventListener('error', () => setMade({ of: answer, is: laidOut(answer) }));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    worker.postMessage(answer);
    return () => worker.terminate();
  }, [answer]);
  return small ?? (made?.of === answer ? made.is : null);
}
