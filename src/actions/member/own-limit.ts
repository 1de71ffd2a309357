import * as z from 'zod/mini';
import { HomeserverError } from '~/api/errors';
import { getRateLimit, setRateLimit, type RateLimit } from '~/api/users';
import type { Closing, Job, Json, LedgerRow, Outcome, RunContext } from '~/jobs/job';
import type { StepGround } from '~/actions/steps';
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

export function limitWords(limit: RateLimit | null): string {
  if (limit === null) return 'none of your own';
  if (limit.messages_per_second === 0) return 'lifted';
  return `${limit.messages_per_second} a second, ${limit.burst_count} at once`;
}

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

const MAY_COME =
  'an earlier request to lift it got no answer and may still be carried out: look again in two minutes to be sure.';

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
      return done(`Lifted, by an earlier request of this job as far as can be told. It was: ${limitWords(was)}.`);
    }
    if (!sameLimit(now, was)) return skipped(`Changed since the plan, so left alone: ${limitWords(now)}.`);
    const tries = triesIn(context.kept, context.attempt - 1) + 1;
    // In the journal before the change: whatever happens then, it is known what to put back.
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
    if (!sameLimit(after, LIFTED)) return failed(`Read back, it is: ${limitWords(after)}.`);
    return done(`Lifted. It was: ${limitWords(was)}.`);
  }

  /** @param first the row of the lifting */
  async putBack(was: RateLimit | null, first: LedgerRow, { signal, keepBefore }: RunContext): Promise<Outcome> {
    const now = await this.#read(signal);
    if (sameLimit(now, was)) return this.#asItWas(first, 'It is as it was', first.status === 'done');
    if (!sameLimit(now, LIFTED)) return skipped(`Changed by someone else since, so left alone: ${limitWords(now)}.`);
    await keepBefore({ kept: 'rate-limit-lifted/1' });
    await this.#write(was, signal);
    const after = await this.#read(signal);
    if (!sameLimit(after, was)) return failed(`Read back, it is: ${limitWords(after)}.`);
    return this.#asItWas(first, `Put back as it was: ${limitWords(was)}`, true);
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
        return { ...skipped('Lifted, but not by this job: nothing was sent yet.'), settles: true };
      }
      if (!isOver) return done('Verified: lifted.');
      reopen('The lifting was carried out after all, when this had ended: it is still to be put back.');
      return done('Verified: lifted, though only when the run was over.');
    }
    if (!isOver) return { status: 'not-done' };
    // It stays unknown, with this as the reason.
    if (this.#mayStillCome(row(0), false)) throw new Error(`Not lifted so far, but ${MAY_COME}`);
    return skipped('Not lifted, and the run is over.');
  }

  /** Only looks: putting back is for its own turn, at the end. @param first the row of the lifting */
  async verifyPutBack(
    was: RateLimit | null,
    first: LedgerRow,
    signal: AbortSignal,
  ): Promise<Outcome | { status: 'not-done' }> {
    const now = await this.#read(signal);
    if (sameLimit(now, was)) return this.#asItWas(first, 'Verified: it is as it was', first.status === 'done');
    return sameLimit(now, LIFTED)
      ? { status: 'not-done' }
      : skipped(`Changed by someone else since, so left alone: ${limitWords(now)}.`);
  }

  #asItWas(first: LedgerRow, words: string, cameOnce: boolean): Outcome {
    return this.#mayStillCome(first, cameOnce) ? failed(`${words}, so far, but ${MAY_COME}`) : done(`${words}.`);
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

const done = (reason: string): Outcome => ({ status: 'done', reason });
const skipped = (reason: string): Outcome => ({ status: 'skipped', reason });
const failed = (reason: string): Outcome => ({ status: 'failed', reason });

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
  does: 'your own rate limit is put back as it was',
  until: 'Your own rate limit may still be lifted.',
};
