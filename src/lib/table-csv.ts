/** Reading CSV that people and spreadsheets made: comma, semicolon or tab, quoted or not, with or without a byte order mark. */

export interface TableRow {
  cells: readonly string[];
  /** From 1, as an editor shows it: where the row begins. */
  line: number;
}

/** Lines read between two turns of the page. */
const BATCH = 2000;

export const linesOf = (text: string): string[] => text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);

/**
 * Reads rows one by one, empty ones left out. A quote that is never closed spoils its own line and no other.
 * @param spanLines so many lines a quoted cell may span: 1 where no cell can hold a line break, as ids don't
 */
export async function readTable(
  text: string,
  { spanLines }: { spanLines: number },
  onRow: (row: TableRow) => void,
): Promise<void> {
  // Only who uses a CSV loads its parser.
  const { default: Papa } = await import('papaparse');
  const lines = linesOf(text);
  const delimiter = delimiterOf(lines.find((line) => line.trim() !== '') ?? '');
  let until = BATCH;
  for (let index = 0; index < lines.length;) {
    const count = linesOfRow(lines, index, spanLines);
    const row = lines.slice(index, index + count).join('\n');
    // Only quotes make CSV more than separators: nearly all lines have none.
    const cells = row.includes('"') ? (Papa.parse<string[]>(row, { delimiter }).data[0] ?? []) : row.split(delimiter);
    if (cells.some((cell) => cell.trim() !== '')) onRow({ cells, line: index + 1 });
    index += count;
    if (index < until) continue;
    until = index + BATCH;
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  }
}

/** How many lines the row takes that begins here: more than one where a quoted cell holds line breaks. */
function linesOfRow(lines: readonly string[], from: number, spanLines: number): number {
  let open = false;
  for (let count = 1; count <= spanLines && from + count <= lines.length; count += 1) {
    const line = lines[from + count - 1] ?? '';
    if (isOdd(line)) open = !open;
    if (!open) return count;
  }
  return 1;
}

const isOdd = (line: string): boolean => line.includes('"') && line.split('"').length % 2 === 0;

/** Told by the first line, quoted parts left out. A semicolon wins: a comma may stand inside names. */
export function delimiterOf(line: string): string {
  const bare = line.replaceAll(/"[^"]*"/g, '');
  return bare.includes(';') ? ';' : bare.includes('\t') ? '\t' : ',';
}

/** The column with the best of these heads (best first), or -1. Case, spaces and underscores make no difference. */
export function columnNamed(head: readonly string[], names: readonly string[]): number {
  const heads = head.map((cell) => cell.toLowerCase().replaceAll(/[^a-z]/g, ''));
  for (const name of names) {
    const column = heads.indexOf(name);
    if (column >= 0) return column;
  }
  return -1;
}

/** Synapse calls a user's id `name` in its answers, so a column of that head is one where there is no better. */
export const USER_HEADS = ['userid', 'mxid', 'matrixid', 'user', 'member', 'name', 'username'];
export const ROOM_HEADS = ['roomid', 'room', 'roomalias', 'canonicalalias', 'alias'];
