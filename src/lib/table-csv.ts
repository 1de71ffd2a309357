import { Comments } from './comments';
import { COMMENT } from './entries';
import { isFooter, isHeadRow, isProgramLine, isRule, PROGRAM_LINE, RULE, USER_HEADS, headWord } from './heads';
import { inTurns, linesInPieces } from './in-turns';
import { invariant } from './invariant';
import { withoutInvisible } from './invisible';
import type { LineProblem } from './mxid';
import { named, unwrap } from './recognise';
import { shortened } from './shown-text';
import { withValues, type Text } from './text';

/** Reading CSV that people and spreadsheets made: comma, semicolon, tab or bar, quoted or not, with lines above the head. */

export interface TableRow {
  cells: readonly string[];
  /** From 1, as an editor shows it: where the row begins. */
  line: number;
}

/** A column, and what its cells look like: that decides which one is meant, more than its head. */
export interface TableColumn {
  /** Its head; empty where it has none. */
  name: string;
  /** The first values, for the eye. */
  samples: string[];
  filled: number;
  users: number;
  rooms: number;
  /** Cells that could be the first part of a user ID. */
  words: number;
}

export interface Table {
  /** Without the head. */
  rows: TableRow[];
  columns: TableColumn[];
  delimiter: string;
  /** The columns have names. */
  hasHead: boolean;
  /** Lines that hold no row, with the reason: a title, what a program wrote. */
  skipped: LineProblem[];
  /** What else should be known: columns of one name, blank lines. */
  notes: Text[];
}

/** Rows read between two looks at the clock. */
const STEP = 100;
/** Within so many rows a head is looked for; Glia's own reports have 15 lines above it. */
const HEAD_WITHIN = 60;
const SAMPLES = 4;

/** A row as it is named to somebody: what is in it. */
export const rowText = (cells: readonly string[]): string =>
  cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(', ');

/** @param spanLines so many lines a quoted cell may span: 1 where no cell can hold a line break, as IDs don't */
export async function readTable(text: string, { spanLines }: { spanLines: number }): Promise<Table> {
  // Only who uses a CSV loads its parser.
  const { default: Papa } = await import('papaparse');
  const parse = (row: string, delimiter: string) => Papa.parse<string[]>(row, { delimiter }).data[0] ?? [];
  const table = await inTurns(tableIn(text, spanLines, parse));
  invariant(table, 'a table that is always wanted');
  return table;
}

type ParseRow = (row: string, delimiter: string) => string[];

function* tableIn(text: string, spanLines: number, parse: ParseRow): Generator<void, Table> {
  const skipped: LineProblem[] = [];
  const { rows, blank, delimiter } = yield* rowsIn(text, spanLines, skipped, parse);
  const head = headOf(rows);
  const first = head === null ? firstRow(rows) : head + 1;
  for (const [index, row] of rows.slice(0, first).entries()) {
    if (index !== head) skipped.push({ line: row.line, text: rowText(row.cells), reason: ABOVE });
  }
  const data = rows.slice(first);
  const columns = yield* columnsIn(data, head === null ? [] : (rows[head]?.cells ?? []));
  const sorted = skipped.toSorted((a, b) => a.line - b.line);
  return { rows: data, columns, delimiter, hasHead: head !== null, skipped: sorted, notes: notesOn(columns, blank) };
}

function* rowsIn(text: string, spanLines: number, skipped: LineProblem[], parse: ParseRow) {
  const lines: string[] = [];
  for (const piece of linesInPieces(text)) {
    for (const line of piece) lines.push(line);
    yield;
  }
  const rows: TableRow[] = [];
  const { index: start, delimiter } = beginOf(lines);
  const framed = isFramed(lines, delimiter);
  const comments = new Comments({ aliases: true, semicolons: delimiter === ';' });
  let blank = 0;
  for (let index = 0; index < lines.length;) {
    const line = lines[index] ?? '';
    const count = linesOfRow(lines, index, spanLines);
    if (index <= start && isProgramLine(line)) {
      skipped.push({ line: index + 1, text: line, reason: PROGRAM_LINE });
    } else if (!comments.open && isRule(line)) {
      skipped.push({ line: index + 1, text: line, reason: RULE });
    } else if (!comments.open && isFooter(line)) {
      skipped.push({ line: index + 1, text: line, reason: PROGRAM_LINE });
    } else if (comments.has(line)) {
      skipped.push({ line: index + 1, text: line.trim(), reason: COMMENT });
    } else {
      const row = count === 1 ? line : lines.slice(index, index + count).join('\n');
      // Only quotes make CSV more than separators: nearly all lines have none.
      const cells = row.includes('"') ? parse(row, delimiter) : row.split(delimiter);
      if (framed && cells.length > 2) cells.splice(0, cells.length, ...cells.slice(1, -1));
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ cells, line: index + 1 });
      else if (index < lines.length - 1) blank += 1;
    }
    index += count;
    if (rows.length % STEP === 0) yield;
  }
  return { rows, blank, delimiter };
}

/** A bar at both ends of each line, as MySQL and Markdown write it, sets no cell apart. */
function isFramed(lines: readonly string[], delimiter: string): boolean {
  if (delimiter !== '|') return false;
  const rows = lines.filter((line) => line.includes('|') && !isRule(line)).slice(0, LOOK_AT);
  return rows.every((line) => /^\s*\|.*\|\s*$/.test(line));
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

/** A semicolon wins where both would do: a comma may stand inside names. */
const DELIMITERS = [';', '\t', ',', '|'] as const;
/** Lines by which the delimiter is told. */
const LOOK_AT = 100;

/** What sets the cells apart: said by a spreadsheet's own first line, else what most lines have equally many of. */
function beginOf(lines: readonly string[]): { index: number; delimiter: string } {
  const programs = lines.slice(0, 5).findLastIndex(isProgramLine);
  const said = lines.slice(0, programs + 1).flatMap((line) => /^\s*["']?sep=(.)/i.exec(line)?.[1] ?? [])[0];
  return { index: programs, delimiter: said ?? delimiterOf(lines.slice(programs + 1)) };
}

export function delimiterOf(lines: readonly string[]): string {
  const seen: string[] = [];
  for (const line of lines) {
    if (line.trim() !== '' && !isRule(line)) seen.push(line.replaceAll(/"[^"]*"/g, ''));
    if (seen.length === LOOK_AT) break;
  }
  let best: { delimiter: string; lines: number } = { delimiter: ',', lines: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = new Map<number, number>();
    for (const line of seen) {
      const count = line.split(delimiter).length - 1;
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    const most = Math.max(0, ...counts.values());
    if (most > best.lines) best = { delimiter, lines: most };
  }
  return best.delimiter;
}

/** The row with the columns' names: the widest that looks like one. Null: there is none. */
function headOf(rows: readonly TableRow[]): number | null {
  let best: number | null = null;
  const width = (index: number) => rows[index]?.cells.filter((cell) => cell.trim() !== '').length ?? 0;
  for (let index = 0; index < Math.min(rows.length, HEAD_WITHIN); index += 1) {
    if (isHeadRow(rows[index]?.cells ?? []) && (best === null || width(index) > width(best))) best = index;
  }
  if (best !== null) return best;
  // A head in other words: no IDs in it, and IDs below it.
  const first = firstRow(rows);
  const cells = rows[first]?.cells ?? [];
  const below = rows[first + 1]?.cells ?? [];
  const names = cells.every((cell) => cell.trim() !== '' && !/[@#!:\d]/.test(cell));
  return cells.length > 1 && names && below.length === cells.length && below.some((cell) => kindOf(cell) !== null)
    ? first
    : null;
}

/** Titles have fewer cells than the table that they stand above. */
function firstRow(rows: readonly TableRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows.slice(0, LOOK_AT)) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const usual = [...counts].toSorted(([a, many], [b, more]) => more - many || b - a)[0]?.[0] ?? 1;
  const first = rows.findIndex(({ cells }) => cells.length >= usual || cells.some((cell) => kindOf(cell) !== null));
  return Math.max(0, first);
}

/** What a cell holds: a user, a room, or neither. */
export function kindOf(cell: string): 'user' | 'room' | null {
  if (!/[@#!:]/.test(cell)) return null;
  for (const word of withoutInvisible(cell).trim().split(/\s+/)) {
    const found = named(word) ?? unwrap(word).named;
    if (found?.kind === 'user') return 'user';
    if (found?.kind === 'room' || found?.kind === 'alias') return 'room';
  }
  return null;
}

function* columnsIn(rows: readonly TableRow[], heads: readonly string[]): Generator<void, TableColumn[]> {
  let width = heads.length;
  if (width === 0) for (const { cells } of rows) width = Math.max(width, cells.length);
  const columns = Array.from({ length: width }, (_, index): TableColumn => {
    const name = heads[index]?.trim() ?? '';
    return { name, samples: [], filled: 0, users: 0, rooms: 0, words: 0 };
  });
  for (const [row, { cells }] of rows.entries()) {
    for (const [index, column] of columns.entries()) count(column, cells[index] ?? '');
    if (row % STEP === 0) yield;
  }
  return columns;
}

function count(column: TableColumn, cell: string): void {
  const text = cell.trim();
  if (text === '') return;
  column.filled += 1;
  if (column.samples.length < SAMPLES) column.samples.push(text);
  const kind = kindOf(text);
  if (kind === 'user') column.users += 1;
  else if (kind === 'room') column.rooms += 1;
  else if (/^@?[A-Za-z0-9._=/+-]+$/.test(text)) column.words += 1;
}

function notesOn(columns: readonly TableColumn[], blank: number): Text[] {
  const heads = columns.map(({ name }) => headWord(name));
  const twice = columns.filter((_, index) => heads[index] !== '' && heads.indexOf(heads[index] ?? '') < index);
  const names = [...new Set(twice.map(({ name }) => name))];
  return [
    ...names.map((name) => withValues(SAME_NAME, { name: shortened(name, 60) })),
    ...(blank > 0 ? [withValues(BLANK, { count: blank })] : []),
  ];
}

const ABOVE = /*i18n*/ { id: 'table.above', message: 'Above the table.' };
const SAME_NAME = /*i18n*/ { id: 'table.same-name', message: 'More than one column is called “{name}”.' } as const;
const BLANK = /*i18n*/ {
  id: 'table.blank',
  message: 'Skipped {count, plural, one {# blank line} other {# blank lines}}.',
} as const;

/** What a column is called where it is chosen: by its number where it has no head, or where several have the same. */
export function columnLabels(columns: readonly TableColumn[]): Text[] {
  const heads = columns.map(({ name }) => headWord(name));
  return columns.map(({ name }, index) => {
    const number = index + 1;
    if (name === '') return withValues(UNNAMED, { number });
    const isUnique = heads.filter((head) => head === heads[index]).length === 1;
    const short = shortened(name, 60);
    return isUnique ? short : withValues(NUMBERED, { name: short, number });
  });
}

const UNNAMED = /*i18n*/ { id: 'table.column', message: 'Column {number, number}' } as const;
const NUMBERED = /*i18n*/ { id: 'table.column-numbered', message: '{name} (column {number, number})' } as const;

/**
 * The column that most likely holds what is looked for, or null. Cells decide: at least half as many IDs as the fullest such
 * column. Among those the best head does.
 */
export function columnOf(
  columns: readonly TableColumn[],
  kind: 'users' | 'rooms',
  heads: readonly string[],
): number | null {
  const most = Math.max(0, ...columns.map((column) => column[kind]));
  const rank = ({ name }: TableColumn) => {
    const at = heads.indexOf(headWord(name));
    return at < 0 ? heads.length : at;
  };
  let best: number | null = null;
  columns.forEach((column, index) => {
    const fits = most > 0 ? column[kind] * 2 >= most : kind === 'users' && isWords(column);
    const held = best === null ? undefined : columns[best];
    if (
      fits &&
      (held === undefined || rank(column) < rank(held) || (rank(column) === rank(held) && column[kind] > held[kind]))
    ) {
      best = index;
    }
  });
  return kind === 'users' && mayBeOthers(columns, best) ? null : best;
}

/**
 * Whole IDs under `manager` beside words under `username`: the IDs are most likely other people's, and the words are those who
 * are meant.
 */
const mayBeOthers = (columns: readonly TableColumn[], column: number | null): boolean =>
  column !== null && !USER_HEADS.includes(headWord(columns[column]?.name ?? '')) && headedWords(columns) !== null;

/** The column that is best named as users' columns are and holds words, or null. Numbers name nobody. */
export function headedWords(columns: readonly TableColumn[]): number | null {
  const rank = ({ name, words, samples }: TableColumn) =>
    words > 0 && !samples.every((sample) => /^\d+$/.test(sample)) ? USER_HEADS.indexOf(headWord(name)) : -1;
  let best: number | null = null;
  columns.forEach((column, index) => {
    const held = best === null ? undefined : columns[best];
    if (rank(column) >= 0 && (held === undefined || rank(column) < rank(held))) best = index;
  });
  return best;
}

/** Named as users' columns are, and with nothing in it that can't be the first part of an ID: `front desk` can't. */
const isWords = ({ name, filled, words }: TableColumn): boolean =>
  filled > 0 && words === filled && USER_HEADS.includes(headWord(name));
