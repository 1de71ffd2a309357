import { withValues, type Text } from '~/lib/text';
import type { RateLimit } from '~/api/users';
import type { Closing, Columns, Fault, Json, Outcome, Policy, RunContext } from '~/jobs/job';
import type { StepGround, StepItem, Steps } from '~/actions/steps';
import type { ActionItem } from '~/actions/plan';
import { adminBefore, classifyHalfway, lookAtMe, makeMeAdmin, makingId, verifyAdmin } from './make-me-admin';
import { partsOf } from './member';
import { CLOSING, isOurs, LIFT_ID, LIFTED, limitText, OwnLimit, PUT_BACK_ID } from './own-limit';

/** What a job that removes members does besides: it takes the power in rooms, and lifts the admin's own rate limit meanwhile. */

const LIFTS = /*i18n*/ { id: 'member.remove.lifts', message: 'you: rate limit lifted' };
const RESTORES = /*i18n*/ { id: 'member.remove.restores', message: 'you: rate limit restored' };
const BEFORE = /*i18n*/ { id: 'member.remove.before', message: 'before: {limit}' } as const;
const AS_ADMIN = /*i18n*/ { id: 'member.remove.as-admin', message: 'you, as an admin of the room' };
const OVER = /*i18n*/ { id: 'member.remove.over', message: 'Not lifted: the job has ended.' };
const NOT_BY_US = /*i18n*/ { id: 'member.remove.not-by-us', message: 'This job did not lift it.' };
const NO_ADMIN = /*i18n*/ {
  id: 'member.remove.no-admin',
  message: 'You were not made an admin of the room, so nobody can be removed from it.',
};

type Room = { readonly roomId: string; readonly room: string };

const stepItem = (id: string, step: string, planned: Json, goal: Json): ActionItem => ({
  id,
  step,
  planned,
  goal,
  identity: null,
});

/** The admin is made an admin of the room, before anybody is removed from it. */
export const makeAdminStep = (room: Room): ActionItem => stepItem(makingId(room.roomId), 'make-admin', room, null);

/** The limit is lifted, these items run, and it is put back as it was. */
export const withLimitLifted = (was: RateLimit | null, items: readonly ActionItem[]): ActionItem[] => [
  stepItem(LIFT_ID, 'lift-limit', was && { ...was }, { ...LIFTED }),
  ...items,
  stepItem(PUT_BACK_ID, 'put-limit-back', { ...LIFTED }, was && { ...was }),
];

export class RemovalSteps implements Steps {
  readonly closing?: Closing;
  readonly policy: Partial<Policy>;
  readonly #ground: StepGround;
  readonly #limit: OwnLimit;
  /** Rooms where making the admin an admin did not work: their removals would only fail one by one. */
  readonly #closed = new Map<string, Text>();
  /** Where the limit is put back, if it is lifted at all: the last row, as the lifting is the first. */
  readonly #last: number;
  readonly #lifts: boolean;

  /** @param unlimited the admin's own limit is lifted already, and not by this job */
  constructor(ground: StepGround, items: readonly StepItem[], unlimited: boolean) {
    this.#ground = ground;
    this.#limit = new OwnLimit(ground);
    this.#last = items.length - 1;
    this.#lifts = items[0]?.step === 'lift-limit';
    if (this.#lifts) this.closing = CLOSING;
    // Under a limit more at once would only be told to wait.
    this.policy = unlimited ? {} : { concurrency: 1, start: 1 };
  }

  readonly classify = (error: unknown): Fault => classifyHalfway(error, this.#ground);

  // One after the other where a limit is lifted first: lanes take turns, and would not keep that order.
  lane(item: StepItem): string {
    if (this.#lifts) return 'all';
    return item.step === 'make-admin' ? roomOf(item).roomId : partsOf(item.id).roomId;
  }

  blocks(id: string): Text | null {
    return this.#closed.get(partsOf(id).roomId) ?? null;
  }

  columns(item: StepItem): Columns {
    switch (item.step ?? '') {
      case 'lift-limit':
        return { User: LIFTS, Room: withValues(BEFORE, { limit: limitText(limitIn(item.planned)) }) };
      case 'put-limit-back':
        return { User: RESTORES, Room: limitText(limitIn(item.goal)) };
      default: {
        const { roomId, room } = roomOf(item);
        return { User: AS_ADMIN, Room: room, 'Room id': roomId };
      }
    }
  }

  async run(item: StepItem, context: RunContext): Promise<Outcome> {
    switch (item.step ?? '') {
      case 'lift-limit': {
        // It failed, and is tried again when the run is over: nothing would put it back any more.
        const isOver = context.row(this.#last).status !== 'waiting';
        if (isOver) return { status: 'skipped', reason: OVER };
        return this.#limit.lift(item.planned as RateLimit | null, context);
      }
      case 'put-limit-back': {
        const first = context.row(0);
        if (!isOurs(first)) return { status: 'skipped', reason: NOT_BY_US };
        return this.#limit.putBack(item.goal as RateLimit | null, first, context);
      }
      default:
        return this.#makeAdmin(roomOf(item), context);
    }
  }

  async verify(item: StepItem, context: RunContext): Promise<Outcome | { status: 'not-done' }> {
    switch (item.step ?? '') {
      case 'lift-limit':
        return this.#limit.verifyLift(context.row(this.#last), context);
      case 'put-limit-back':
        return this.#limit.verifyPutBack(item.goal as RateLimit | null, context.row(0), context.signal);
      default: {
        const { roomId } = roomOf(item);
        const found = await verifyAdmin(this.#ground, roomId, 'kick', context);
        if (found.status === 'skipped') this.#closed.delete(roomId);
        return found;
      }
    }
  }

  async #makeAdmin({ roomId, room }: Room, context: RunContext): Promise<Outcome> {
    const before = await lookAtMe(this.#ground, roomId, context.signal);
    context.holdBack();
    // What an earlier try found is what was there before the job. Kept with each try: that marks it as sent.
    await context.keepBefore(context.kept ?? adminBefore({ roomId, label: room }, before));
    context.holdBack();
    this.#closed.set(roomId, NO_ADMIN);
    const made = await makeMeAdmin(this.#ground, roomId, 'kick', before, context);
    if (made.status !== 'failed') this.#closed.delete(roomId);
    return made;
  }
}

const limitIn = (state: Json) => state as RateLimit | null;

const roomOf = ({ planned }: StepItem): Room => planned as Room;
