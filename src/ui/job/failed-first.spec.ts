import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { failedFirst } from './failed-first';

it('shows what went wrong first, and each row exactly once', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.uniqueArray(fc.nat(199)), (total, some) => {
      const wrong = some.filter((index) => index < total).toSorted((a, b) => a - b);
      const at = failedFirst(wrong, total);
      const shown = Array.from({ length: total }, (_, place) => at(place));
      const rest = Array.from({ length: total }, (_, index) => index).filter((index) => !wrong.includes(index));
      expect(shown).toEqual([...wrong, ...rest]);
      expect(at(total)).toBeUndefined();
    }),
  );
});
