import { expect, it } from 'vitest';
import { fileOf, type ExportColumn } from './ExportMenu';

interface Row {
  name: string;
  count: number | null;
}

const COLUMNS: readonly ExportColumn<Row>[] = [
  { name: 'name', of: ({ name }) => name },
  { name: 'count', of: ({ count }) => count },
];
const ROWS: readonly Row[] = [
  { name: '=1+1', count: 2 },
  { name: 'b', count: null },
];

it('exports JSON with the homeserver’s own values', () => {
  expect(JSON.parse(fileOf(ROWS, COLUMNS, 'json'))).toEqual(ROWS);
});

it('exports CSV in which no spreadsheet sees a formula', () => {
  expect(fileOf(ROWS, COLUMNS, 'csv')).toBe('\uFEFF"name","count"\r\n"\'=1+1",2\r\n"b",\r\n');
});
