import { describe, expect, it } from 'vitest';
import { atOnce } from '~/lib/in-turns';
import { keysInTurns, rowKeys } from './row-keys';

describe('keys of rows', () => {
  it('are the rows’ own', () => {
    const key = rowKeys(['a', 'b'], (row) => row);
    expect([key(0), key(1)]).toEqual(['a', 'b']);
  });

  it('are never the same for two rows, though a list names one thing twice', () => {
    const rows = ['', 'a', 'a again', 'a', '', 'a'];
    const key = rowKeys(rows, (row) => row);
    expect(new Set(rows.map((_, index) => key(index))).size).toBe(rows.length);
    expect(key(1)).toBe('a');
  });

  it('can be made ahead of the table', () => {
    let asked = 0;
    const keyOf = (row: string) => {
      asked += 1;
      return row;
    };
    const rows = ['a', 'b', 'a'];
    const made = atOnce(keysInTurns(rows, keyOf));
    expect(rowKeys(rows, keyOf)).toBe(made);
    expect(asked).toBe(3);
    // Of other rows, or by another function, they are others.
    expect(rowKeys([...rows], keyOf)).not.toBe(made);
    expect(rowKeys(rows, (row) => `${row}!`)(0)).toBe('a!');
  });

  it('are had without the rows where they are known without', () => {
    const rows = { length: 2, at: () => undefined, keyAt: (index: number) => `#${index}` };
    expect(rowKeys(rows, () => 'never')(1)).toBe('#1');
    // With another function a table would place all its rows anew.
    expect(rowKeys(rows, () => 'never')).toBe(rows.keyAt);
  });
});
