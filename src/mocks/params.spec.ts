import { describe, expect, it } from 'vitest';
import { MatrixError } from './answer';
import { jsonObject, like, Query } from './params';

const refusal = (work: () => unknown): [string, string] | null => {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof MatrixError ? [error.errcode, error.message] : ['?', String(error)];
  }
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('query parameters (§0.3)', () => {
  it.each([
    ['limit=', 'Query parameter limit must be an integer'],
    ['limit=ten', 'Query parameter limit must be an integer'],
    ['limit=1.5', 'Query parameter limit must be an integer'],
    ['limit=-1', 'Query parameter limit must be a positive integer.'],
  ])('refuses %s as an integer', (search, error) => {
    expect(refusal(() => Query.of(search).integer('limit', 100))).toEqual(['M_INVALID_PARAM', error]);
  });

  it("takes what Python's int() takes", () => {
    expect(Query.of('limit=%2B7').integer('limit')).toBe(7);
    expect(Query.of('limit=1_000').integer('limit')).toBe(1000);
  });

  it('misses a required integer with M_MISSING_PARAM', () => {
    expect(refusal(() => Query.of('').requiredInteger('before_ts'))?.[0]).toBe('M_MISSING_PARAM');
  });

  it.each(['1', 'True', '', 'yes'])('refuses “%s” as a boolean', (value) => {
    expect(refusal(() => Query.of(`locked=${value}`).boolean('locked'))?.[0]).toBe('M_INVALID_PARAM');
  });

  it('reads the first of repeated values, and decodes as ASCII unless asked for UTF-8', () => {
    expect(Query.of('dir=b&dir=f').dir()).toBe('b');
    expect(refusal(() => Query.of('user_id=%C3%A4').text('user_id'))).toEqual([
      'M_UNKNOWN',
      "Query parameter 'user_id' must be ascii",
    ]);
    expect(Query.of('name=%C3%A4').text('name', 'utf-8')).toBe('ä');
  });

  it('names what an enumeration allows', () => {
    expect(refusal(() => Query.of('dir=up').dir())?.[1]).toBe("Query parameter 'dir' must be one of ['f', 'b']");
  });

  it('lets the body of a form override the query, as Twisted does', () => {
    expect(Query.of('before_ts=1', 'before_ts=2').requiredInteger('before_ts')).toBe(2);
  });
});

describe('bodies (§0.3)', () => {
  it.each([
    ['', 'M_NOT_JSON'],
    ['user_id=%40a%3Ab', 'M_NOT_JSON'],
    ['[]', 'M_BAD_JSON'],
    ['null', 'M_BAD_JSON'],
  ])('refuses “%s” with %s', (text, errcode) => {
    expect(refusal(() => jsonObject(bytes(text)))?.[0]).toBe(errcode);
  });

  it('takes nothing for {} only where that is allowed', () => {
    expect(jsonObject(bytes(''), { allowEmpty: true })).toEqual({});
    expect(refusal(() => jsonObject(bytes('nonsense'), { allowEmpty: true }))?.[0]).toBe('M_NOT_JSON');
  });
});

describe('LIKE', () => {
  it('has wildcards that Synapse does not escape, and minds the case', () => {
    expect(like('%a_c%')('xxabcxx')).toBe(true);
    expect(like('%a.c%')('xxabcxx')).toBe(false);
    expect(like('%abc%')('ABC')).toBe(false);
  });
});
