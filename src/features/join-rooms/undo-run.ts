import * as z from 'zod/mini';
import { HomeserverError } from '~/api/errors';
import { memberEvent, type MemberEvent } from '~/api/membership';
import { kick } from '~/api/rooms';
import { joinedRooms, type RateLimit } from '~/api/users';
import type { JobSpec, Json, Outcome, RunContext } from '~/jobs/job';
import { plural } from '~/lib/numbers';
import { adminBefore } from './before';
import { classifyHalfway, lookAtMe, makeMeAdmin, makingId, verifyAdmin } from './make-me-admin';
import { CLOSING, isOurs, LIFT_ID, limitWords, OwnLimit, PUT_BACK_ID } from './own-limit';
import type { RunGround } from './run';
import type { UndoItem } from './undo-plan';
import { isSameStay, keptEvent, type KeptEvent } from './whose';
import { wordsOf } from '~/lib/words';

/** What is the same for the whole undo: all of it JSON, so that the job can be made again from what was written down. */
export interface UndoFacts {
  /** Id of the job that is undone. */
  readonly undoes: string;
  /** Shown in the room to everybody, beside each removal; may be empty. */
  readonly reason: string;
  /** The admin's own limit is lifted already, and not by this job. */
  readonly unlimited: boolean;
}

export const UNDO_KIND = 'join-rooms-undo';

/** What runs for an undo: exactly its items. */
export function undoJoinsSpec(ground: RunGround, facts: UndoFacts, items: readonly UndoItem[]): JobSpec<UndoItem> {
  const removals = items.filter(({ kind }) => kind === 'remove').length;
  const lifts = items[0]?.kind === 'lift-limit';
  const run = new Removals(ground, facts, items.length - 1);
  return {
    kind: UNDO_KIND,
    title: `Undo ${plural(removals, 'join')}`,
    owner: ground.owner,
    undoes: facts.undoes,
    items,
    describe,
    // One after the other where a limit is lifted first: lanes take turns, and would not keep that order.
    lane: (item) => (lifts || !('roomId' in item) ? 'all' : item.roomId),
    run: (item, context) => run.one(item, context),
    verify: (item, context) => run.verify(item, context),
    classify: (error) =>
      error instanceof Unverified ? { kind: 'unanswered', reason: error.message } : classifyHalfway(error, ground),
    // Each try looks first who is in, and by which join: nobody is removed twice.
    repeatable: true,
    keepsFirst: true,
    // A join of the job that is undone got no answer: it may come after the removal.
    mayBeUndone: (item) => item.kind === 'remove' && item.late,
    keep: {
      plan: { ...facts },
      pack: (item) => ('was' in item ? { ...item, was: item.was && { ...item.was } } : { ...item }),
    },
    ...(lifts && { closing: CLOSING }),
    // Under a limit more at once would only be told to wait.
    ...(!facts.unlimited && { policy: { concurrency: 1, start: 1 } }),
  };
}

const LEFT = 'Not in the room any more: they left, or someone else removed them.';
/** The homeserver's word for it is an event of the admin, and something was sent. */
const OUT_IN_YOUR_NAME =
  'Not in the room any more, and the removal is in your name: by an earlier request of this job, or by you elsewhere.';
const BACK_AGAIN =
  'In the room: an earlier request of the job that is undone was carried out late, they came back, or they changed their name or picture more than once. A new plan of the undo shows them.';
/** What an event took the place of is followed one step back only: a second new name looks like a second join. */
const CAME_BACK =
  'Not known whether they are in the room still by the join that is undone: they may have left and come back, or changed their name or picture more than once. Left alone.';

/** The answer said so, and it is not so, or could not be looked at: nobody knows. */
class Unverified extends Error {
  override readonly name = 'Unverified';
}

class Removals {
  readonly #ground: RunGround;
  readonly #facts: UndoFacts;
  readonly #limit: OwnLimit;
  /** Rooms where making the admin an admin did not work: their removals would only fail one by one. */
  readonly #closed = new Map<string, string>();
  /**
   * What was sent: what is found done afterwards may be our own doing, whatever the answer was. A browser may have sent it twice
   * by itself, and read only the second answer.
   */
  readonly #sent = new Set<string>();
  /** Where the limit is put back, if it is lifted at all: the last row, as the lifting is the first. */
  readonly #last: number;

  constructor(ground: RunGround, facts: UndoFacts, last: number) {
    this.#ground = ground;
    this.#facts = facts;
    this.#last = last;
    this.#limit = new OwnLimit(ground);
  }

  one(item: UndoItem, context: RunContext): Promise<Outcome> {
    switch (item.kind) {
      case 'lift-limit':
        return this.#lift(item.was, context);
      case 'put-limit-back':
        return this.#putBack(item.was, context);
      case 'make-admin':
        return this.#makeAdmin(item, context);
      case 'remove':
        return this.#remove(item, context);
    }
  }

  async verify(item: UndoItem, context: RunContext): Promise<Outcome | { status: 'not-done' }> {
    switch (item.kind) {
      case 'lift-limit':
        return this.#limit.verifyLift(context.row(this.#last), context);
      case 'put-limit-back':
        return this.#limit.verifyPutBack(item.was, context.row(0), context.signal);
      case 'make-admin': {
        const found = await verifyAdmin(this.#ground, item.roomId, 'kick', context);
        if (found.status === 'skipped') this.#closed.delete(item.roomId);
        return found;
      }
      case 'remove':
        return this.#verifyRemoval(item, context);
    }
  }

  async #lift(was: RateLimit | null, context: RunContext): Promise<Outcome> {
    const { status } = context.row(this.#last);
    // It failed, and is tried again when the run is over: nothing would put it back any more.
    if (status !== 'waiting') return { status: 'skipped', reason: 'The run is over, so it is not lifted any more.' };
    return this.#limit.lift(was, context);
  }

  async #putBack(was: RateLimit | null, context: RunContext): Promise<Outcome> {
    if (!isOurs(context.row(0))) return { status: 'skipped', reason: 'It was not lifted by this job.' };
    return this.#limit.putBack(was, context.row(0), context);
  }

  async #makeAdmin({ roomId, room }: Extract<UndoItem, { kind: 'make-admin' }>, context: RunContext): Promise<Outcome> {
    const before = await lookAtMe(this.#ground, roomId, context.signal);
    context.holdBack();
    // What an earlier try found is what was there before the job. Kept with each try: that marks it as sent.
    await context.keepBefore(context.kept ?? adminBefore({ roomId, label: room }, before));
    context.holdBack();
    this.#closed.set(roomId, 'You were not made an admin of the room, so nobody could be removed.');
    const made = await makeMeAdmin(this.#ground, roomId, 'kick', before, context);
    if (made.status !== 'failed') this.#closed.delete(roomId);
    return made;
  }

  async #remove(item: Removal, { signal, sentEarlier, kept, keepBefore, holdBack }: RunContext): Promise<Outcome> {
    const { roomId, userId } = item;
    const shut = this.#closed.get(roomId);
    if (shut !== undefined) return { status: 'failed', reason: shut };
    const key = `${userId} ${roomId}`;
    const now = await memberEvent(this.#ground.homeserver(), roomId, userId, signal);
    if (!isIn(now)) return this.#out(now, sentEarlier || this.#sent.has(key));
    // Who came back since did so of their own accord, also where an earlier try of this very item had removed them.
    const seen = item.seen ?? seenIn(kept);
    if (seen && !isSameStay(seen, now)) return { status: 'skipped', reason: CAME_BACK };
    holdBack();
    await keepBefore(this.#before(item, seen ?? keptEvent(now)));
    holdBack();
    // First today's token: where there is none, nothing is sent.
    const hs = this.#ground.homeserver();
    this.#sent.add(key);
    try {
      await kick(hs, roomId, userId, this.#facts.reason, signal);
    } catch (error) {
      if (!isNotIn(error)) throw error;
      return this.#out(await memberEvent(hs, roomId, userId, signal), true);
    }
    return this.#removed(item, keptEvent(now), signal);
  }

  /** Kept before the removal: a later try, and a later page, know by it which join is undone. */
  #before({ roomId, room, userId }: Removal, seen: KeptEvent): Json {
    const { undoes } = this.#facts;
    const join_event = { id: seen.id, ts: seen.ts };
    return { kept: 'join-undo/1', undoes, room_id: roomId, room, user_id: userId, in_room: true, join_event };
  }

  /** The homeserver answered that it removed the user: looks whether that is so, since a portal may have answered. */
  async #removed({ roomId, userId }: Removal, was: KeptEvent, signal: AbortSignal): Promise<Outcome> {
    const now = await memberEvent(this.#ground.homeserver(), roomId, userId, signal).catch((cause: unknown) => {
      const { reason } = this.#ground.classify(cause);
      throw new Unverified(`Answered as done, but whether they are out could not be read: ${wordsOf(reason)}`, {
        cause,
      });
    });
    if (!isIn(now)) {
      return now && now.sender !== this.#ground.owner.userId
        ? { status: 'skipped', reason: LEFT }
        : { status: 'done', reason: 'Removed from the room.' };
    }
    if (isSameStay(was, now)) throw new Unverified('Answered as done, but they are in the room still.');
    return { status: 'done', reason: 'Removed from the room, and back in it since.' };
  }

  /** @param sent something was sent for this user, or may have been */
  #out(now: MemberEvent | null, sent: boolean): Outcome {
    const mine = sent && now?.sender === this.#ground.owner.userId;
    return { status: 'skipped', reason: mine ? OUT_IN_YOUR_NAME : LEFT };
  }

  async #verifyRemoval(item: Removal, { signal, kept }: RunContext): Promise<Outcome | { status: 'not-done' }> {
    const hs = this.#ground.homeserver();
    const { roomId, userId } = item;
    const seen = seenIn(kept);
    try {
      const now = await memberEvent(hs, roomId, userId, signal);
      // What is sent is kept before: where nothing was kept, nothing was sent.
      if (!isIn(now)) return this.#out(now, seen !== null);
      const wanted = item.seen ?? seen;
      if (!wanted || isSameStay(wanted, now)) return { status: 'not-done' };
      return item.late ? { status: 'failed', reason: BACK_AGAIN } : { status: 'skipped', reason: CAME_BACK };
    } catch (error) {
      // The admin is not in the room any more, and may not read it.
      if (!(error instanceof HomeserverError && error.kind === 'matrix' && error.status === 403)) throw error;
      if ((await joinedRooms(hs, userId, signal)).includes(roomId)) return { status: 'not-done' };
      return { status: 'skipped', reason: 'Not in the room any more: by this job or by someone else.' };
    }
  }
}

type Removal = Extract<UndoItem, { kind: 'remove' }>;

/** Type-wise a part of all events, so that who is out has an event still. */
const isIn = (event: MemberEvent | null): event is MemberEvent & { content: { membership: 'join' } } =>
  event?.content.membership === 'join';

const keptSchema = z.object({
  kept: z.literal('join-undo/1'),
  join_event: z.optional(z.object({ id: z.nullable(z.string()), ts: z.number() })),
});

/** The join that an earlier try of this item set out to undo. */
function seenIn(kept: Json | undefined): KeptEvent | null {
  const parsed = z.safeParse(keptSchema, kept);
  return parsed.success ? (parsed.data.join_event ?? null) : null;
}

/** No errcode of its own: told by its words (`room_member.py:1027-1046`). */
const isNotIn = (error: unknown): boolean =>
  error instanceof HomeserverError &&
  error.status === 403 &&
  error.errcode === 'M_FORBIDDEN' &&
  error.serverReason === 'The target user is not in the room';

function describe(item: UndoItem): { id: string; columns: Record<string, string> } {
  switch (item.kind) {
    case 'lift-limit':
      return { id: LIFT_ID, columns: { User: 'you: rate limit lifted', Room: `was: ${limitWords(item.was)}` } };
    case 'put-limit-back':
      return { id: PUT_BACK_ID, columns: { User: 'you: rate limit put back', Room: limitWords(item.was) } };
    case 'make-admin':
      return {
        id: makingId(item.roomId),
        columns: { User: 'you, as admin of the room', Room: item.room, 'Room id': item.roomId },
      };
    case 'remove':
      return {
        id: `${item.userId} ${item.roomId}`,
        columns: { User: item.userId, Room: item.room, 'Room id': item.roomId },
      };
  }
}
