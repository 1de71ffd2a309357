import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '~/lib/words';
import { makePlan, type MediaFile } from './plan';
import { localSlices, remoteSlices, sliceId, sliceName } from './slices';

const CUTOFF = new Date(2026, 0, 10).getTime();

function planOf(times: readonly number[]) {
  const files = times.map((lastAccessTs, index): MediaFile => ({
    id: String(index),
    owner: '@anna:example.org',
    name: null,
    type: null,
    bytes: 1,
    createdTs: 0,
    lastAccessTs,
    isProtected: false,
    isQuarantined: false,
    isLinkPreview: false,
  }));
  return makePlan(
    files,
    { by: 'not-opened-since', beforeTs: CUTOFF, largerThan: 0, keepAvatars: true, method: 'sweep' },
    new Set(),
  );
}

const at = (month: number, day: number) => new Date(2025, month, day).getTime();

describe('local slices', () => {
  it('are one for each month that has files, oldest first, and end at the plan’s date', () => {
    const slices = localSlices(planOf([at(5, 3), at(2, 1), at(5, 30), CUTOFF - 1]));
    expect(slices.map(({ planned }) => planned)).toEqual([[1], [0, 2], [3]]);
    expect(slices.map(({ fromTs }) => fromTs)).toEqual([null, at(3, 1), at(6, 1)]);
    expect(slices.map(({ beforeTs }) => beforeTs)).toEqual([at(3, 1), at(6, 1), CUTOFF]);
  });

  it('split a month with too many files', () => {
    const start = new Date(2025, 4, 1).getTime();
    const slices = localSlices(planOf(Array.from({ length: 1200 }, (_, index) => start + index * 1000)), 500);
    expect(slices.map(({ planned }) => planned.length)).toEqual([500, 500, 200]);
  });

  it('never ask for a date that Synapse takes for seconds', () => {
    const [first] = localSlices(planOf([1000, 2000]), 1);
    expect(first?.beforeTs).toBeGreaterThanOrEqual(30_000_000_000);
  });

  it('have real dates although a file has an impossible one', () => {
    const slices = localSlices(planOf([-8.7e15, at(2, 1), at(5, 3)]), 1);
    expect(slices.flatMap(({ planned }) => planned)).toEqual([0, 1, 2]);
    for (const { beforeTs } of slices) expect(beforeTs).toBeGreaterThanOrEqual(30_000_000_000);
    expect(slices.at(-1)?.beforeTs).toBe(CUTOFF);
  });

  it('are none without files', () => {
    expect(localSlices(planOf([]))).toEqual([]);
  });

  it('hold each planned file exactly once, in the slice whose dates it fits, whatever the dates', () => {
    const oldest = new Date(2019, 0, 1).getTime();
    assert(
      property(
        array(integer({ min: oldest, max: CUTOFF + 1e9 }), { maxLength: 60 }),
        integer({ min: 1, max: 9 }),
        (times, size) => {
          const plan = planOf(times);
          const slices = localSlices(plan, size);
          expect(slices.flatMap(({ planned }) => planned).toSorted((a, b) => a - b)).toEqual(plan.byVerdict.delete);
          let previous = -Infinity;
          for (const slice of slices) {
            expect(slice.beforeTs).toBeGreaterThan(previous);
            expect(slice.beforeTs).toBeLessThanOrEqual(CUTOFF);
            for (const index of slice.planned) {
              expect(times[index]).toBeLessThan(slice.beforeTs);
              expect(times[index]).toBeGreaterThanOrEqual(previous);
            }
            previous = slice.beforeTs;
          }
          expect(slices.at(-1)?.beforeTs ?? CUTOFF).toBe(CUTOFF);
        },
      ),
    );
  });
});

describe('remote slices', () => {
  it('are the months up to the date, and one for everything older', () => {
    const slices = remoteSlices(CUTOFF, 2);
    expect(slices).toEqual([
      { fromTs: null, beforeTs: new Date(2025, 11, 1).getTime() },
      { fromTs: new Date(2025, 11, 1).getTime(), beforeTs: new Date(2026, 0, 1).getTime() },
      { fromTs: new Date(2026, 0, 1).getTime(), beforeTs: CUTOFF },
    ]);
  });

  it('are never empty, even if the date is the first of a month', () => {
    const first = new Date(2026, 0, 1).getTime();
    const slices = remoteSlices(first, 2);
    expect(slices.at(-1)?.beforeTs).toBe(first);
    for (const { fromTs, beforeTs } of slices) expect(beforeTs).toBeGreaterThan(fromTs ?? 0);
  });
});

describe('the name of a slice', () => {
  it('differs for each, even within a second', () => {
    const start = new Date(2025, 4, 1, 12).getTime();
    const slices = localSlices(planOf([start, start + 1, start + 2, start + 3]), 1);
    expect(slices).toHaveLength(4);
    expect(new Set(slices.map(sliceId)).size).toBe(4);
    expect(new Set(remoteSlices(CUTOFF).map(sliceId)).size).toBe(remoteSlices(CUTOFF).length);
  });

  it('is `before_ts`, so the same in every time zone', () => {
    expect(sliceId({ fromTs: null, beforeTs: Date.UTC(2026, 0, 10, 1, 2, 3, 4) })).toBe(
      'before 2026-01-10T01:02:03.004Z',
    );
  });

  it('says from when to when, with the time if it is not midnight', () => {
    const noon = new Date(2025, 4, 1, 12).getTime();
    expect(wordsOf(sliceName({ fromTs: null, beforeTs: noon }))).toBe('before 2025-05-01 12:00:00');
    expect(wordsOf(sliceName({ fromTs: noon, beforeTs: new Date(2025, 5, 1).getTime() }))).toBe(
      '2025-05-01 12:00:00 to 2025-06-01',
    );
  });
});
