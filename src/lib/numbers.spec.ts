import { expect, it } from 'vitest';
import { formatCount } from './numbers';

it('counts are written with their thousands apart', () => {
  expect(formatCount(12_345)).toBe('12,345');
});

it.each([-1, Number.NaN, Infinity, '7', null, undefined])('%s is no number of anything', (value) => {
  expect(formatCount(value as number)).toBe('unknown');
});
