import { describe, expect, it } from 'vitest';
import type { Environment } from '~/jobs/environment';
import { scriptFile } from './script-file';

/** Each look at the clock costs a millisecond. */
function slowPage() {
  let now = 0;
  let yields = 0;
  const environment: Environment = {
    now: () => now,
    tick: () => (now += 1),
    after: () => () => undefined,
    yieldToPage: () => {
      yields += 1;
      return Promise.resolve();
    },
    random: () => 0.5,
  };
  return { environment, yields: () => yields };
}

describe('a script as a file', () => {
  it('is complete, and writing it does not block the page', async () => {
    const pieces = Array.from({ length: 5000 }, (_, index) => `line ${index} é\n`);
    const { environment, yields } = slowPage();
    expect(await (await scriptFile(pieces, environment)).text()).toBe(pieces.join(''));
    // A look every 64 pieces: 78 of them, and a breath after each 8 ms.
    expect(yields()).toBe(8);
  });

  it('is written at once when it is short', async () => {
    const { environment, yields } = slowPage();
    expect(await (await scriptFile(['a', 'b'], environment)).text()).toBe('ab');
    expect(yields()).toBe(0);
  });
});
