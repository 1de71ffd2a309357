import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortInSlices } from './sort-in-slices';

const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;

it('sorts as the browser does, and keeps the order of equals', async () => {
  const row = fc.record({ key: fc.integer({ min: 0, max: 5 }), id: fc.nat() });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 200 }), async (rows) => {
      expect(await sortInSlices(rows, compare)).toEqual(rows.toSorted(compare));
    }),
  );
});

it('lets the page have its turn every few milliseconds', async () => {
  let now = 0;
  let turns = 0;
  const environment = {
    now: () => now,
    tick: () => (now += 5),
    after: () => () => undefined,
    yieldToPage: () => Promise.resolve(void (turns += 1)),
    random: () => 0,
  };
  const rows = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 10_007);
  const sorted = await sortInSlices(rows, (a, b) => a - b, undefined, environment);
  expect(sorted).toEqual(rows.toSorted((a, b) => a - b));
  expect(turns).toBeGreaterThan(50);
});
