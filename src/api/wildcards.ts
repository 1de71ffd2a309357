import type { RoomRow, RoomsQuery } from './rooms';
import type { UserRow, UsersQuery } from './users';

/**
 * Synapse puts what is searched for into an SQL LIKE as it is (`store/__init__.py`, `store/room.py:833-862`): `_` means any
 * character there, `%` any text, and on PostgreSQL `\` takes the next character literally. So an answer may hold what does not
 * match at all. Whoever acts on “all that match” checks each by these; a backslash can’t be sent, since SQLite has none.
 */
export const hasWildcards = (text: string | undefined): boolean => /[_%\\]/.test(text ?? '');

const has = (text: string | null | undefined, wanted: string): boolean =>
  text?.toLowerCase().includes(wanted.toLowerCase()) ?? false;

/** The part before the first colon, without the sign. */
const localpart = (id: string): string => id.slice(1).split(':')[0] ?? '';

/**
 * On a server whose name has a port, the server part is searched too: Synapse takes what is before any colon for the localpart
 * (`LIKE '@%…%:%'`), and there a second one follows.
 */
export const hasPort = (id: string | null | undefined): boolean => id != null && id.split(':').length > 2;

/**
 * The usual prefix of accounts that an application service manages. Synapse lets nobody else register such a name; a bridge may use
 * other names too, which only the account itself tells (`appservice_id`).
 */
export const looksBridged = (userId: string): boolean => userId.startsWith('@_');

/**
 * Whether the user really matches the search, and is none that the reader has to leave out. Without wildcards, and without a port,
 * the server’s word counts.
 */
export function fitsUserSearch(
  { name: wanted, bridged }: UsersQuery,
  user: Pick<UserRow, 'name' | 'displayname'>,
): boolean {
  if (bridged === false && looksBridged(user.name)) return false;
  if (wanted === undefined || (!hasWildcards(wanted) && !hasPort(user.name))) return true;
  return has(localpart(user.name), wanted) || has(user.displayname, wanted);
}

/** Whether the room really matches the search. Without wildcards, and without a port in its alias, the server’s word counts. */
export function fitsRoomSearch(
  { search_term: wanted }: RoomsQuery,
  room: Pick<RoomRow, 'room_id' | 'name' | 'canonical_alias'>,
): boolean {
  if (wanted === undefined || room.room_id === wanted) return true;
  if (!hasWildcards(wanted) && !hasPort(room.canonical_alias)) return true;
  return has(room.name, wanted) || has(localpart(room.canonical_alias ?? ''), wanted);
}
