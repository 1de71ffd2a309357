import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from './in-turns';
import { jsonInPieces, type Look } from './json-in-pieces';

const read = (text: string, pieceLength: number, look?: Look) => atOnce(jsonInPieces(text, look, pieceLength));

/** What came of it: a value, or that it is no JSON. */
function outcome(make: () => unknown): { value: unknown } | 'no JSON' {
  try {
    return { value: make() };
  } catch (error) {
    if (error instanceof SyntaxError) return 'no JSON';
    throw error;
  }
}

const lengths = fc.integer({ min: 0, max: 12 });

describe('JSON that is parsed in pieces', () => {
  it('is what JSON.parse makes of it, however small the pieces are', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.constantFrom(undefined, 1, '\t'),
        lengths,
        (value, space, length) => {
          const text = ` ${JSON.stringify(value, null, space)}\n`;
          const whole: unknown = JSON.parse(text);
          expect(read(text, length)).toStrictEqual(whole);
          expect(JSON.stringify(read(text, length))).toBe(JSON.stringify(whole));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is refused wherever JSON.parse refuses it', () => {
    const sign = fc.constantFrom(
      ...'{}[],:"\\ 1-.eatrue'.split(''),
      '"a"',
      '"a":',
      'null',
      '[1,2]',
      '{"a":1}',
      '\u00A0',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), lengths, (signs, length) => {
        const text = signs.join('');
        expect(outcome(() => read(text, length))).toStrictEqual(outcome(() => JSON.parse(text) as unknown));
      }),
      { numRuns: 20_000 },
    );
    const spoilt = fc.tuple(
      fc.jsonValue({ maxDepth: 4 }),
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.constantFrom('', ',', ']', '}', '"', '1'),
    );
    fc.assert(
      fc.property(spoilt, lengths, ([value, place, removed, put], length) => {
        const whole = JSON.stringify(value);
        const at = place % whole.length;
        const text = whole.slice(0, at) + put + whole.slice(at + removed);
        expect(outcome(() => read(text, length))).toStrictEqual(outcome(() => JSON.parse(text) as unknown));
      }),
      { numRuns: 5000 },
    );
  });

  it('has the last of two fields of one name, and takes __proto__ for a name', () => {
    const text = '{"a":[1,2],"__proto__":[3,4],"a":[5,6],"b":{"__proto__":7}}';
    expect(JSON.stringify(read(text, 0))).toBe('{"a":[5,6],"__proto__":[3,4],"b":{"__proto__":7}}');
  });

  it('is handed over piece by piece, each string whole', () => {
    const text = JSON.stringify({ list: Array.from({ length: 50 }, (_, index) => `word ${index}`), last: 'word' });
    const sources: string[] = [];
    const value = read(text, 30, (one, source) => {
      sources.push(source);
      return JSON.parse(JSON.stringify(one).replaceAll('word', 'w')) as unknown;
    });
    expect(value).toEqual(JSON.parse(text.replaceAll('word', 'w')));
    expect(sources.length).toBeGreaterThan(10);
    expect(Math.max(...sources.map(({ length }) => length))).toBeLessThan(60);
  });
});
