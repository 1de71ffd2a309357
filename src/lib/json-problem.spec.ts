import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonProblem } from './json-problem';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('what is wrong with JSON', () => {
  it('is nothing exactly where the browser reads it, however it was spoilt', () => {
    const spoilt = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', ':', '0', '\\', '\n', '\u00a0', 'e', '-', '.'),
      )
      .map(([json, at, by]) => {
        const place = at % (json.length + 1);
        return json.slice(0, place) + by + json.slice(place + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), spoilt, fc.string()), (text) => {
        expect(jsonProblem(text) === null).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{"a": 1,}', 1, 9],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ["{'a': 1}", 1, 2],
    ['', 1, 1],
    ['[1, 2', 1, 6],
    ['{"a": undefined}', 1, 7],
    ['{} {}', 1, 4],
  ])('%j goes wrong in line %i, column %i', (text, line, column) => {
    expect(jsonProblem(text)).toEqual({ line, column });
  });

  it('is found in what is nested deeply, too', () => {
    expect(jsonProblem('['.repeat(500_000))).toEqual({ line: 1, column: 500_001 });
  });
});
