import { joinAsMyself, makeRoomAdmin, roomState } from '~/api/rooms';
import { joinedRooms } from '~/api/users';
import * as z from 'zod/mini';
import type { StepGround } from '~/actions/steps';
import type { Fault, Json, Outcome, RunContext } from '~/jobs/job';
import { roomPower } from './room-power';
import { wordsOf } from '~/lib/words';

/** A row's id in the ledger, not a sentence: the room's id is in it as it is, and whatever shows it isolates it then. */
export const makingId = (roomId: string): string => ['make admin', roomId].join(' ');

/** The second request of an item was not carried out, the first one was. */
class Halfway extends Error {
  override readonly name = 'Halfway';
}

/** The admin in a room: in it or not, and with which power. Infinity: above all levels. */
export interface Me {
  isIn: boolean;
  power: number;
  /** What it takes. */
  invite: number;
  kick: number;
}

/** What the ledger keeps before. Journals of older versions are read with it, so it only ever grows. */
export const adminBeforeSchema = z.object({
  kept: z.literal('make-admin/1'),
  room_id: z.string(),
  /** The room for people, as it was called then. */
  room: z.string(),
  /** Whether the admin was in the room before. */
  was_in: z.boolean(),
  /** The admin's power there before; null: above all levels. Missing in journals of older versions. */
  power: z.optional(z.nullable(z.number())),
});

export const adminBefore = (
  { roomId, label }: { roomId: string; label: string },
  was: { isIn: boolean; power: number },
): Json => ({
  kept: 'make-admin/1',
  room_id: roomId,
  room: label,
  was_in: was.isIn,
  power: Number.isFinite(was.power) ? was.power : null,
});

/** @throws HomeserverError */
export async function lookAtMe(ground: StepGround, roomId: string, signal: AbortSignal): Promise<Me> {
  const hs = ground.homeserver();
  const { userId } = ground.owner;
  const [rooms, levels, create] = await Promise.all([
    joinedRooms(hs, userId, signal),
    roomState(hs, roomId, 'm.room.power_levels', signal),
    roomState(hs, roomId, 'm.room.create', signal),
  ]);
  const { of, invite, kick } = roomPower([...levels, ...create], null);
  return { isIn: rooms.includes(roomId), power: of(userId), invite, kick };
}

const may = (me: Me, what: 'invite' | 'kick'): boolean => me.isIn && me.power >= me[what];
const DOES = { invite: 'invite', kick: 'remove users' } as const;
const mayAlready = (what: 'invite' | 'kick'): string =>
  `You are in the room and may ${DOES[what]}: by this job or by someone else.`;

/**
 * The admin gets the power of the room's most powerful local member, and is in the room afterwards: looked at, since the answer
 * names neither.
 * @throws what `classifyHalfway` understands
 */
export async function makeMeAdmin(
  ground: StepGround,
  roomId: string,
  what: 'invite' | 'kick',
  before: Me,
  { signal, holdBack, kept, sentEarlier }: Pick<RunContext, 'signal' | 'holdBack' | 'kept' | 'sentEarlier'>,
): Promise<Outcome> {
  // Whom one may remove hangs on their power too, so that more of it may be needed.
  if (what === 'invite' && may(before, what)) {
    // After an earlier try of this item it may be that one's doing, whatever was answered.
    const mine = sentEarlier || kept !== undefined;
    return {
      status: 'skipped',
      reason: mine ? mayAlready(what) : 'You may invite there already: nothing was changed.',
    };
  }
  await makeRoomAdmin(ground.homeserver(), roomId, ground.owner.userId, signal);
  if (!before.isIn) {
    // It invites who is not in the room yet (`rooms.py:786-804`); the join is the invited one's own.
    holdBack(true);
    await joinAsMyself(ground.homeserver(), roomId, signal).catch((error: unknown) => {
      throw halfway(ground, 'You were made an admin of the room, but are not in it', error);
    });
  }
  const after = await lookAtMe(ground, roomId, signal).catch((error: unknown) => {
    throw halfway(ground, 'You were made an admin of the room, but whether you are one could not be read', error);
  });
  if (!may(after, what)) return { status: 'failed', reason: `The answer was a success, but ${shortOf(after, what)}.` };
  return { status: 'done', reason: `${before.isIn ? 'You' : 'You joined, and'} may ${DOES[what]} now.` };
}

/** What has no answer is unanswered as a whole: looking tells how far it came. */
function halfway(ground: StepGround, words: string, cause: unknown): unknown {
  return ground.classify(cause).kind === 'unanswered' ? cause : new Halfway(words, { cause });
}

/**
 * Looks how far an unanswered making came: the power rises before the invitation goes out, and that before the join. `skipped`:
 * it is as it should be.
 */
export async function verifyAdmin(
  ground: StepGround,
  roomId: string,
  what: 'invite' | 'kick',
  { signal, kept }: Pick<RunContext, 'signal' | 'kept'>,
): Promise<Outcome | { status: 'not-done' }> {
  const now = await lookAtMe(ground, roomId, signal);
  if (may(now, what)) {
    return { status: 'skipped', reason: mayAlready(what) };
  }
  const { data: before } = z.safeParse(adminBeforeSchema, kept);
  // Kept before the first request: without it nothing was sent.
  if (!before) return { status: 'not-done' };
  const same = before.power === undefined || now.power === (before.power ?? Infinity);
  if (same && now.isIn === before.was_in) return { status: 'not-done' };
  return { status: 'failed', reason: `Done in part: ${shortOf(now, what)}. Retry to finish it.` };
}

function shortOf({ isIn, power, ...needed }: Me, what: 'invite' | 'kick'): string {
  const level = Number.isFinite(power) ? `power ${power}` : 'the power of a creator';
  const enough = power >= needed[what];
  if (enough) return `you have ${level} in the room now and are ${isIn ? '' : 'not '}in it`;
  return `you have ${level} in the room and are ${isIn ? '' : 'not '}in it; to ${DOES[what]} there takes ${needed[what]}`;
}

/** What an error means for a job in which admins of rooms are made: half of it may be done. */
export function classifyHalfway(error: unknown, ground: Pick<StepGround, 'classify'>): Fault {
  if (!(error instanceof Halfway)) return ground.classify(error);
  const fault = ground.classify(error.cause);
  const reason = `${error.message}: ${wordsOf(fault.reason)}`;
  return fault.kind === 'busy' || fault.kind === 'signed-out' ? { ...fault, reason, sent: true } : { ...fault, reason };
}
