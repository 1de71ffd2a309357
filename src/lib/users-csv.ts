import { linesOf, removedWords } from './entries';
import { isHeadRow, isProgramLine, USER_HEADS } from './heads';
import { exactLine, userIdsIn, type LineProblem } from './mxid';
import { shortened } from './shown-text';
import { columnOf, delimiterOf, kindOf, readTable, rowText, type Table } from './table-csv';
import { commaList, withValues, type Text } from './text';

/** The users in a file: a list as it stands, or a table in which a column is chosen. */
export type UsersFile = { kind: 'list'; text: string } | { kind: 'table'; table: Table; suggested: number | null };

/** A display name may hold so many line breaks. */
const SPAN_LINES = 10;
/** Lines by which a list is told from a table. */
const LOOK_AT = 100;

export async function readUsersFile(text: string): Promise<UsersFile> {
  if (isList(text)) return { kind: 'list', text };
  const table = await readTable(text, { spanLines: SPAN_LINES });
  return { kind: 'table', table, suggested: columnOf(table.columns, 'users', USER_HEADS) };
}

/** One entry a line, or nothing but IDs in the lines: then every cell is meant, and no column. */
export function isList(text: string): boolean {
  const lines: string[] = [];
  for (const line of linesOf(text.slice(0, 100_000))) {
    if (isProgramLine(line)) return false;
    if (line.trim() !== '') lines.push(line);
    if (lines.length === LOOK_AT) break;
  }
  const delimiter = delimiterOf(lines);
  const rows = lines.map((line) => line.split(delimiter));
  if (rows.some((cells) => isHeadRow(cells.map((cell) => cell.replaceAll('"', ''))))) return false;
  if (rows.every((cells) => cells.length === 1 || cells.every((cell) => cell.trim() === '' || isUser(cell))))
    return true;
  // A comma in few of many lines makes no table.
  return rows.filter((cells) => cells.length === 1).length * 2 > rows.length;
}

const isUser = (cell: string): boolean => !/\s/.test(cell.trim()) && kindOf(cell) === 'user';

type Surplus = Pick<LineProblem, 'line' | 'text'>;

export interface UserCells {
  /** A cell a line, each in the line where the file has it: what is said of a line is said of the file's. */
  text: string;
  /** Rows that can't be used, with the reason. */
  problems: LineProblem[];
  /** Rows with more cells than the head, of which the surplus was not looked at. */
  surplus: Surplus[];
}

const EMPTY_CELL = /*i18n*/ { id: 'table.empty-cell', message: 'The cell in this column is empty.' };
const TOO_MANY_CELLS = /*i18n*/ {
  id: 'table.too-many-cells',
  message:
    'This line has {cells, number} cells and the header has {columns, number}, so it is unclear which cell is the user.',
} as const;

/** Rows between two looks at the clock. */
const STEP = 200;

/** The cells of one column. Where a row has more cells than the head, only a whole ID is sure to be in its column. */
export function* cellsIn({ rows, columns, hasHead }: Table, column: number): Generator<void, UserCells> {
  const last = rows.at(-1)?.line ?? 0;
  const lines = Array.from<string>({ length: last }).fill('');
  const found: UserCells = { text: '', problems: [], surplus: [] };
  for (const [index, { cells, line }] of rows.entries()) {
    if (index % STEP === 0) yield;
    const cell = (cells[column] ?? '').trim();
    const surplus = hasHead ? cells.slice(columns.length).filter((more) => more.trim() !== '') : [];
    if (cell === '') {
      found.problems.push({ line, text: rowText(cells), reason: EMPTY_CELL });
    } else if (surplus.length > 0 && kindOf(cell) !== 'user') {
      found.problems.push({
        line,
        text: rowText(cells),
        reason: withValues(TOO_MANY_CELLS, { cells: cells.length, columns: columns.length }),
      });
    } else {
      lines[line - 1] = cell.replaceAll(/[\r\n]+/g, ' ');
      if (surplus.length > 0) found.surplus.push({ line, text: surplus.join(', ') });
    }
  }
  found.text = lines.join('\n');
  return found;
}

/** What a column comes to. */
export interface ColumnUsers {
  /** Lines for a field of users: IDs, and words without a server part as they are. */
  lines: string[];
  ids: number;
  words: number;
  /** Every row and line of the file that gives no user, with its reason. */
  problems: LineProblem[];
  notes: Text[];
}

const SURPLUS_SHOWN = 5;

function surplusWords(surplus: readonly Surplus[]): Text[] {
  if (surplus.length === 0) return [];
  const shown = surplus
    .slice(0, SURPLUS_SHOWN)
    .map(({ line, text }) => withValues(LINE, { line, text: shortened(text, 40) }));
  const more = surplus.length - shown.length;
  const lines = commaList(shown);
  return [more > 0 ? withValues(MORE_SURPLUS, { lines, more }) : withValues(SURPLUS, { lines })];
}

const LINE = /*i18n*/ { id: 'table.line', message: 'line {line, number} (“{text}”)' } as const;
const SURPLUS = /*i18n*/ {
  id: 'table.surplus',
  message: 'Ignored cells beyond the last column of the header: {lines}.',
} as const;
const MORE_SURPLUS = /*i18n*/ {
  id: 'table.more-surplus',
  message: 'Ignored cells beyond the last column of the header: {lines} and {more, number} more.',
} as const;

export function* usersIn(table: Table, column: number, serverName: string): Generator<void, ColumnUsers> {
  const cells = yield* cellsIn(table, column);
  const parsed = yield* userIdsIn(cells.text, serverName, 'never');
  // A word may be a user of this server: the field asks, so here it is no problem yet.
  const left = parsed.problems.filter(({ waits }) => !waits);
  return {
    lines: [...parsed.ids.map(exactLine), ...parsed.waiting],
    ids: parsed.ids.length,
    words: parsed.waiting.length,
    problems: [...table.skipped, ...left, ...cells.problems].toSorted((a, b) => a.line - b.line),
    notes: [...table.notes, ...surplusWords(cells.surplus), ...removedWords(parsed.removed)],
  };
}
