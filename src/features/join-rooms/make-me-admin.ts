import type { Homeserver } from '~/api/request';
import { joinAsMyself, makeRoomAdmin } from '~/api/rooms';

interface Place {
  roomId: string;
  /** Whether the admin is in the room. */
  adminIn: boolean;
}

/** The admin gets the power of the room's most powerful local member, and is in the room afterwards. @throws HomeserverError */
export async function makeMeAdmin(
  hs: () => Homeserver,
  { roomId, adminIn }: Place,
  userId: string,
  signal: AbortSignal,
): Promise<void> {
  await makeRoomAdmin(hs(), roomId, userId, signal);
  // It invites who is not in the room yet (`rooms.py:786-804`); the join is the invited one's own.
  if (!adminIn) await joinAsMyself(hs(), roomId, signal);
}
