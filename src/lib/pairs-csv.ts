import type { LineProblem } from './mxid';
import { parseUserIds } from './mxid';
import { parseRoomRefs, type RoomRef } from './room-refs';

/** A user and a room out of one line of a CSV file. */
export interface Pair {
  userId: string;
  room: RoomRef;
}

export interface ParsedPairs {
  pairs: Pair[];
  problems: LineProblem[];
}

const USER_HEADS = new Set(['user', 'user_id', 'userid', 'mxid', 'member', 'name']);
const ROOM_HEADS = new Set(['room', 'room_id', 'roomid', 'alias', 'room_alias', 'canonical_alias']);

/** Lines read between two turns of the page. */
const BATCH = 2000;

/**
 * Reads “user, room” lines: with comma, semicolon or tab, quoted or not, with or without a byte order mark and a head that
 * names the columns (else the first is the user, the second the room). Bad lines are named and the good ones kept.
 * A cell can't hold a line break: no id does, and so the line numbers are those that an editor shows.
 */
export async function parsePairs(text: string, serverName: string): Promise<ParsedPairs> {
  // Only who uses a CSV loads its parser.
  const { default: Papa } = await import('papaparse');
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const delimiter = delimiterOf(lines.find((line) => line.trim() !== '') ?? '');
  const parsed: ParsedPairs = { pairs: [], problems: [] };
  const seen = new Map<string, number>();
  let columns: Columns | null = null;
  for (let from = 0; from < lines.length; from += BATCH) {
    const { data } = Papa.parse<string[]>(lines.slice(from, from + BATCH).join('\n'), { delimiter, newline: '\n' });
    columns ??= columnsOf(data[0] ?? []);
    for (const [offset, cells] of data.entries()) {
      const index = from + offset;
      if (index < columns.firstRow || cells.every((cell) => cell.trim() === '')) continue;
      readLine(cells, index + 1, columns, serverName, seen, parsed);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  }
  return parsed;
}

function delimiterOf(line: string): string {
  return line.includes(';') ? ';' : line.includes('\t') ? '\t' : ',';
}

function readLine(
  cells: readonly string[],
  line: number,
  columns: Columns,
  serverName: string,
  seen: Map<string, number>,
  parsed: ParsedPairs,
): void {
  const pair = pairOf(cells, columns, serverName);
  const key = typeof pair === 'string' ? '' : `${pair.userId} ${pair.room.ref}`;
  const first = seen.get(key);
  if (typeof pair === 'string') parsed.problems.push({ line, text: cells.join(', '), reason: pair });
  else if (first !== undefined) {
    parsed.problems.push({ line, text: cells.join(', '), reason: `Already named in line ${first}.` });
  } else {
    seen.set(key, line);
    parsed.pairs.push(pair);
  }
}

interface Columns {
  user: number;
  room: number;
  firstRow: number;
}

function columnsOf(head: readonly string[]): Columns {
  const names = head.map((cell) => cell.trim().toLowerCase());
  const user = names.findIndex((name) => USER_HEADS.has(name));
  const room = names.findIndex((name) => ROOM_HEADS.has(name));
  return user >= 0 && room >= 0 ? { user, room, firstRow: 1 } : { user: 0, room: 1, firstRow: 0 };
}

function pairOf(cells: readonly string[], columns: Columns, serverName: string): Pair | string {
  const userText = cells[columns.user]?.trim() ?? '';
  const roomText = cells[columns.room]?.trim() ?? '';
  if (userText === '' || roomText === '') return 'A line needs a user and a room.';
  const users = parseUserIds(userText, serverName);
  const userId = users.ids[0];
  if (users.ids.length !== 1 || userId === undefined) {
    return users.problems[0]?.reason ?? 'One user a line.';
  }
  const rooms = parseRoomRefs(roomText);
  const room = rooms.refs[0];
  if (rooms.refs.length !== 1 || room === undefined) return rooms.problems[0]?.reason ?? 'One room a line.';
  return { userId, room };
}
