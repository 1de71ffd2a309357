import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { Homeserver } from '~/api/request';
import { getRateLimit, setRateLimit, type RateLimit } from '~/api/users';
import type { Job, Json, JobSpec, Outcome, RunContext } from '~/jobs/job';
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
});
const beforeJson = (limit: RateLimit | null): Json => ({
  kept: 'rate-limit/1',
  limit: limit && { messages_per_second: limit.messages_per_second, burst_count: limit.burst_count },
});

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

export async function putBack(ground: Ground, was: RateLimit | null, { signal }: Pick<RunContext, 'signal'>) {
  const { userId } = ground.owner;
  const now = await getRateLimit(ground.homeserver(), userId, signal);
  if (sameLimit(now, was)) return done('It is as it was.');
  if (!sameLimit(now, LIFTED)) return skipped(`Changed by somebody since, so left alone: ${limitWords(now)}.`);
  await setRateLimit(ground.homeserver(), userId, was, signal);
  const after = await getRateLimit(ground.homeserver(), userId, signal);
  return sameLimit(after, was)
    ? done(`Put back as it was: ${limitWords(was)}.`)
    : failed(`Read back, it is: ${limitWords(after)}.`);
}

export async function verifyLift(ground: Ground, { signal }: RunContext): Promise<Outcome | { status: 'not-done' }> {
  const now = await getRateLimit(ground.homeserver(), ground.owner.userId, signal);
  return sameLimit(now, LIFTED) ? done('Verified: lifted.') : { status: 'not-done' };
}

/** Only looks: putting back is for its own turn, at the end. */
export async function verifyPutBack(
  ground: Ground,
  was: RateLimit | null,
  { signal }: RunContext,
): Promise<Outcome | { status: 'not-done' }> {
  const now = await getRateLimit(ground.homeserver(), ground.owner.userId, signal);
  if (sameLimit(now, was)) return done('Verified: it is as it was.');
  return sameLimit(now, LIFTED)
    ? { status: 'not-done' }
    : skipped(`Changed by somebody since, so left alone: ${limitWords(now)}.`);
}

const done = (reason: string): Outcome => ({ status: 'done', reason });
const skipped = (reason: string): Outcome => ({ status: 'skipped', reason });
const failed = (reason: string): Outcome => ({ status: 'failed', reason });

/** What a job lifted and has not put back, by its ledger; null: nothing. */
export function leftLifted(job: Job): { was: RateLimit | null } | null {
  const { total } = job.getSnapshot();
  if (total < 2) return null;
  const first = job.row(0);
  const last = job.row(total - 1);
  if (first.id !== LIFT_ID || last.id !== PUT_BACK_ID || last.status === 'done' || last.status === 'skipped')
    return null;
  // Not lifted, or left alone, as it was found.
  if (first.status === 'skipped' || first.before === undefined) return null;
  const before = z.safeParse(beforeSchema, first.before);
  return before.success ? { was: before.data.limit } : null;
}

export const PUT_BACK_KIND = 'own-rate-limit';

/** Puts back what a job that ended early left lifted: a job of one item, so that it is tried, told and listed as any. */
export function putBackJob(ground: RunGround, was: RateLimit | null): JobSpec<RateLimit | null> {
  return {
    kind: PUT_BACK_KIND,
    title: 'Put your own rate limit back',
    owner: ground.owner,
    items: [was],
    describe: () => ({ id: PUT_BACK_ID, columns: { 'as it was': limitWords(was) } }),
    run: (item, context) => putBack(ground, item, context),
    verify: (item, context) => verifyPutBack(ground, item, context),
    classify: (error) => ground.classify(error),
    repeatable: true,
  };
}

/** @param reason what may have changed it meanwhile: it is read again where this differs */
export const ownLimit = (hs: Homeserver, userId: string, reason: string) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'own-rate-limit', userId, reason],
    queryFn: ({ signal }) => getRateLimit(hs, userId, signal),
    staleTime: 0,
  });
