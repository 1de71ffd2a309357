import * as z from 'zod/mini';
import { HomeserverError } from '~/api/errors';
import { getRateLimit, setRateLimit, type RateLimit } from '~/api/users';
import type { Closing, Job, Json, LedgerRow, Outcome, RunContext } from '~/jobs/job';
import type { StepGround } from '~/actions/steps';
import { sentences, withValues, type Text } from '~/lib/text';
import { TextError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';

/**
 * The admin's own rate limit: lifted for a run, and put back exactly as it was. Removing a user from a room is an event of the
 * admin and counts against `rc_message`, ten at once and then one in five seconds unless configured otherwise; a limit of one's
 * own with 0 a second lifts it (`api/ratelimiting.py:447-495`).
 */

/** Lifts every limit of the user. */
export const LIFTED: RateLimit = { messages_per_second: 0, burst_count: 0 };

export const LIFT_ID = 'lift your rate limit';
export const PUT_BACK_ID = 'put your rate limit back';

const NO_LIMIT = /*i18n*/ { id: 'own-limit.none', message: 'no limit of your own' };
const NO_LONGER = /*i18n*/ { id: 'own-limit.is-lifted', message: 'lifted' };
const LIMIT = /*i18n*/ {
  id: 'own-limit.limit',
  message: '{rate, number} per second, {burst, number} at once',
} as const;

export function limitText(limit: RateLimit | null): Text {
  if (limit === null) return NO_LIMIT;
  if (limit.messages_per_second === 0) return NO_LONGER;
  return withValues(LIMIT, { rate: limit.messages_per_second, burst: limit.burst_count });
}
export const limitWords = (limit: RateLimit | null): string => wordsOf(limitText(limit));

/** No limit of any kind (`api/ratelimiting.py:174-184`). */
export const isLifted = (limit: RateLimit | null | undefined): boolean => limit?.messages_per_second === 0;

const sameLimit = (one: RateLimit | null, other: RateLimit | null): boolean =>
  one?.messages_per_second === other?.messages_per_second && one?.burst_count === other?.burst_count;

/** Kept before the change: what has to be put back. It only ever grows, as every kept form. */
const beforeSchema = z.object({
  kept: z.literal('rate-limit/1'),
  limit: z.nullable(z.object({ messages_per_second: z.number(), burst_count: z.number() })),
  /** How many requests to lift it were sent and got no answer that refused them; missing in journals of older versions. */
  tries: z.optional(z.number()),
});
const beforeJson = (limit: RateLimit | null, tries: number): Json => ({
  kept: 'rate-limit/1',
  limit: limit && { messages_per_second: limit.messages_per_second, burst_count: limit.burst_count },
  tries,
});

/**
 * A lifting without an answer is waited for a minute (`request.ts`), and whoever has it then, a proxy or Synapse, has one small
 * write to make: two minutes after it was sent, what is not there is taken as never to come. Not by how often somebody looked, so
 * that a second look ends the job truthfully, and a hasty one does not; and not by the clock on the wall, which may jump. Should
 * it come later still, verifying the lifting finds it, and the job is unclosed again.
 */
const MAY_COME_MS = 120_000;

const MAY_COME = /*i18n*/ {
  id: 'own-limit.may-come',
  message: 'An earlier request to lift it got no answer and may still be carried out: check again in two minutes.',
};
const LIFTED_EARLIER = /*i18n*/ {
  id: 'own-limit.lifted-earlier',
  message: 'Lifted, most likely by an earlier request of this job. Before: {limit}.',
} as const;
const CHANGED = /*i18n*/ {
  id: 'own-limit.changed',
  message: 'Changed since the plan, so left alone: {limit}.',
} as const;
const READ_BACK = /*i18n*/ {
  id: 'own-limit.read-back',
  message: 'The request succeeded, but the limit is: {limit}.',
} as const;
const NOW_LIFTED = /*i18n*/ { id: 'own-limit.lifted', message: 'Lifted. Before: {limit}.' } as const;
const AS_BEFORE = /*i18n*/ { id: 'own-limit.as-before', message: 'It is as it was before.' };
const RESTORED = /*i18n*/ { id: 'own-limit.restored', message: 'Restored: {limit}.' } as const;
const CHANGED_BY_OTHER = /*i18n*/ {
  id: 'own-limit.changed-by-other',
  message: 'Changed by someone else since, so left alone: {limit}.',
} as const;
const NOT_BY_US = /*i18n*/ {
  id: 'own-limit.not-by-us',
  message: 'Lifted, but not by this job: it has sent nothing yet.',
};
const IS_LIFTED = /*i18n*/ { id: 'own-limit.verified', message: 'Verified: it is lifted.' };
const LIFTED_LATE = /*i18n*/ {
  id: 'own-limit.lifted-late',
  message: 'Verified: it was lifted, but only after the job had ended.',
};
const TO_RESTORE = /*i18n*/ {
  id: 'own-limit.to-restore',
  message: 'Your rate limit was lifted after the job had ended. It still has to be restored.',
};
const NOT_LIFTED_SO_FAR = /*i18n*/ { id: 'own-limit.not-so-far', message: 'Not lifted so far.' };
const NOT_LIFTED = /*i18n*/ { id: 'own-limit.not-lifted', message: 'Not lifted, and the job has ended.' };

type Ground = Pick<StepGround, 'owner' | 'homeserver'>;

/** Lifts the admin's own limit, and puts it back. */
export class OwnLimit {
  readonly #ground: Ground;
  /** When a lifting was sent last. A page that comes back does not know, so it counts from its own beginning. */
  #sentAt = performance.now();
  #sent = false;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** @param was as the plan was made: what somebody set since is not ours to lift, nor to put back */
  async lift(was: RateLimit | null, context: RunContext): Promise<Outcome> {
    const now = await this.#read(context.signal);
    // An earlier try went through, though it got no answer: left alone, it would never be put back.
    if ((context.sentEarlier || this.#sent) && sameLimit(now, LIFTED)) {
      return done(withValues(LIFTED_EARLIER, { limit: limitText(was) }));
    }
    if (!sameLimit(now, was)) return skipped(withValues(CHANGED, { limit: limitText(now) }));
    const tries = triesIn(context.kept, context.attempt - 1) + 1;
    // In the journal before the change: whatever happens then, it is known what to restore.
    await context.keepBefore(beforeJson(was, tries));
    context.holdBack();
    this.#sent = true;
    this.#sentAt = performance.now();
    try {
      await this.#write(LIFTED, context.signal);
    } catch (error) {
      // Refused by an answer: of this one nothing can come. Where a pause was asked for, what was refused still is the word.
      if (error instanceof HomeserverError && !error.mayHaveHappened) {
        await Promise.resolve(context.keepBefore(beforeJson(was, tries - 1))).catch(() => undefined);
      }
      throw error;
    }
    const after = await this.#read(context.signal);
    if (!sameLimit(after, LIFTED)) return failed(withValues(READ_BACK, { limit: limitText(after) }));
    return done(withValues(NOW_LIFTED, { limit: limitText(was) }));
  }

  /** @param first the row of the lifting */
  async putBack(was: RateLimit | null, first: LedgerRow, { signal, keepBefore }: RunContext): Promise<Outcome> {
    const now = await this.#read(signal);
    if (sameLimit(now, was)) return this.#asItWas(first, AS_BEFORE, first.status === 'done');
    if (!sameLimit(now, LIFTED)) return skipped(withValues(CHANGED_BY_OTHER, { limit: limitText(now) }));
    await keepBefore({ kept: 'rate-limit-lifted/1' });
    await this.#write(was, signal);
    const after = await this.#read(signal);
    if (!sameLimit(after, was)) return failed(withValues(READ_BACK, { limit: limitText(after) }));
    return this.#asItWas(first, withValues(RESTORED, { limit: limitText(was) }), true);
  }

  /** @param last the row of putting it back */
  async verifyLift(
    last: LedgerRow,
    { signal, kept, row, reopen }: RunContext,
  ): Promise<Outcome | { status: 'not-done' }> {
    const now = await this.#read(signal);
    const isOver = last.status !== 'waiting';
    if (sameLimit(now, LIFTED)) {
      // What was there is kept before anything is sent.
      if (kept === undefined) {
        return { ...skipped(NOT_BY_US), settles: true };
      }
      if (!isOver) return done(IS_LIFTED);
      reopen(TO_RESTORE);
      return done(LIFTED_LATE);
    }
    if (!isOver) return { status: 'not-done' };
    // It stays unknown, with this as the reason.
    if (this.#mayStillCome(row(0), false)) throw new TextError(sentences(NOT_LIFTED_SO_FAR, MAY_COME));
    return skipped(NOT_LIFTED);
  }

  /** Only looks: putting back is for its own turn, at the end. @param first the row of the lifting */
  async verifyPutBack(
    was: RateLimit | null,
    first: LedgerRow,
    signal: AbortSignal,
  ): Promise<Outcome | { status: 'not-done' }> {
    const now = await this.#read(signal);
    if (sameLimit(now, was)) return this.#asItWas(first, AS_BEFORE, first.status === 'done');
    return sameLimit(now, LIFTED)
      ? { status: 'not-done' }
      : skipped(withValues(CHANGED_BY_OTHER, { limit: limitText(now) }));
  }

  #asItWas(first: LedgerRow, text: Text, cameOnce: boolean): Outcome {
    return this.#mayStillCome(first, cameOnce) ? failed(sentences(text, MAY_COME)) : done(text);
  }

  /** Nobody knows yet whether another one is carried out. @param cameOnce one of them was */
  #mayStillCome({ before, attempts, unanswered }: LedgerRow, cameOnce: boolean): boolean {
    const open = unanswered ? triesIn(before, attempts) - (cameOnce ? 1 : 0) : 0;
    return open > 0 && performance.now() - this.#sentAt < MAY_COME_MS;
  }

  #read(signal: AbortSignal): Promise<RateLimit | null> {
    return getRateLimit(this.#ground.homeserver(), this.#ground.owner.userId, signal);
  }

  #write(limit: RateLimit | null, signal: AbortSignal): Promise<void> {
    return setRateLimit(this.#ground.homeserver(), this.#ground.owner.userId, limit, signal);
  }
}

/** How many liftings were sent and not refused. @param otherwise where it was not counted */
function triesIn(before: Json | undefined, otherwise: number): number {
  const kept = z.safeParse(beforeSchema, before);
  return kept.success ? (kept.data.tries ?? otherwise) : 0;
}

const done = (reason: Text): Outcome => ({ status: 'done', reason });
const skipped = (reason: Text): Outcome => ({ status: 'skipped', reason });
const failed = (reason: Text): Outcome => ({ status: 'failed', reason });

/** Whether this job lifted it, or may have: by the row of the lifting. Where it was left alone, there is nothing to put back. */
export const isOurs = ({ status, before }: Pick<LedgerRow, 'status' | 'before'>): boolean =>
  status !== 'skipped' && before !== undefined;

/** What a job lifted and has not put back, by its ledger; null: nothing. */
export function leftLifted(job: Pick<Job, 'row' | 'getSnapshot'>): { was: RateLimit | null } | null {
  if (!job.getSnapshot().unclosed) return null;
  const first = job.row(0);
  const before = z.safeParse(beforeSchema, first.before);
  return isOurs(first) && before.success ? { was: before.data.limit } : null;
}

/** How putting back ended what a job had lifted; null: it has not, or there was nothing to put back. */
export function putBackWords(job: Pick<Job, 'row' | 'getSnapshot'>): string | null {
  const { total, unclosed } = job.getSnapshot();
  if (total < 2 || unclosed || !isOurs(job.row(0))) return null;
  const { id, reason } = job.row(total - 1);
  return id === PUT_BACK_ID ? wordsOf(reason) : null;
}

/** The last item of a run that lifts it: however the run ends, it is put back. */
export const CLOSING: Closing = {
  does: /*i18n*/ { id: 'own-limit.closing', message: 'your own rate limit is restored' },
  until: /*i18n*/ { id: 'own-limit.unclosed', message: 'Your own rate limit may still be lifted.' },
};
