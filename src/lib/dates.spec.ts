import { describe, expect, it } from 'vitest';
import { day, duration, moment, startOfDay } from './dates';

describe('startOfDay', () => {
  it('is local midnight of the day named', () => {
    expect(day(startOfDay('2026-02-28') ?? 0)).toBe('2026-02-28');
    expect(new Date(startOfDay('2026-02-28') ?? 0).getHours()).toBe(0);
  });

  it('refuses days that are in no calendar, instead of folding them into the next month', () => {
    expect(startOfDay('2026-02-31')).toBeNull();
    expect(startOfDay('2026-13-01')).toBeNull();
    expect(startOfDay('24.11.2026')).toBeNull();
    expect(startOfDay('')).toBeNull();
  });
});

it('a moment names its month in words', () => {
  expect(moment(startOfDay('2024-11-26') ?? 0)).toBe('26 Nov 2024, 00:00');
});

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [12_400, '12 s'],
    [200_000, '3 min 20 s'],
    [3_900_000, '1 h 05 min'],
    [-5, '0 s'],
  ])('%d ms is %s', (ms, said) => {
    expect(duration(ms)).toBe(said);
  });
});
