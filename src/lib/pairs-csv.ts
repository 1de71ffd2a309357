import type { LineProblem } from './mxid';
import { parseUserIds } from './mxid';
import { parseRoomRefs, type RoomRef } from './room-refs';
import { columnNamed, readTable, ROOM_HEADS, USER_HEADS } from './table-csv';

/** A user and a room out of one line of a CSV file. */
export interface Pair {
  userId: string;
  room: RoomRef;
}

export interface ParsedPairs {
  pairs: Pair[];
  problems: LineProblem[];
}

/**
 * Reads “user, room” lines: with comma, semicolon or tab, quoted or not, with or without a byte order mark and a head that
 * names the columns (else the first is the user, the second the room). Bad lines are named and the good ones kept.
 * A cell can't hold a line break: no id does, and so the line numbers are those that an editor shows.
 */
export async function parsePairs(text: string, serverName: string): Promise<ParsedPairs> {
  const parsed: ParsedPairs = { pairs: [], problems: [] };
  const seen = new Map<string, number>();
  let columns: Columns | null = null;
  await readTable(text, { spanLines: 1 }, ({ cells, line }) => {
    if (columns === null) {
      columns = columnsOf(cells);
      if (columns.named) return;
    }
    readLine(cells, line, columns, serverName, seen, parsed);
  });
  return parsed;
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
  /** By a head: then the first line holds no pair. */
  named: boolean;
}

function columnsOf(head: readonly string[]): Columns {
  const user = columnNamed(head, USER_HEADS);
  const room = columnNamed(head, ROOM_HEADS);
  return user >= 0 && room >= 0 ? { user, room, named: true } : { user: 0, room: 1, named: false };
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
