import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laidOut, lineOf, linesWith } from './laid-out';

describe('an answer laid out', () => {
  it('has its JSON on several lines, each of which can be had alone', () => {
    const made = laidOut('{"a":[1,2],"b":"x"}');
    expect(made.isJson).toBe(true);
    expect(made.bytes).toBe(19);
    expect(laidOut('“a”').bytes).toBe(7);
    expect(Array.from(made.starts, (_, line) => lineOf(made, line))).toEqual(made.text.split('\n'));
  });

  it('is the same JSON, laid out as JSON.stringify does it', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(laidOut(json).text).toBe(JSON.stringify(JSON.parse(json), null, 2));
      }),
    );
    expect(laidOut('{"id":12345678901234567890}').text).toContain('12345678901234567890');
  });

  it('stays as it came where it is something else', () => {
    const made = laidOut('<html>\n404\n</html>');
    expect([made.isJson, made.starts.length, lineOf(made, 1)]).toEqual([false, 3, '404']);
    expect(laidOut('').starts).toHaveLength(1);
  });

  it('tells which lines hold what is sought, whatever its case and signs', () => {
    const made = laidOut('{"a":"One (1)","b":"two","c":"ONE (1) one"}');
    expect(linesWith(made, 'one (1)')).toEqual({ lines: [1, 3], isCut: false });
    // A limit is no total: where it is reached, it is said whether there are more.
    expect(linesWith(made, 'one (1)', 2)).toEqual({ lines: [1, 3], isCut: false });
    expect(linesWith(made, 'one (1)', 1)).toEqual({ lines: [1], isCut: true });
    expect(linesWith(made, '').lines).toEqual([]);
    expect(linesWith(made, 'none').lines).toEqual([]);
  });
});
