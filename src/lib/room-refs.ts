import { Comments } from './comments';
import { ALREADY, COMMENT, entriesOf, isSentence, SENTENCE, type Removed } from './entries';
import { headProblem, isJsonLine, isJsonMember, JSON_REASON } from './heads';
import { atOnce, linesInPieces } from './in-turns';
import type { LineProblem } from './mxid';
import { isAnyAlias, isAnyRoomId } from './recognise';
import { withValues, type Message } from './text';

/** A room as somebody names it: an alias or an ID, with servers to join through where they were given. */
export interface RoomRef {
  /** `#alias:server`, `!id:server`, or from room version 12 on `!id` without a server part. */
  ref: string;
  via: readonly string[];
}

export interface ParsedRoomRefs {
  refs: RoomRef[];
  /** Every entry that is not used, with its reason. */
  problems: LineProblem[];
  removed: Removed;
}

export const isRoomId = (text: string): boolean => isAnyRoomId(text) && !/\s/.test(text);
export const isAlias = (text: string): boolean => isAnyAlias(text) && !/\s/.test(text);

const ALIAS_FORM = /*i18n*/ { id: 'paste.alias-form', message: 'A room alias looks like #name:server.' };
const ROOM_ID_FORM = /*i18n*/ {
  id: 'paste.room-id-form',
  message: 'A room ID looks like !id:server or, since room version 12, like ! and 43 characters.',
};
const NO_LINK = /*i18n*/ { id: 'paste.room-link', message: 'This link does not point to a room.' };
const NO_ROOM = /*i18n*/ {
  id: 'paste.room-form',
  message: 'Name a room by its alias (#name:server), its room ID (!…) or a link to it.',
};
const USER = /*i18n*/ { id: 'paste.user-for-room', message: 'This is a user, not a room.' };
const EMAIL = /*i18n*/ { id: 'paste.email-for-room', message: 'This is an email address, not a room.' };

function problemOf(word: string): Message {
  if (word.startsWith('#')) return ALIAS_FORM;
  if (word.startsWith('!')) return ROOM_ID_FORM;
  return /^[a-z][a-z0-9+.-]*:/i.test(word) ? NO_LINK : NO_ROOM;
}

/**
 * Reads pasted rooms: one a line, or set apart by commas, semicolons or spaces, with or without a name beside them, as links
 * of any client. What is not used is named with line and reason. An alias and an ID of the same room can only be told to be
 * the same by the server.
 */
export const parseRoomRefs = (text: string): ParsedRoomRefs => atOnce(roomRefsIn(text));

/** Lines between two looks at the clock. */
const STEP = 200;

/** The same, for long texts: see `inTurns`. */
export function* roomRefsIn(text: string): Generator<void, ParsedRoomRefs> {
  const lineOf = new Map<string, number>();
  const parsed: ParsedRoomRefs = { refs: [], problems: [], removed: { invisible: 0, around: 0, names: 0 } };
  const { removed, problems } = parsed;
  const comments = new Comments({ aliases: true });
  const readLine = (content: string, line: number): void => {
    const entries = entriesOf(content);
    const head = headProblem(entries, false);
    if (head !== null) {
      problems.push({ line, text: content.trim(), reason: head });
      return;
    }
    if (isJsonLine(content)) {
      problems.push({ line, text: content.trim(), reason: JSON_REASON });
      return;
    }
    if (comments.has(content)) {
      if (entries.length > 0) problems.push({ line, text: content.trim(), reason: COMMENT });
      return;
    }
    for (const entry of entries) {
      if (isJsonMember(entry.text)) {
        problems.push({ line, text: entry.text, reason: JSON_REASON });
        continue;
      }
      if (isSentence(entry)) {
        problems.push({ line, text: entry.text, reason: SENTENCE });
        continue;
      }
      const rest: string[] = [];
      const rooms = entry.words.filter(({ named }) => named?.kind === 'room' || named?.kind === 'alias');
      for (const { word, named, wrapped } of entry.words) {
        if (named === null) rest.push(word);
        else if (named.kind === 'user') problems.push({ line, text: word, reason: USER });
        else if (named.kind === 'email') problems.push({ line, text: word, reason: EMAIL });
        else {
          const first = lineOf.get(named.id);
          if (first !== undefined) problems.push({ line, text: word, reason: withValues(ALREADY, { line: first }) });
          else {
            lineOf.set(named.id, line);
            parsed.refs.push({ ref: named.id, via: named.via });
          }
          if (wrapped && rest.length === 0) removed.around += 1;
        }
      }
      if (entry.invisible) removed.invisible += 1;
      const isName = rooms.length === 1 && (rooms[0]?.wrapped === true || rest.every((word) => /^\d+$/.test(word)));
      if (isName && rest.length > 0) removed.names += 1;
      else for (const word of rest) problems.push({ line, text: word, reason: problemOf(word) });
    }
  };
  let line = 0;
  for (const lines of linesInPieces(text)) {
    for (const content of lines) {
      line += 1;
      readLine(content, line);
      if (line % STEP === 0) yield;
    }
  }
  return parsed;
}
