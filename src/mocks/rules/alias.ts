import { bad, MatrixError, notFound } from '../answer';
import type { Server } from '../call';
import { isAlias, isRoomId } from '../ids';
import type { Alias } from '../state';

/** `handlers/directory.py:277-306`. @throws 404 M_NOT_FOUND; 502 for an alias of a server that can't be asked */
export function lookUpAlias(server: Server, name: string): Alias {
  const alias = server.state.aliases.get(name);
  if (alias) return alias;
  if (!server.isMine(name)) throw new MatrixError(502, 'M_UNKNOWN', 'Failed to fetch alias');
  throw notFound(`Room alias ${name} not found`);
}

/** `resolve_room_id` (`servlet.py:980-1012`): also what an empty identifier runs into. */
export function resolveRoom(server: Server, identifier: string): string {
  if (isRoomId(identifier)) return identifier;
  if (!isAlias(identifier)) throw bad(`${identifier} was not legal room ID or room alias`);
  return lookUpAlias(server, identifier).room_id;
}
