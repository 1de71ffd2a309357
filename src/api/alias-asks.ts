import * as z from 'zod/mini';
import { changeAsk, lookAsk, type Ask } from './ask';
import { clientRelease } from './older-path';
import { path } from './request';
import { lookAtAliases } from './room-delete-asks';

/** Aliases of rooms on this homeserver, as data (`rest/client/directory.py`): server admins may change any. */

interface Server {
  /** Synapse's. */
  readonly version: string;
  readonly serverName: string;
}

export interface SeenAlias {
  /** It leads to this room. */
  readonly there: boolean;
}

/** Among the aliases of the room: a room that nobody knows has none. */
export function lookAtAlias(alias: string, roomId: string, server: Server): Ask<SeenAlias> {
  const all = lookAtAliases(roomId, server);
  return { ...all, read: (body, status) => ({ there: all.read(body, status).aliases.includes(alias) }) };
}

const holderSchema = z.object({ room_id: z.string() });

/** To which room it leads. 404: to none. */
export const lookAtHolderOfAlias = (alias: string, server: Server): Ask<{ room_id: string }> =>
  lookAsk(path`/_matrix/client/${clientRelease(server)}/directory/room/${alias}`, holderSchema);

/** 409 where it leads to a room already; 400 for an unknown room, and for an alias of another server. */
export const addAlias = (alias: string, roomId: string, server: Server): Ask<null> =>
  changeAsk(
    {
      method: 'PUT',
      path: path`/_matrix/client/${clientRelease(server)}/directory/room/${alias}`,
      body: { room_id: roomId },
    },
    { exactly: {} },
  );

/** 404 where it leads nowhere. */
export const removeAlias = (alias: string, server: Server): Ask<null> =>
  changeAsk(
    { method: 'DELETE', path: path`/_matrix/client/${clientRelease(server)}/directory/room/${alias}` },
    { exactly: {} },
  );
