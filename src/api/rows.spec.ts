import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { legibly, rowsOf, shownRows } from './rows';

const person = z.object({
  id: z.string(),
  age: z.nullish(z.number()),
  name: z.nullish(z.string()),
  tags: z._default(z.array(z.object({ word: z.string() })), []),
});

describe('a list with odd rows', () => {
  const answer = [{ id: 'a', age: 1 }, { id: 'b', age: 'old' }, { age: 3 }, null, { id: 'c', name: 7, age: 4 }];
  const read = z.parse(rowsOf(person), answer);

  it('keeps the good ones apart: a plan decides by them alone', () => {
    expect(read.rows).toEqual([{ id: 'a', age: 1, tags: [] }]);
  });

  it('shows each odd one that can be named, in its place, without what could not be read', () => {
    expect(shownRows(read)).toEqual([
      { id: 'a', age: 1, tags: [] },
      { id: 'b', tags: [] },
      { id: 'c', age: 4, tags: [] },
    ]);
    const ordered = z.parse(rowsOf(person), [{ id: 1 }, { id: 'x' }, { id: 'y', age: '' }, { id: 'z' }]);
    expect(shownRows(ordered).map(({ id }) => id)).toEqual(['x', 'y', 'z']);
  });

  it('says of each what was wrong', () => {
    expect(read.odd.map(({ index, problem }) => [index, /at (\w+)/.exec(problem)?.[1]])).toEqual([
      [1, 'age'],
      [2, 'id'],
      [3, undefined],
      [4, 'name'],
    ]);
  });
});

describe('one thing with an odd field', () => {
  it('is shown without it, and the good parts of a list in it stay', () => {
    const input = { id: 'a', age: {}, tags: [{ word: 1 }, { word: 'two' }, 3, { word: null }, { word: 'five' }] };
    const { value, problem } = z.parse(legibly(person), input);
    expect(value).toEqual({ id: 'a', tags: [{ word: 'two' }, { word: 'five' }] });
    expect(problem).toContain('age');
    expect(input.tags).toHaveLength(5);
  });

  it('is refused where it can’t even be named', () => {
    expect(z.safeParse(legibly(person), { age: 1 }).success).toBe(false);
    expect(z.safeParse(legibly(person), 'hello').success).toBe(false);
    expect(z.safeParse(legibly(person), []).success).toBe(false);
  });

  it('has no problem where nothing is odd', () => {
    expect(z.parse(legibly(person), { id: 'a' })).toEqual({ value: { id: 'a', tags: [] }, problem: null });
  });
});
