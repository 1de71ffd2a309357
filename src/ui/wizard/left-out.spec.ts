import { describe, expect, it } from 'vitest';
import { LeftOut } from './left-out';

/** Rows that can be asked for, and never gone through: a click must cost the same however many there are. */
class NeverGoneThrough extends Set<string> {
  override [Symbol.iterator](): SetIterator<string> {
    throw new Error('All rows were gone through.');
  }
  override forEach(): void {
    throw new Error('All rows were gone through.');
  }
}

describe('rows that are left out of a plan', () => {
  it('are counted once each among those that would run, and can be included again', () => {
    const leftOut = new LeftOut();
    const would = new Set(['a', 'b', 'c']);
    expect(leftOut.countIn(would)).toBe(0);
    leftOut.set(['a', 'b', 'a', 'not of this plan'], true);
    expect(leftOut.countIn(would)).toBe(2);
    expect([...would].filter(leftOut.has)).toEqual(['a', 'b']);
    leftOut.set(['a', 'c'], false);
    expect(leftOut.countIn(would)).toBe(1);
  });

  it('stay left out when a choice removes them from the plan and brings them back', () => {
    const leftOut = new LeftOut();
    leftOut.set(['a'], true);
    expect(leftOut.countIn(new Set(['b']))).toBe(0);
    expect(leftOut.countIn(new Set(['a', 'b']))).toBe(1);
    expect(leftOut.has('a')).toBe(true);
  });

  it('cost the same for each click, however many rows there are', () => {
    const would = new NeverGoneThrough();
    for (let index = 0; index < 100_000; index += 1) would.add(String(index));
    const leftOut = new LeftOut();
    leftOut.countIn(would);
    leftOut.set(['7'], true);
    expect(leftOut.countIn(would)).toBe(1);
  });

  it('are reported to what shows them', () => {
    const leftOut = new LeftOut();
    const seen: number[] = [];
    const stop = leftOut.subscribe(() => seen.push(leftOut.version()));
    leftOut.set(['a'], true);
    leftOut.set(['a'], false);
    stop();
    leftOut.set(['a'], true);
    expect(seen).toEqual([1, 2]);
  });
});
