import { changeAsk, lookAsk, type Ask } from './ask';
import { memberEventSchema, type MemberEvent } from './membership';
import { clientRelease } from './older-path';
import { path } from './request';

/** Looks at members of rooms and changes of them, as data: the client-server API, with the power of the signed-in admin. */

interface Server {
  /** Synapse's. */
  readonly version: string;
}

/**
 * The event by which a user is in a room now, or out of it; 404: the room never heard of them. Only who is in the room may ask:
 * 403 otherwise. Who left it sees the room as it was then.
 */
export function lookAtMember(roomId: string, userId: string, server: Server): Ask<MemberEvent> {
  const one = lookAsk(
    path`/_matrix/client/${clientRelease(server)}/rooms/${roomId}/state/m.room.member/${userId}`,
    memberEventSchema,
    { at: ['state_key'], is: userId },
  );
  return { ...one, request: { ...one.request, query: { format: 'event' } } };
}

/**
 * Removes a user from a room, as any member of enough power may. 403 where the admin is not in the room or has too little power
 * (`event_auth.py:768-787`), and “The target user is not in the room” (`room_member.py:1027-1046`). A refused one is not counted; a
 * carried out one counts as a message of the admin (`rc_message`, `message.py:1979-1992`).
 */
export const removeMember = (roomId: string, userId: string, reason: string, server: Server): Ask<null> =>
  changeAsk(
    {
      method: 'POST',
      path: path`/_matrix/client/${clientRelease(server)}/rooms/${roomId}/kick`,
      body: reason === '' ? { user_id: userId } : { user_id: userId, reason },
    },
    { exactly: {} },
  );

const membershipAsk = (roomId: string, what: 'ban' | 'unban', body: object, server: Server): Ask<null> =>
  changeAsk(
    { method: 'POST', path: path`/_matrix/client/${clientRelease(server)}/rooms/${roomId}/${what}`, body },
    { exactly: {} },
  );

/** Keeps a user out of a room, whether they are in it or not, as any member of enough power may. Counted as a removal is. */
export const banMember = (roomId: string, userId: string, reason: string, server: Server): Ask<null> =>
  membershipAsk(roomId, 'ban', reason === '' ? { user_id: userId } : { user_id: userId, reason }, server);

/** And lets them in again: they are out of the room then, as who left it. 403 where they are not banned. */
export const unbanMember = (roomId: string, userId: string, server: Server): Ask<null> =>
  membershipAsk(roomId, 'unban', { user_id: userId }, server);
