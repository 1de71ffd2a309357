import { describe, expect, it } from 'vitest';
import { rowKeys } from './row-keys';

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

  it('are had without the rows where they are known without', () => {
    const rows = { length: 2, at: () => undefined, keyAt: (index: number) => `#${index}` };
    expect(rowKeys(rows, () => 'never')(1)).toBe('#1');
    // With another function a table would place all its rows anew.
    expect(rowKeys(rows, () => 'never')).toBe(rows.keyAt);
  });
});
