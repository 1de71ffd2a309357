import { HomeserverError } from '~/api/errors';
import { kick, roomMembers } from '~/api/rooms';
import { joinedRooms, type RateLimit } from '~/api/users';
import type { JobSpec, Outcome, RunContext } from '~/jobs/job';
import { plural } from '~/lib/numbers';
import { Fresh } from './fresh';
import { classifyHalfway, makeMeAdmin } from './make-me-admin';
import {
  CLOSING,
  isOurs,
  lift,
  LIFT_ID,
  limitWords,
  PUT_BACK_ID,
  putBack,
  verifyLift,
  verifyPutBack,
} from './own-limit';
import type { RunGround } from './run';
import type { UndoItem } from './undo-plan';
import { isolated } from '~/lib/shown-text';

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
    href: ground.href,
    owner: ground.owner,
    items,
    describe,
    // One after the other where a limit is lifted first: lanes take turns, and would not keep that order.
    lane: (item) => (lifts || !('roomId' in item) ? 'all' : item.roomId),
    run: (item, context) => run.one(item, context),
    verify: (item, context) => run.verify(item, context),
    classify: (error) => classifyHalfway(error, ground),
    // A user who is out already is told so by the homeserver: removing twice does no harm.
    repeatable: true,
    keep: {
      plan: { ...facts },
      pack: (item) => ('was' in item ? { ...item, was: item.was && { ...item.was } } : { ...item }),
    },
    ...(lifts && { closing: CLOSING }),
    // Under a limit more at once would only be told to wait.
    ...(!facts.unlimited && { policy: { concurrency: 1, start: 1 } }),
  };
}

const LEFT: Outcome = { status: 'skipped', reason: 'Left meanwhile: not in the room any more.' };
/** The look just before saw the user in the room. */
const OUT_NOW: Outcome = {
  status: 'done',
  reason:
    'Not in the room any more: left since the last look, or removed by this request if the browser sent it twice by itself.',
};
const OUT_BY_NOW: Outcome = {
  status: 'done',
  reason: 'Not in the room any more: removed by an earlier try of this job, or left meanwhile. Nobody can tell.',
};

class Removals {
  readonly #ground: RunGround;
  readonly #facts: UndoFacts;
  readonly #members: Fresh<ReadonlySet<string>>;
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
    this.#members = new Fresh(() => ground.tick());
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
        return verifyLift(this.#ground, context.row(this.#last), context);
      case 'put-limit-back':
        return verifyPutBack(this.#ground, item.was, context.row(0), context.signal);
      case 'make-admin':
        // Being in the room does not show the power, so the making is simply done again.
        return { status: 'not-done' };
      case 'remove': {
        const rooms = await joinedRooms(this.#ground.homeserver(), item.userId, context.signal);
        if (rooms.includes(item.roomId)) return { status: 'not-done' };
        return { status: 'done', reason: 'Verified: not in the room.' };
      }
    }
  }

  async #lift(was: RateLimit | null, context: RunContext): Promise<Outcome> {
    const { status } = context.row(this.#last);
    // It failed, and is tried again when the run is over: nothing would put it back any more.
    if (status !== 'waiting') return { status: 'skipped', reason: 'The run is over, so it is not lifted any more.' };
    return lift(this.#ground, was, this.#sent, context);
  }

  async #putBack(was: RateLimit | null, context: RunContext): Promise<Outcome> {
    if (!isOurs(context.row(0))) return { status: 'skipped', reason: 'It was not lifted by this job.' };
    return putBack(this.#ground, was, context.row(0), context.signal);
  }

  async #makeAdmin(item: Extract<UndoItem, { kind: 'make-admin' }>, context: RunContext) {
    const { roomId, room, adminIn } = item;
    this.#closed.set(roomId, 'You were not made an admin of the room, so nobody could be removed.');
    void context.keepBefore({ kept: 'make-admin/1', room_id: roomId, room, was_in: adminIn });
    await makeMeAdmin(this.#ground, item, context);
    this.#closed.delete(roomId);
    const reason = adminIn ? 'You may remove users now.' : 'You joined, and may remove users now.';
    return { status: 'done', reason } as const;
  }

  async #remove(
    item: Extract<UndoItem, { kind: 'remove' }>,
    { signal, sentEarlier, keepBefore, holdBack }: RunContext,
  ): Promise<Outcome> {
    const { roomId, userId } = item;
    const { undoes, reason } = this.#facts;
    const shut = this.#closed.get(roomId);
    if (shut !== undefined) return { status: 'failed', reason: shut };
    const key = `${userId} ${roomId}`;
    const again = sentEarlier || this.#sent.has(key);
    if (!again && !(await this.#isIn(roomId, userId, signal))) return LEFT;
    holdBack();
    void keepBefore({ kept: 'join-undo/1', undoes, room_id: roomId, room: item.room, user_id: userId, in_room: true });
    // First today's token: where there is none, nothing is sent.
    const hs = this.#ground.homeserver();
    this.#sent.add(key);
    try {
      await kick(hs, roomId, userId, reason, signal);
      return { status: 'done', reason: 'Removed from the room.' };
    } catch (error) {
      if (!isNotIn(error)) throw error;
      return again ? OUT_BY_NOW : OUT_NOW;
    }
  }

  async #isIn(roomId: string, userId: string, signal: AbortSignal): Promise<boolean> {
    const hs = this.#ground.homeserver();
    const members = await this.#members.get(roomId, async () => new Set(await roomMembers(hs, roomId, signal)));
    return members.has(userId);
  }
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
        id: `make admin ${isolated(item.roomId)}`,
        columns: { User: 'you, as admin of the room', Room: item.room, 'Room id': item.roomId },
      };
    case 'remove':
      return {
        id: `${item.userId} ${item.roomId}`,
        columns: { User: item.userId, Room: item.room, 'Room id': item.roomId },
      };
  }
}
