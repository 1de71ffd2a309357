import { joinAsMyself, makeRoomAdmin, roomState } from '~/api/rooms';
import { joinedRooms } from '~/api/users';
import * as z from 'zod/mini';
import type { StepGround } from '~/actions/steps';
import type { Fault, Json, Outcome, RunContext } from '~/jobs/job';
import { roomPower } from './room-power';
import { sentences, withValues, type Text } from '~/lib/text';
import { TextError } from '~/lib/text-error';

/** A row's id in the ledger, not a sentence: the room's id is in it as it is, and whatever shows it isolates it then. */
export const makingId = (roomId: string): string => ['make admin', roomId].join(' ');

/** The second request of an item was not carried out, the first one was. */
class Halfway extends TextError {
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
const MAY_ALREADY = {
  invite: /*i18n*/ {
    id: 'make-me-admin.may-invite-already',
    message: 'You are in the room and can invite: made so by this job or by someone else.',
  },
  kick: /*i18n*/ {
    id: 'make-me-admin.may-kick-already',
    message: 'You are in the room and can remove users: made so by this job or by someone else.',
  },
};
const NOTHING_CHANGED = /*i18n*/ {
  id: 'make-me-admin.nothing-changed',
  message: 'You can invite there already: nothing was changed.',
};
const NOT_IN = /*i18n*/ {
  id: 'make-me-admin.not-in',
  message: 'You were made an admin of the room, but could not join it: {reason}',
} as const;
const NOT_READ = /*i18n*/ {
  id: 'make-me-admin.not-read',
  message: 'You were made an admin of the room, but Glia could not check it: {reason}',
} as const;
const DONE = {
  invite: /*i18n*/ { id: 'make-me-admin.may-invite', message: 'You can invite now.' },
  kick: /*i18n*/ { id: 'make-me-admin.may-kick', message: 'You can remove users now.' },
};
const JOINED = {
  invite: /*i18n*/ { id: 'make-me-admin.joined-may-invite', message: 'You joined, and can invite now.' },
  kick: /*i18n*/ { id: 'make-me-admin.joined-may-kick', message: 'You joined, and can remove users now.' },
};
const SHORT = {
  invite: /*i18n*/ {
    id: 'make-me-admin.short-invite',
    message: 'Inviting takes power level {needed, number}, and you have {power}.',
  },
  kick: /*i18n*/ {
    id: 'make-me-admin.short-kick',
    message: 'Removing users takes power level {needed, number}, and you have {power}.',
  },
} as const;
const OUTSIDE = /*i18n*/ { id: 'make-me-admin.outside', message: 'You are not in the room.' };
const POWER = /*i18n*/ { id: 'make-me-admin.power', message: '{power, number}' } as const;
const CREATOR = /*i18n*/ { id: 'make-me-admin.creator', message: 'that of a creator' };
const SUCCESS_BUT = /*i18n*/ { id: 'make-me-admin.success-but', message: 'The request succeeded, but:' };
const IN_PART = /*i18n*/ { id: 'make-me-admin.in-part', message: 'Done in part. Retry to finish it.' };

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
      reason: mine ? MAY_ALREADY[what] : NOTHING_CHANGED,
    };
  }
  await makeRoomAdmin(ground.homeserver(), roomId, ground.owner.userId, signal);
  if (!before.isIn) {
    // It invites who is not in the room yet (`rooms.py:786-804`); the join is the invited one's own.
    holdBack(true);
    await joinAsMyself(ground.homeserver(), roomId, signal).catch((error: unknown) => {
      throw halfway(ground, NOT_IN, error);
    });
  }
  const after = await lookAtMe(ground, roomId, signal).catch((error: unknown) => {
    throw halfway(ground, NOT_READ, error);
  });
  if (!may(after, what)) return { status: 'failed', reason: sentences(SUCCESS_BUT, shortOf(after, what)) };
  return { status: 'done', reason: (before.isIn ? DONE : JOINED)[what] };
}

/** What has no answer is unanswered as a whole: looking tells how far it came. */
function halfway(ground: StepGround, text: typeof NOT_IN | typeof NOT_READ, cause: unknown): unknown {
  const { kind, reason } = ground.classify(cause);
  return kind === 'unanswered' ? cause : new Halfway(withValues(text, { reason }), { cause });
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
    return { status: 'skipped', reason: MAY_ALREADY[what] };
  }
  const { data: before } = z.safeParse(adminBeforeSchema, kept);
  // Kept before the first request: without it nothing was sent.
  if (!before) return { status: 'not-done' };
  const same = before.power === undefined || now.power === (before.power ?? Infinity);
  if (same && now.isIn === before.was_in) return { status: 'not-done' };
  return { status: 'failed', reason: sentences(IN_PART, shortOf(now, what)) };
}

/** What is missing: power, or being in the room. */
function shortOf({ isIn, power, ...needed }: Me, what: 'invite' | 'kick'): Text {
  const level = Number.isFinite(power) ? withValues(POWER, { power }) : CREATOR;
  const short = power >= needed[what] ? '' : withValues(SHORT[what], { needed: needed[what], power: level });
  return sentences(isIn ? '' : OUTSIDE, short);
}

/** What an error means for a job in which admins of rooms are made: half of it may be done. */
export function classifyHalfway(error: unknown, ground: Pick<StepGround, 'classify'>): Fault {
  if (!(error instanceof Halfway)) return ground.classify(error);
  const fault = ground.classify(error.cause);
  const reason = error.text;
  return fault.kind === 'busy' || fault.kind === 'signed-out' ? { ...fault, reason, sent: true } : { ...fault, reason };
}
