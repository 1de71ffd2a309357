import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** A worker in hand: its timers go off when the spec says so. */
class HandWorker extends EventTarget {
  static made: HandWorker[] = [];
  readonly asked: unknown[] = [];

  constructor() {
    super();
    HandWorker.made.push(this);
  }

  postMessage(request: unknown): void {
    this.asked.push(request);
  }

  goOff(id: number): void {
    this.dispatchEvent(new MessageEvent('message', { data: id }));
  }
}

beforeEach(() => {
  vi.resetModules();
  HandWorker.made = [];
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('timers run in one worker, so that a hidden page keeps its pace', async () => {
  vi.stubGlobal('Worker', HandWorker);
  const { after } = await import('./timers');
  const calls: string[] = [];
  after(1000, () => calls.push('one'));
  const callOff = after(2000, () => calls.push('two'));
  const [worker] = HandWorker.made;
  expect(HandWorker.made).toHaveLength(1);
  expect(worker?.asked).toEqual([
    { id: 1, ms: 1000 },
    { id: 2, ms: 2000 },
  ]);
  worker?.goOff(1);
  expect(calls).toEqual(['one']);
  callOff();
  expect(worker?.asked.at(-1)).toEqual({ id: 2, callOff: true });
  // Already on its way when it was called off.
  worker?.goOff(2);
  expect(calls).toEqual(['one']);
});

test('where no worker can be had, the page’s own timers do it, and none is lost', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', HandWorker);
  const { after } = await import('./timers');
  const calls: string[] = [];
  after(1000, () => calls.push('asked before'));
  HandWorker.made[0]?.dispatchEvent(new Event('error'));
  after(1000, () => calls.push('asked after'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls.toSorted()).toEqual(['asked after', 'asked before']);
});
