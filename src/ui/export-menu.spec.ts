import { expect, it } from 'vitest';
import { atOnce } from '~/lib/in-turns';
import { fileParts, type ExportColumn } from './ExportMenu';

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

/** With its byte order mark, which `text()` leaves out. */
async function fileOf(rows: readonly Row[], format: 'csv' | 'json'): Promise<string> {
  const file = new Blob([...atOnce(fileParts(rows, COLUMNS, format))]);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer());
}

it('exports JSON with the homeserver’s own values', async () => {
  expect(JSON.parse(await fileOf(ROWS, 'json'))).toEqual(ROWS);
});

it('exports any number of rows as one JSON, laid out on lines', async () => {
  for (const count of [0, 1, 100, 250]) {
    const rows = Array.from({ length: count }, (_, index) => ({ name: `“${index}”`, count: index }));
    // oxlint-disable-next-line no-await-in-loop -- a few
    expect(await fileOf(rows, 'json')).toBe(`${JSON.stringify(rows, null, 2)}\n`);
  }
});

it('exports CSV in which no spreadsheet sees a formula', async () => {
  expect(await fileOf(ROWS, 'csv')).toBe('\uFEFF"name","count"\r\n"\'=1+1",2\r\n"b",\r\n');
});
