import { describe, expect, it } from 'vitest';
import { everyPage, pageStarts } from './pages';

async function pagesRead(next: (from: number) => number | undefined, held = 1): Promise<number[]> {
  const offsets: number[] = [];
  await everyPage(
    (from) => {
      offsets.push(from);
      return Promise.resolve({ next: next(from) });
    },
    () => held,
  );
  return offsets;
}

describe('how many pages a list is taken to have', () => {
  it.each([
    [0, 1],
    [1, 1],
    [2001, 3],
    [-1, 1],
    [Number.NaN, 1],
    [1e13, 2000],
    [Number.MAX_VALUE, 2000],
  ])('%s rows: %s pages', (total, pages) => {
    expect(pageStarts(total, 1000)).toHaveLength(pages);
  });
});

describe('a list in pages', () => {
  it('is read to its end', async () => {
    expect(await pagesRead((from) => (from < 3 ? from + 1 : undefined))).toEqual([0, 1, 2, 3]);
  });

  it('is not read for ever where a page names itself, or an earlier one, as the next', async () => {
    expect(await pagesRead((from) => from)).toEqual([0]);
    expect(await pagesRead((from) => (from === 0 ? 1000 : 0))).toEqual([0, 1000]);
    expect(await pagesRead(() => Number.NaN)).toEqual([0]);
  });

  it('is not read for ever where pages hold nothing and name another one each', async () => {
    expect(await pagesRead((from) => from + 1, 0)).toEqual([0]);
  });
});
