import { assert, constantFrom, double, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, parseSize } from './bytes';
import { inWords } from '~/testing/in-words';

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
  [-1, 'invalid size: -1'],
  [Number.NaN, 'invalid size: NaN'],
  [Infinity, 'invalid size: Infinity'],
  ['12' as unknown as number, 'invalid size: 12'],
  [null as unknown as number, 'invalid size: null'],
  [1e300, '1.00e+300 B'],
])('%s, which no file can have, is shown as it came: %s', (bytes, said) => {
  expect(formatBytes(bytes)).toBe(said);
});

/** What the text holds besides a number and a unit, where it was taken for a size. */
const rest = (typed: string) =>
  parseSize(typed, 'B').ok ? typed.replaceAll(/[\s.,'’\d]|bytes?|[kmgt]?i?b|[kmgt]/giu, '') : '';

describe('a size that is typed or pasted', () => {
  it.each([
    ['5 GB', 5_000_000_000],
    ['5GB', 5_000_000_000],
    ['5 gb', 5_000_000_000],
    ['5', 5_000_000],
    ['1.5 MiB', 1_572_864],
    ['700 kB', 700_000],
    ['700 KB', 700_000],
    ['2 TB', 2_000_000_000_000],
    ['10.5', 10_500_000],
    ['4.35 MB', 4_350_000],
    ['1 000 kB', 1_000_000],
    ['12,345,678 B', 12_345_678],
    ['1,234.5 MB', 1_234_500_000],
    ['1.234,5 MB', 1_234_500_000],
    ['0.125 kB', 125],
    ['1.5 bytes', 1],
    ['0', 0],
  ])('%s is %d bytes', (text, bytes) => {
    expect(parseSize(text, 'MB')).toMatchObject({ ok: true, bytes });
  });

  it.each([
    ['1,000', '“1,000” could mean 1000 or 1.0. Type 1000 or 1.0.'],
    ['1.000 GB', '“1.000” could mean 1000 or 1.0. Type 1000 or 1.0.'],
    ['10,5', '“10,5” could mean 105 or 10.5. Type 105 or 10.5.'],
    ['1,125', '“1,125” could mean 1125 or 1.125. Type 1125 or 1.1250.'],
    ['abc', '“abc” is not a size. Type a number and a unit, for example 5 GB.'],
    ['5 apples', '“apples” is not a unit here. Use B, kB, MB, GB, TB, KiB, MiB, GiB or TiB.'],
    ['5 Gb', '“Gb” could mean bytes or bits. Type GB for bytes.'],
    ['-5 MB', 'The number can’t be negative.'],
    ['5 6 MB', '“5 6” is not a number.'],
    ['1e3', '“1e3” is not a number.'],
    ['٥ MB', '“\u2068٥\u2069” is not a number.'],
    ['999999 TB', 'No file is that large.'],
  ])('%s is refused, with what it could be', (text, reason) => {
    expect(inWords(parseSize(text, 'MB'))).toEqual({ ok: false, reason });
  });

  it('is never a number that leaves out a part of the text, whatever the text', () => {
    assert(
      property(
        string(),
        constantFrom('', ' MB', 'GB'),
        double({ min: 0, max: 1e6, noNaN: true }),
        (text, unit, number) => {
          expect(rest(text + unit) + rest(`${number}${unit}`)).toBe('');
        },
      ),
      { numRuns: 3000 },
    );
  });
});
