/** Writing CSV (RFC 4180) that a spreadsheet opens as text: names on a homeserver are chosen by strangers. */

export type Cell = string | number | boolean | null | undefined;

/** Tells spreadsheets that it is UTF-8. */
export const BOM = '\uFEFF';

/** What makes a spreadsheet take a cell for a formula (OWASP, “CSV injection”), the full-width forms included. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const NEEDS_QUOTES = /[",;\r\n\t]|^\s|\s$/;

/** A formula becomes text by a leading `'`: Matrix ids too, since they begin with `@`. Numbers stay numbers. */
function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line with its CRLF. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A whole file: BOM, head, rows. For very long tables send `csvLine`s as they come. */
export function toCsv(columns: readonly string[], rows: Iterable<readonly Cell[]>): string {
  let text = BOM + csvLine(columns);
  for (const row of rows) text += csvLine(row);
  return text;
}
