import { describe, expect, it, vi } from 'vitest';
import { clock, day, duration, endOfDay, exact, moment, relative, startOfDay } from './dates';
import { isoTime, isLikelyTime, isTime } from './times';

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

describe('a time that can’t be right', () => {
  // Microseconds and nanoseconds, beyond what a Date holds, below zero, no number, text.
  const none: readonly unknown[] = [
    1.7e15,
    1.7e18,
    8.64e15 + 1,
    -8.64e15,
    Number.NaN,
    Infinity,
    '1700000000000',
    {},
    true,
  ];
  it.each(none)('%s is shown as it came, and breaks nothing', (value) => {
    const ms = value as number;
    for (const text of [relative(ms), exact(ms), day(ms), clock(ms)]) expect(text).toMatch(/^invalid time: /);
    expect(isTime(ms)).toBe(false);
    expect(isoTime(ms)).toBeNull();
  });

  it.each([1_700_000_000, 0, -1])('%d, in seconds or none at all, never passes for a time of long ago', (ms) => {
    expect(isLikelyTime(ms)).toBe(false);
    expect(relative(ms)).toBe(`invalid time: ${ms}`);
  });

  it('is unknown where there is none', () => {
    expect(exact(null as unknown as number)).toBe('unknown');
    expect(isoTime(undefined)).toBeNull();
    expect(duration(Number.NaN)).toBe('an unknown time');
  });
});

it('a time of today is its minute; another day is named', () => {
  const noon = new Date(2026, 10, 24, 12, 5).getTime();
  expect(clock(noon, noon + 60_000)).toBe('12:05');
  expect(clock(noon, noon + 86_400_000)).toBe('2026-11-24 12:05');
});

it('a day of 25 hours ends with its own last moment', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const start = new Date(2024, 9, 27).getTime();
  expect(endOfDay(start) - start).toBe(25 * 3_600_000 - 1);
  vi.unstubAllEnvs();
});
