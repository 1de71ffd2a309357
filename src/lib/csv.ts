/** Writing CSV (RFC 4180) that a spreadsheet opens as text: names on a homeserver are chosen by strangers. */

export type Cell = string | number | boolean | null | undefined;

/** Tells spreadsheets that it is UTF-8. */
export const BOM = '\uFEFF';

/** What makes a spreadsheet take a text for a formula (OWASP, “CSV injection”), the full-width forms included. */
const FORMULA = '[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]';
/**
 * Where a spreadsheet may begin a cell. A spreadsheet that separates cells by `;` or by tabs does not see the quotes of all
 * but the first cell of a line, and splits a cell at these.
 */
const BREAK = /([;\t\r\n])/;
// A reader that takes a quote for the cell's own begins after it.
const IS_FORMULA = new RegExp(`^['"]*${FORMULA}`);
const WAS_FORMULA = new RegExp(`^'(['"]*${FORMULA})`);
/** Begins like a formula, and can be none: a user ID of the usual characters, a number. */
const HARMLESS = /^(?:@[a-z0-9._=/+-]*:[a-z0-9.:[\]-]+|[+-]?\d+(?:\.\d+)?)$/i;

const defusePart = (part: string): string => (IS_FORMULA.test(part) && !HARMLESS.test(part) ? `'${part}` : part);

/** A formula becomes text by a leading `'`; IDs and numbers stay as they are. `undefuse` gives the text back exactly. */
export function defuse(text: string): string {
  return text.split(BREAK).map(defusePart).join('');
}

/** What `defuse` was given: for reading Glia's own files. */
export function undefuse(text: string): string {
  return text
    .split(BREAK)
    .map((part) => part.replace(WAS_FORMULA, '$1'))
    .join('');
}

/** Each text is quoted: what stands in it never ends its cell. */
function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  return `"${defuse(cell).replaceAll('"', '""')}"`;
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
