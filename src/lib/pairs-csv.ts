import { ALREADY, type Removed } from './entries';
import { headWord, ROOM_HEADS, USER_HEADS } from './heads';
import { inTurns } from './in-turns';
import { invariant } from './invariant';
import { isSureLocalpart, NO_SERVER, parseUserIds, type Completion, type LineProblem } from './mxid';
import { parseRoomRefs, type RoomRef } from './room-refs';
import {
  columnLabels,
  columnOf,
  headedWords,
  kindOf,
  readTable,
  rowText,
  type Table,
  type TableColumn,
  type TableRow,
} from './table-csv';
import { commaList, withValues, type Text } from './text';

/** A user and a room out of one line of a CSV file. */
export interface Pair {
  userId: string;
  room: RoomRef;
}

/** Which columns hold the users and the rooms; from 0. */
export interface PairColumns {
  user: number;
  room: number;
}

export interface ParsedPairs {
  pairs: Pair[];
  problems: LineProblem[];
  /** What was taken off, skipped and not used, in sentences. */
  removed: Removed;
  notes: Text[];
  columns: TableColumn[];
  used: PairColumns;
  /** IDs that were bare words. */
  completed: string[];
  waiting: string[];
  waitingLines: ReadonlySet<number>;
  delimiter: string;
}

export const NO_PAIRS: ParsedPairs = {
  pairs: [],
  problems: [],
  removed: { invisible: 0, around: 0, names: 0 },
  notes: [],
  columns: [],
  used: { user: 0, room: 1 },
  completed: [],
  waiting: [],
  waitingLines: new Set(),
  delimiter: ',',
};

/**
 * Reads “user, room” lines of a table: the columns are those whose cells look like users and rooms, unless `wanted` says
 * which. Bad lines are named and the good ones kept. A cell can't hold a line break: no ID does, and so the line numbers are
 * those that an editor shows.
 */
export async function parsePairs(
  text: string,
  serverName: string,
  completion: Completion = 'never',
  wanted: PairColumns | null = null,
): Promise<ParsedPairs> {
  const table = await readTable(text, { spanLines: 1 });
  // Words that were preferred to whole IDs in another column wait for somebody to look at them.
  const isSure = wanted !== null || !isUnsure(table);
  const parsed = await inTurns(pairsIn(table, serverName, isSure ? completion : 'never', wanted ?? columnsOf(table)));
  invariant(parsed, 'pairs that are always wanted');
  return parsed;
}

/** Rows between two looks at the clock. */
const STEP = 50;

function* pairsIn(
  table: Table,
  serverName: string,
  completion: Completion,
  used: PairColumns,
): Generator<void, ParsedPairs> {
  const parsed: ParsedPairs = {
    ...NO_PAIRS,
    removed: { ...NO_PAIRS.removed },
    pairs: [],
    problems: [...table.skipped],
    notes: notesOn(table, used),
    columns: table.columns,
    delimiter: table.delimiter,
    used,
  };
  const rows: ReadRow[] = [];
  for (const row of table.rows) {
    rows.push(readRow(row, table, used, serverName, parsed));
    if (rows.length % STEP === 0) yield;
  }
  finish(rows, serverName, completion, parsed);
  parsed.problems.sort((a, b) => a.line - b.line);
  return parsed;
}

const isUnsure = ({ columns }: Table): boolean =>
  columns.some(({ users }) => users > 0) && columnOf(columns, 'users', USER_HEADS) === null;

const other = (taken: number | null): number => (taken === 0 ? 1 : 0);

/** By the cells, else by the heads, else the first two. */
function columnsOf({ columns }: Table): PairColumns {
  const user = columnOf(columns, 'users', USER_HEADS) ?? headedWords(columns) ?? named(columns, USER_HEADS);
  const room = columnOf(columns, 'rooms', ROOM_HEADS) ?? named(columns, ROOM_HEADS);
  if (user === null || user === room) return { user: other(room), room: room ?? 1 };
  return { user, room: room ?? other(user) };
}

function named(columns: readonly TableColumn[], heads: readonly string[]): number | null {
  const words = columns.map(({ name }) => headWord(name));
  const head = heads.find((one) => words.includes(one));
  return head === undefined ? null : words.indexOf(head);
}

interface ReadRow {
  line: number;
  text: string;
  /** A whole ID, or a word that may become one; null: the row is among the problems. */
  user: { id: string } | { word: string } | null;
  room: RoomRef | null;
}

function readRow(
  { cells, line }: TableRow,
  table: Table,
  used: PairColumns,
  serverName: string,
  parsed: ParsedPairs,
): ReadRow {
  const text = rowText(cells);
  const bad = (reason: Text): ReadRow => {
    parsed.problems.push({ line, text, reason });
    return { line, text, user: null, room: null };
  };
  const userText = cells[used.user]?.trim() ?? '';
  const roomText = cells[used.room]?.trim() ?? '';
  if (userText === '' || roomText === '') return bad(NO_PAIR);
  const more = surplusProblem(cells, table, used);
  if (more !== null) return bad(more);
  const users = parseUserIds(userText, serverName);
  const [userId] = users.ids;
  const [word] = users.waiting;
  if (users.ids.length + users.waiting.length !== 1) {
    return bad(users.waiting.length > 0 ? ONE_USER : (users.problems[0]?.reason ?? ONE_USER));
  }
  // A word that waits is a problem by itself; any other says that the cell holds more than its user.
  const left = users.problems.find(({ waits }) => !waits);
  if (left) return bad(left.reason);
  const rooms = parseRoomRefs(roomText);
  const [room] = rooms.refs;
  if (rooms.refs.length !== 1 || room === undefined) return bad(rooms.problems[0]?.reason ?? ONE_ROOM);
  if (rooms.problems[0]) return bad(rooms.problems[0].reason);
  add(parsed.removed, users.removed);
  add(parsed.removed, rooms.removed);
  return { line, text, user: userId === undefined ? { word: word ?? '' } : { id: userId }, room };
}

function add(sum: Removed, more: Removed): void {
  sum.invisible += more.invisible;
  sum.around += more.around;
  sum.names += more.names;
}

/** Why cells beyond the two make it unsure which are meant, or null. */
function surplusProblem(cells: readonly string[], { columns, hasHead }: Table, used: PairColumns): Text | null {
  if (hasHead && cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
    return withValues(TOO_MANY_CELLS, { cells: cells.length, columns: columns.length });
  }
  const other = cells.some(
    (cell, index) => !hasHead && index !== used.user && index !== used.room && kindOf(cell) !== null,
  );
  return other ? MORE_THAN_A_PAIR : null;
}

const NO_PAIR = /*i18n*/ { id: 'pairs.incomplete', message: 'A line needs a user and a room.' };
const ONE_USER = /*i18n*/ { id: 'pairs.one-user', message: 'Put only one user on a line.' };
const ONE_ROOM = /*i18n*/ { id: 'pairs.one-room', message: 'Put only one room on a line.' };
const TOO_MANY_CELLS = /*i18n*/ {
  id: 'pairs.too-many-cells',
  message:
    'This line has {cells, number} cells and the header has {columns, number}, so it is unclear which cells are the user and the room.',
} as const;
const MORE_THAN_A_PAIR = /*i18n*/ {
  id: 'pairs.more-than-a-pair',
  message: 'More than one user and one room. Put each pair on a line of its own.',
};

/** Completes what may be, and names what is left and what was there before. */
function finish(rows: readonly ReadRow[], serverName: string, completion: Completion, parsed: ParsedPairs): void {
  const all =
    completion === 'alone' && rows.every(({ user }) => user !== null && 'word' in user && isSureLocalpart(user.word));
  const seen = new Map<string, number>();
  const completed = new Set<string>();
  const waiting = new Set<string>();
  const waitingLines = new Set<number>();
  for (const { line, text, user, room } of rows) {
    if (user === null || room === null) continue;
    if ('word' in user && !all) {
      waiting.add(user.word);
      waitingLines.add(line);
      parsed.problems.push({ line, text, reason: withValues(NO_SERVER, { serverName }), waits: true });
      continue;
    }
    const userId = 'word' in user ? `@${user.word}:${serverName}` : user.id;
    const key = `${userId} ${room.ref}`;
    const first = seen.get(key);
    if (first !== undefined) {
      parsed.problems.push({ line, text, reason: withValues(ALREADY, { line: first }) });
      continue;
    }
    seen.set(key, line);
    if ('word' in user) completed.add(userId);
    parsed.pairs.push({ userId, room });
  }
  parsed.completed = [...completed];
  parsed.waiting = [...waiting];
  parsed.waitingLines = waitingLines;
}

function notesOn({ columns, notes }: Table, { user, room }: PairColumns): Text[] {
  const labels = columnLabels(columns);
  const unused = labels.filter((_, index) => (columns[index]?.filled ?? 0) > 0 && index !== user && index !== room);
  if (unused.length === 0) return notes;
  const names = commaList(unused.slice(0, SHOWN));
  const more = unused.length - SHOWN;
  return [
    ...notes,
    more > 0 ? withValues(MORE_UNUSED, { names, more }) : withValues(UNUSED, { count: unused.length, names }),
  ];
}

const SHOWN = 5;
const UNUSED = /*i18n*/ {
  id: 'pairs.unused',
  message: '{count, plural, one {# column is not used: {names}.} other {# columns are not used: {names}.}}',
} as const;
const MORE_UNUSED = /*i18n*/ {
  id: 'pairs.more-unused',
  message: 'These columns are not used: {names} and {more, number} more.',
} as const;
