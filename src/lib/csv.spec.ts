import { assert, constantFrom, oneof, property, string } from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { BOM, csvLine, defuse, toCsv, undefuse } from './csv';

describe('CSV', () => {
  test.each(['=1+1', '+A1', '-A1', '@SUM(A1)', '＝1', '＋1', '－1', '＠a', "'=1"])('defuses the formula %j', (cell) => {
    const [[read]] = Papa.parse<string[]>(csvLine([cell])).data as [[string]];
    expect(read).toBe(`'${cell}`);
  });

  test.each([
    ['\t=1', "\t'=1"],
    ['\r=1', "\r'=1"],
    ['x;=1+1;y', "x;'=1+1;y"],
    ['x;"=1+1;y', `x;'"=1+1;y`],
    ['x;""@SUM(A1)";y', `x;'""@SUM(A1)";y`],
    [`"'=1`, `'"'=1`],
    ['x\t@SUM(A1)', "x\t'@SUM(A1)"],
    ['a\r\n=2', "a\r\n'=2"],
  ])('defuses a formula in %j, where another separator would begin a cell', (cell, defused) => {
    expect(Papa.parse<string[]>(csvLine(['first', cell])).data[0]).toEqual(['first', defused]);
  });

  test('leaves user IDs and numbers as they are', () => {
    const ids = ['@user:example.org', '@a.b_c=d/e-f+g:matrix.example.org:8448', '@u:[::1]', '-5', '+1.5'];
    expect(Papa.parse<string[]>(csvLine(ids)).data[0]).toEqual(ids);
    expect(csvLine([-5, 0, true, null, undefined, ''])).toBe('-5,0,true,,,""\r\n');
  });

  test('quotes each text, so that no separator in it ends the cell', () => {
    expect(csvLine(['x;=1+1;y', 'plain', 'a "word"'])).toBe(`"x;'=1+1;y","plain","a ""word"""\r\n`);
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
    expect(toCsv(['=cmd'], [])).toBe(`${BOM}"'=cmd"\r\n`);
  });

  const odd = string({ unit: constantFrom('=', "'", '@', '-', ';', '\t', '\n', '"', 'a', ':', '1', '(') });

  test('any text is defused in a way that gives it back exactly', () => {
    assert(
      property(oneof(odd, string()), (text) => {
        expect(undefuse(defuse(text))).toBe(text);
      }),
    );
  });

  test('no defused text has a cell that begins a formula, however it is split', () => {
    assert(
      property(odd, (text) => {
        expect(formulasIn(defuse(text))).toEqual([]);
      }),
    );
  });
});

/** Cells that a spreadsheet would take for formulas: user IDs and numbers are none. */
const formulasIn = (text: string): string[] =>
  text.split(/[;\t\r\n]/).filter((part) => /^"*[=+@-]/.test(part) && !/^(?:@[^()]*:[^()]+|-\d+)$/.test(part));
