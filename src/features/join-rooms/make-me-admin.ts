import { joinAsMyself, makeRoomAdmin } from '~/api/rooms';
import type { Fault, RunContext } from '~/jobs/job';
import type { RunGround } from './run';

interface Place {
  roomId: string;
  /** Whether the admin is in the room. */
  adminIn: boolean;
}

/** The second request of an item was not carried out, the first one was. */
class Halfway extends Error {
  override readonly name = 'Halfway';
}

/**
 * The admin gets the power of the room's most powerful local member, and is in the room afterwards.
 * @throws what `classifyHalfway` understands
 */
export async function makeMeAdmin(
  ground: RunGround,
  { roomId, adminIn }: Place,
  { signal, holdBack }: Pick<RunContext, 'signal' | 'holdBack'>,
): Promise<void> {
  await makeRoomAdmin(ground.homeserver(), roomId, ground.owner.userId, signal);
  if (adminIn) return;
  // It invites who is not in the room yet (`rooms.py:786-804`); the join is the invited one's own.
  holdBack(true);
  await joinAsMyself(ground.homeserver(), roomId, signal).catch((error: unknown) => {
    if (ground.classify(error).kind === 'unanswered') throw error;
    throw new Halfway('You are an admin of the room and invited, but not in it', { cause: error });
  });
}

/** What an error means for a job in which admins of rooms are made: half of it may be done. */
export function classifyHalfway(error: unknown, ground: Pick<RunGround, 'classify'>): Fault {
  if (!(error instanceof Halfway)) return ground.classify(error);
  const fault = ground.classify(error.cause);
  const reason = `${error.message}: ${fault.reason}`;
  return fault.kind === 'busy' || fault.kind === 'signed-out' ? { ...fault, reason, sent: true } : { ...fault, reason };
}
