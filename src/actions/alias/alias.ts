/** An alias of a room is named by both, with a blank between: an alias may hold blanks, the ID of a room does not. */

export const aliasId = (alias: string, roomId: string): string => `${alias} ${roomId}`;

export function aliasOf(id: string): { aliasId: string; roomId: string } {
  const at = id.lastIndexOf(' ');
  return { aliasId: id.slice(0, at), roomId: id.slice(at + 1) };
}
