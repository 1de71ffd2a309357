import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { Homeserver } from '~/api/request';
import { getRateLimit, setRateLimit, type RateLimit } from '~/api/users';
import type { Closing, Job, Json, LedgerRow, Outcome, RunContext } from '~/jobs/job';
import type { RunGround } from './run';

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

const sameLimit = (one: RateLimit | null, other: RateLimit | null): boolean =>
  one?.messages_per_second === other?.messages_per_second && one?.burst_count === other?.burst_count;

/** Kept before the change: what has to be put back. It only ever grows, as every kept form. */
const beforeSchema = z.object({
  kept: z.literal('rate-limit/1'),
  limit: z.nullable(z.object({ messages_per_second: z.number(), burst_count: z.number() })),
  /** When the lifting was sent last, epoch ms; missing in journals of older versions. */
  sent_at: z.optional(z.number()),
});
const beforeJson = (limit: RateLimit | null): Json => ({
  kept: 'rate-limit/1',
  limit: limit && { messages_per_second: limit.messages_per_second, burst_count: limit.burst_count },
  sent_at: Date.now(),
});

/**
 * A lifting without an answer is waited for a minute (`request.ts`), and whoever has it then, a proxy or Synapse, has one small
 * write to make: two minutes after it was sent, what is not there is taken as never to come. That is by the clock and not by how
 * often somebody looked, so that a second look ends the job truthfully, and a hasty one does not. Should it come later still,
 * verifying the lifting finds it, and the job is unclosed again.
 */
const MAY_COME_MS = 120_000;

/** By the row of the lifting: nobody knows yet, or nobody will, whether it is carried out. */
function mayStillCome({ status, before }: Pick<LedgerRow, 'status' | 'before'>): boolean {
  const kept = z.safeParse(beforeSchema, before);
  if (!kept.success || (status !== 'unknown' && status !== 'waiting')) return false;
  // The clock on the wall may have been set back meanwhile: that must not keep the job open until it is there again.
  return Math.abs(Date.now() - (kept.data.sent_at ?? 0)) < MAY_COME_MS;
}

const MAY_COME =
  'the last try to lift it, less than two minutes ago, may still be carried out: look again when they are over.';

type Ground = Pick<RunGround, 'owner' | 'homeserver'>;

/** @param was as the plan was made: what somebody set since is not ours to lift, nor to put back */
export async function lift(ground: Ground, was: RateLimit | null, sent: Set<string>, context: RunContext) {
  const { userId } = ground.owner;
  const now = await getRateLimit(ground.homeserver(), userId, context.signal);
  // An earlier try went through, though nobody was told: left alone, it would never be put back.
  if ((context.sentEarlier || sent.has(LIFT_ID)) && sameLimit(now, LIFTED)) {
    return done(`Lifted, by an earlier try of this job as far as can be told. It was: ${limitWords(was)}.`);
  }
  if (!sameLimit(now, was)) {
    return skipped(`Changed since the plan, so left alone: ${limitWords(now)}.`);
  }
  // In the journal before the change: whatever happens then, it is known what to put back.
  await context.keepBefore(beforeJson(was));
  const hs = ground.homeserver();
  sent.add(LIFT_ID);
  await setRateLimit(hs, userId, LIFTED, context.signal);
  return done(`Lifted. It was: ${limitWords(was)}.`);
}

/** @param first the row of the lifting */
export async function putBack(ground: Ground, was: RateLimit | null, first: LedgerRow, signal: AbortSignal) {
  const { userId } = ground.owner;
  const now = await getRateLimit(ground.homeserver(), userId, signal);
  if (sameLimit(now, was)) return asItWas(first, 'It is as it was');
  if (!sameLimit(now, LIFTED)) return skipped(`Changed by somebody since, so left alone: ${limitWords(now)}.`);
  await setRateLimit(ground.homeserver(), userId, was, signal);
  const after = await getRateLimit(ground.homeserver(), userId, signal);
  if (!sameLimit(after, was)) return failed(`Read back, it is: ${limitWords(after)}.`);
  const putBackNow = `Put back as it was: ${limitWords(was)}`;
  // Of several tries another one may follow; of one it has come.
  return first.attempts > 1 ? asItWas(first, putBackNow) : done(`${putBackNow}.`);
}

const asItWas = (first: LedgerRow, words: string): Outcome =>
  mayStillCome(first) ? failed(`${words}, so far, but ${MAY_COME}`) : done(`${words}.`);

/** @param last the row of putting it back */
export async function verifyLift(
  ground: Ground,
  last: LedgerRow,
  { signal, kept, row, reopen }: RunContext,
): Promise<Outcome | { status: 'not-done' }> {
  const now = await getRateLimit(ground.homeserver(), ground.owner.userId, signal);
  const isOver = last.status !== 'waiting';
  if (sameLimit(now, LIFTED)) {
    // What was there is kept before anything is sent.
    if (kept === undefined) return skipped('Lifted, but not by this job: nothing was sent yet.');
    if (!isOver) return done('Verified: lifted.');
    reopen('The lifting was carried out after all, when this had ended: it is still to be put back.');
    return done('Verified: lifted, though only when the run was over.');
  }
  if (!isOver) return { status: 'not-done' };
  // It stays unknown, with this as the reason.
  if (mayStillCome(row(0))) throw new Error(`Not lifted so far, but ${MAY_COME}`);
  return skipped('Not lifted, and the run is over, so it will not be.');
}

/** Only looks: putting back is for its own turn, at the end. @param first the row of the lifting */
export async function verifyPutBack(
  ground: Ground,
  was: RateLimit | null,
  first: LedgerRow,
  signal: AbortSignal,
): Promise<Outcome | { status: 'not-done' }> {
  const now = await getRateLimit(ground.homeserver(), ground.owner.userId, signal);
  if (sameLimit(now, was)) return asItWas(first, 'Verified: it is as it was');
  return sameLimit(now, LIFTED)
    ? { status: 'not-done' }
    : skipped(`Changed by somebody since, so left alone: ${limitWords(now)}.`);
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
  return id === PUT_BACK_ID ? reason : null;
}

/** The last item of a run that lifts it: however the run ends, it is put back. */
export const CLOSING: Closing = {
  does: 'your own rate limit is put back as it was',
  until: 'Your own rate limit may still be lifted.',
};

/** @param reason what may have changed it meanwhile: it is read again where this differs */
export const ownLimit = (hs: Homeserver, userId: string, reason: string) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'own-rate-limit', userId, reason],
    queryFn: ({ signal }) => getRateLimit(hs, userId, signal),
    staleTime: 0,
  });
