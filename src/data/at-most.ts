/** Runs at most so many pieces of work at once: others wait, the latest come first, since they are what is looked at now. */
export function limitTo(count: number) {
  let running = 0;
  const waiting: (() => void)[] = [];

  const next = (): void => {
    const start = running < count ? waiting.pop() : undefined;
    if (!start) return;
    running += 1;
    start();
  };

  /** @throws what the work throws, and the signal's reason when it was given up before its turn. */
  return async function whenFree<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      next();
    });
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      running -= 1;
      next();
    }
  };
}
