import { MatrixError } from './answer';

/** `UserID.from_string` (`types/__init__.py:340-362`). @throws 400 M_INVALID_PARAM */
export function parseUserId(text: string): { localpart: string; domain: string } {
  if (!text.startsWith('@')) {
    throw new MatrixError(400, 'M_INVALID_PARAM', "Expected UserID string to start with '@'");
  }
  const colon = text.indexOf(':');
  if (colon < 0) {
    throw new MatrixError(400, 'M_INVALID_PARAM', "Expected UserID of the form '@localname:domain'");
  }
  return { localpart: text.slice(1, colon), domain: text.slice(colon + 1) };
}

/** `!opaque:server`, or v12's `!` and exactly 43 url-safe characters (`types/__init__.py:430-487`). */
export const isRoomId = (text: string): boolean => /^![A-Za-z0-9_-]{43}$/.test(text) || /^![^:]*:./.test(text);

export const isAlias = (text: string): boolean => /^#[^:]*:./.test(text);

export const domainOf = (id: string): string => id.slice(id.indexOf(':') + 1);

/** @throws 400 M_UNKNOWN, as `RoomID.from_string` guarded by the block, delete and status servlets. */
export function assertRoomId(roomId: string): void {
  if (!isRoomId(roomId)) throw new MatrixError(400, 'M_UNKNOWN', `${roomId} is not a legal room ID`);
}
