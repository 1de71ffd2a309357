import type { TimerRequest } from './timer-worker';

/** Callbacks that wait for their time, and what to do if the worker can't be had. */
const waiting = new Map<number, () => void>();
let lastId = 0;
/** Null: there is none to be had. */
let worker: Worker | null | undefined;

/**
 * Timers that keep their time in a hidden tab: they run in a worker, begun with the first of them. Where there are no workers
 * (tests in Node), or none may be made, they are the page's own.
 * @returns a function that calls it off
 */
export function after(ms: number, callback: () => void): () => void {
  if (worker === undefined) worker = makeWorker();
  if (!worker) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  }
  lastId += 1;
  const id = lastId;
  waiting.set(id, callback);
  tell(worker, { id, ms });
  return () => {
    if (waiting.delete(id) && worker) tell(worker, { id, callOff: true });
  };
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
const tell = (to: Worker, request: TimerRequest): void => to.postMessage(request);

function makeWorker(): Worker | null {
  if (typeof Worker === 'undefined') return null;
  try {
    const made = new Worker(new URL('./timer-worker.ts', import.meta.url), { type: 'module', name: 'glia-timers' });
    made.addEventListener('message', ({ data }: MessageEvent<number>) => goOff(data));
    // Not to be had (an old host serves it with a wrong type): what waits goes off late rather than never.
    made.addEventListener('error', () => {
      worker = null;
      for (const id of waiting.keys()) setTimeout(() => goOff(id), 1000);
    });
    return made;
  } catch {
    return null;
  }
}

function goOff(id: number): void {
  const callback = waiting.get(id);
  waiting.delete(id);
  callback?.();
}
