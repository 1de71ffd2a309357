import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { BOM, csvLine, toCsv } from './csv';

describe('CSV', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠a'])(
    'defuses the formula %j',
    (cell) => {
      const [[read]] = Papa.parse<string[]>(csvLine([cell])).data as [[string]];
      expect(read).toBe(`'${cell}`);
    },
  );

  test('leaves what is no formula as it is, numbers below zero too', () => {
    expect(csvLine(['a=b', 'x@y', '1-2', -5, 0, true, null, undefined, ''])).toBe('a=b,x@y,1-2,-5,0,true,,,\r\n');
  });

  test('a formula behind a quote or a separator stays inside its cell', () => {
    const row = ['x","=1', 'a\r\n=2', ';=3', '"'];
    expect(Papa.parse<string[]>(csvLine(row)).data[0]).toEqual(row);
  });

  test('comes back as it was written: quotes, separators, line ends, spaces, markup, right-to-left marks', () => {
    const rows = [
      ['plain', 'a "quoted" word', 'one,two;three'],
      ['line\nbreak', ' spaces ', '<b>\u202Eevil</b>'],
    ];
    const text = toCsv(['a', 'b', 'c'], rows);
    expect(text.startsWith(BOM)).toBe(true);
    expect(Papa.parse<string[]>(text, { skipEmptyLines: true }).data).toEqual([['a', 'b', 'c'], ...rows]);
  });

  test('a column title is defused as well', () => {
    expect(toCsv(['=cmd'], [])).toBe(`${BOM}'=cmd\r\n`);
  });
});
