import { columnNamed, delimiterOf, linesOf, readTable, USER_HEADS } from './table-csv';

export interface UserColumn {
  /** An id a line, each in the line where the file has it: what is said of a line is said of the file's. */
  text: string;
  /** Lines of the file with something in them, but nobody in the users' column. From 1. */
  withoutUser: number[];
  /** Why no column holds users; null: one does. Then there is no text. */
  problem: string | null;
}

/** So many lines a display name may go on for. */
const SPAN_LINES = 10;
const LOOKS_LIKE_ID = /^["'\s]*@[^\s@:]+:[^\s@]+$/;

/**
 * The users of a file: of a CSV only the column that holds them, told by its head (`user_id`, `mxid`, …), else by an id in its
 * first line; the other cells are no user names, however much they look like it. A plain list stays as it is.
 */
export async function userColumn(text: string): Promise<UserColumn> {
  const lines = linesOf(text);
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const delimiter = delimiterOf(first);
  const cells = first.split(delimiter);
  const headless = columnNamed(cells, USER_HEADS) < 0;
  const isList = cells.every((cell) => cell.trim() === '' || LOOKS_LIKE_ID.test(cell.trim()));
  if (headless && (cells.length === 1 || isList)) return { text: lines.join('\n'), withoutUser: [], problem: null };

  const found: UserColumn = { text: '', withoutUser: [], problem: null };
  const users = Array.from<string>({ length: lines.length }).fill('');
  let column: number | null = null;
  await readTable(text, { spanLines: SPAN_LINES }, (row) => {
    if (column === null) {
      column = columnNamed(row.cells, USER_HEADS);
      if (column >= 0) return;
      column = row.cells.findIndex((cell) => LOOKS_LIKE_ID.test(cell));
      if (column < 0) found.problem = noUsers(row.cells);
    }
    const user = row.cells[column]?.trim() ?? '';
    if (user === '') found.withoutUser.push(row.line);
    users[row.line - 1] = user;
  });
  if (found.problem !== null) return { ...found, withoutUser: [] };
  found.text = users.join('\n');
  return found;
}

const noUsers = (cells: readonly string[]): string =>
  `No column of this file holds user ids: it begins with ${cells
    .slice(0, 5)
    .map((cell) => `“${cell.trim().slice(0, 40)}”`)
    .join(', ')}. Name the column user_id.`;
