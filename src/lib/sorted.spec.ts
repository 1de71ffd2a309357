import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { atOnce } from './in-turns';
import { sorted } from './sorted';

const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;

it('sorts as the browser does, and keeps the order of equals', () => {
  const row = fc.record({ key: fc.integer({ min: 0, max: 5 }), id: fc.nat() });
  // Also more than are sorted in one go.
  const lists = fc.oneof(fc.array(row, { maxLength: 20 }), fc.array(row, { minLength: 500, maxLength: 3000 }));
  fc.assert(
    fc.property(lists, (rows) => {
      const before = [...rows];
      expect(atOnce(sorted(rows, compare))).toEqual(rows.toSorted(compare));
      expect(rows).toEqual(before);
    }),
  );
});

it('lets the page have its turn after some hundreds of comparisons', () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 10_007);
  const work = sorted(rows, (a, b) => a - b);
  let yields = 0;
  let step = work.next();
  for (; !step.done; step = work.next()) yields += 1;
  expect(step.value).toEqual(rows.toSorted((a, b) => a - b));
  expect(yields).toBeGreaterThan(90);
});
