import { expect, it } from 'vitest';
import { formatBytes } from './bytes';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [12_345_678, '12.3 MB'],
  [5_000_000_000_000, '5.0 TB'],
])('%d bytes is %s', (bytes, said) => {
  expect(formatBytes(bytes)).toBe(said);
});

it.each([
  [-1, 'odd size: -1'],
  [Number.NaN, 'odd size: NaN'],
  [Infinity, 'odd size: Infinity'],
  ['12' as unknown as number, 'odd size: 12'],
  [null as unknown as number, 'odd size: null'],
  [1e300, '1.00e+300 B'],
])('%s, which no file can have, is shown as it came: %s', (bytes, said) => {
  expect(formatBytes(bytes)).toBe(said);
});
