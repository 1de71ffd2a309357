import type { LineProblem } from './mxid';

/** A room as somebody names it: an alias or an id, with servers to join through where they were given. */
export interface RoomRef {
  /** `#alias:server`, `!id:server`, or from room version 12 on `!id` without a server part. */
  ref: string;
  via: readonly string[];
}

export interface ParsedRoomRefs {
  refs: RoomRef[];
  problems: LineProblem[];
}

const SEPARATORS = /[\s,;]+/;
/** `!opaque:server`, or `!` and 43 characters of url-safe base64 (`synapse/types/__init__.py:430-487`). */
const ROOM_ID = /^!(?:[^:\s]+:[^/?#\s]+|[A-Za-z0-9_-]{43})$/;
const ALIAS = /^#[^:\s]+:[^/?#\s]+$/;

export const isRoomId = (text: string): boolean => ROOM_ID.test(text);
export const isAlias = (text: string): boolean => ALIAS.test(text);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const viaOf = (query: string | undefined): string[] => new URLSearchParams(query ?? '').getAll('via');

/** `https://matrix.to/#/#a:b?via=c`, also percent-encoded; `matrix:r/a:b`, `matrix:roomid/x:y?via=c`. */
function unlinked(word: string): RoomRef {
  const link = /^https?:\/\/matrix\.to\/#\/([^?/]+)(?:\/[^?]*)?(?:\?(.*))?$/i.exec(word);
  if (link) return { ref: decoded(link[1] ?? ''), via: viaOf(link[2]) };
  const uri = /^matrix:(r|roomid)\/([^?/]+)(?:\/[^?]*)?(?:\?(.*))?$/i.exec(word);
  if (!uri) return { ref: word, via: [] };
  const sigil = uri[1]?.toLowerCase() === 'r' ? '#' : '!';
  return { ref: sigil + decoded(uri[2] ?? ''), via: viaOf(uri[3]) };
}

function problemOf(ref: string): string | null {
  if (isRoomId(ref) || isAlias(ref)) return null;
  if (ref.startsWith('@')) return 'This is a user, not a room.';
  if (ref.startsWith('#')) return 'A room alias has the form #name:server.';
  if (ref.startsWith('!')) return 'A room id has the form !id:server, or from room version 12 on ! and 43 characters.';
  return 'A room is named by its alias (#name:server), its id (!…) or a matrix.to link.';
}

/**
 * Reads pasted rooms: one a line, or set apart by commas, semicolons or spaces. Bad ones are named with line and reason, and
 * the good ones kept. An alias and an id of the same room can only be told to be the same by the server.
 */
export function parseRoomRefs(text: string): ParsedRoomRefs {
  const lineOf = new Map<string, number>();
  const parsed: ParsedRoomRefs = { refs: [], problems: [] };
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  lines.forEach((content, index) => {
    const line = index + 1;
    for (const raw of content.split(SEPARATORS)) {
      const word = raw.replaceAll(/^["'<]+|["'>]+$/g, '');
      if (word === '') continue;
      const room = unlinked(word);
      const first = lineOf.get(room.ref);
      const reason = problemOf(room.ref) ?? (first === undefined ? null : `Already named in line ${first}.`);
      if (reason !== null) parsed.problems.push({ line, text: raw, reason });
      else {
        lineOf.set(room.ref, line);
        parsed.refs.push(room);
      }
    }
  });
  return parsed;
}
