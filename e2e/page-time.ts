import type { Page } from '@playwright/test';

/** The page's time in the test's hand: its timers, `performance.now` and `Date`. Time runs on by itself besides. Before `goto`. */
export async function takeItsClock(page: Page): Promise<void> {
  await page.clock.install();
  await page.addInitScript(() => {
    // A worker's timers are out of the clock's reach: without workers the engine's are the page's own.
    Object.defineProperty(globalThis, 'Worker', { value: undefined });
    // The browser's own would wait a real minute: it is the one timer that Playwright's clock does not have in hand.
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new DOMException('signal timed out', 'TimeoutError')), ms);
      return controller.signal;
    };
  });
}

/** So much of the page's time goes by at once; each timer that is due by then goes off once. */
export async function letPass(page: Page, ms: number): Promise<void> {
  await page.clock.fastForward(ms);
}

/** What the clock on the wall says jumps by so much, back or forth, and nothing else does: no timer is a moment earlier for it. */
export async function jumpTheDate(page: Page, ms: number): Promise<void> {
  await page.evaluate((shift) => {
    const Real = Date;
    class Jumped extends Real {
      static override now(): number {
        return Real.now() + shift;
      }
      constructor(...given: ConstructorParameters<typeof Date>) {
        // `new Date()` is now, anything else is what it says.
        if ((given as unknown[]).length === 0) super(Jumped.now());
        else super(...given);
      }
    }
    globalThis.Date = Jumped as DateConstructor;
  }, ms);
}
