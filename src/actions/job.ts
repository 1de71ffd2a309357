import { HomeserverError } from '~/api/errors';
import { Handed, Mishap, NOT_THERE, send, TaskStarted, Told, type Ask } from '~/api/ask';
import type { Homeserver } from '~/api/request';
import {
  HeldBack,
  STILL_WORKING,
  type Fault,
  type JobSpec,
  type Json,
  type NotDone,
  type Outcome,
  type RunContext,
} from '~/jobs/job';
import type { PasswordRules } from '~/lib/passwords';
import { invariant } from '~/lib/invariant';
import { sentences, withValues, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import type { AnyAction, LookAt, Secret, Server } from './action';
import { heldBy } from './claims';
import { keptAs, readKept } from './kept';
import { followTask, keepAnswered, keepTask, pastTask, withoutTask, type EndedTask, type FoundTask } from './follow';
import { looksOf, UNSEEN } from './look';
import { ALREADY, GONE, type ActionItem, type Kept } from './plan';
import { hasAll, identityOf, isOther, isSame, refusalOf, stateOf } from './reading';
import {
  BY_SOMEONE,
  STILL,
  NOW,
  CHANGED,
  NOT_CHECKED,
  NO_TASK,
  TASK_LOST,
  NOT_SO,
  OTHER,
  CAME_LATE,
  SECRETS_GONE,
  MAY_BE_MADE,
  MOVED,
  ATTENTION,
  MAY_COME_BACK,
} from './reasons';
import { AfterSuccess, faultAfter, FoundSo, NotSeen, orHeld, orNoRules, TaskLost } from './run-errors';
import { Repeats } from './repeats';
import type { Secrets } from './secrets';
import type { Steps } from './steps';
import { taskSince, tasksNow } from './tasks';
import { actionFor, isMoved } from './under-mas';
import { titleOf, type ActionPlan } from './titles';

/** What a run stands on: which server, as whom, and how its errors are understood. */
export interface Ground {
  readonly owner: { readonly baseUrl: string; readonly userId: string };
  /** As it is when it is asked: a job may be older than its version. */
  server(): Server;
  /** With today's token; throws what `classify` takes for a lost token. */
  homeserver(): Homeserver;
  classify(error: unknown): Fault;
}

/**
 * The one run of every action: look, compare, keep, send, judge. Never a success that was not read in an answer to a request of
 * this job.
 */
export function actionJob(
  given: AnyAction,
  plan: ActionPlan,
  ground: Ground,
  secrets: Secrets | null = null,
): JobSpec<ActionItem> {
  const action = actionFor(given, { mas: plan.mas ?? ground.server().mas });
  /** Items whose change was answered with success in this page; the look that judges it may still be to come. */
  const answered = new Set<string>();
  const repeats = new Repeats(action.knownFor && (() => action.knownFor?.(ground.server())));
  /** What the homeserver asks of a secret, once it was read. */
  let rules: { readonly read: PasswordRules | undefined } | null = null;
  const ask = <Answer>(one: Ask<Answer>, { signal }: RunContext) => send(ground.homeserver(), one, signal);
  const askIn =
    (context: RunContext) =>
    <Answer>(one: Ask<Answer>) =>
      ask(one, context);
  const sendAs = <Answer>(secret: string | undefined, one: Ask<Answer>, context: RunContext) =>
    action.byIts && secret !== undefined
      ? send({ ...ground.homeserver(), token: secret }, one, context.signal)
      : ask(one, context);
  const look = looksOf(action, (id, context) => ask(action.look(id, ground.server()), context));
  const steps = action.steps?.(ground, plan.items, plan.input);

  async function change(item: ActionItem, context: RunContext): Promise<Outcome> {
    const { id, goal, identity } = item;
    // What an earlier try found is what was there before the job, and may say it more exactly than the plan.
    const earlier = readKept(context.kept);
    if (earlier?.task !== undefined) return follow(item, earlier, earlier.task, context);
    const started = context.sentEarlier
      ? await taskSince(action, { id, kept: earlier }, ground.server(), askIn(context))
      : null;
    if (started) {
      await keepTask(started, context);
      return follow(item, started, started.task, context);
    }
    const planned = earlier?.before ?? item.planned;
    const seen = await look(id, context);
    if (seen === UNSEEN) return write(item, planned, context);
    const now = stateOf(action, seen);
    const wasSent = context.kept !== undefined || context.sentEarlier;
    if (isOther(action, seen, identity)) return wasSent ? otherAfter(item) : { status: 'skipped', reason: OTHER };
    if (isSame(action, goal, now)) {
      if (answered.has(id) || earlier?.answered) return done(item, now, context);
      if (action.writtenWhenBusy && earlier?.taken === undefined && wasSent && !context.sentEarlier)
        return write(item, planned, context);
      return {
        ...settled(seen),
        status: 'skipped',
        reason:
          context.sentEarlier || earlier?.taken !== undefined
            ? BY_SOMEONE
            : withValues(ALREADY, { state: action.words(now) }),
      };
    }
    if (!isSame(action, planned, now)) return changedSince(earlier, now);
    const refusal = refusalOf(action, seen, { id, me: ground.owner.userId, input: plan.input });
    if (refusal) return { status: 'skipped', reason: refusal };
    return write({ ...item, identity: identityOf(action, seen) ?? identity }, now, context);
  }

  async function write(item: ActionItem, before: Json, context: RunContext): Promise<Outcome> {
    const { id, goal, identity, note } = item;
    const server = orHeld(ground.server());
    const guarded = isMoved(action, given, server) ? MOVED : (action.guard?.(server) ?? null);
    if (guarded !== null) return { status: 'failed', reason: guarded };
    const lookNow: LookAt = (one) => {
      context.holdBack();
      return ask(one, context);
    };
    repeats.check(id, ground.homeserver().token, context.sentEarlier);
    const held = await heldBy(id, action.claims?.({ id, planned: before, goal }) ?? [], lookNow);
    if (held !== null) return { status: 'skipped', reason: held };
    if (action.hands && (secrets === null || secrets.isClosed)) return { status: 'skipped', reason: action.hands.gone };
    const secret = action.secret && (await secretOf(id, action.secret, context));
    if (secret === null) return { status: 'skipped', reason: SECRETS_GONE };
    const known = await tasksNow(action, id, ground.server(), askIn(context));
    const more = { ...(note !== undefined && { note }), ...(known && { known }) };
    const kept: Kept = { kept: 'action/1', before, goal, identity, ...more };
    await context.keepBefore({ ...kept });
    context.holdBack();
    const by = { server, input: plan.input, now: before, identity: identity ?? null, secret };
    const sending = action.carryOut
      ? action.carryOut({ id, planned: before, goal }, { ...by, ask: askIn(context), wait: context.wait })
      : sendAs(secret, action.write(id, goal, by), context);
    const after = await sending.catch(async (error: unknown) => {
      // What the admin's own token is good for, this answer does not say.
      if (action.byIts && error instanceof HomeserverError && error.signedOut) throw new FoundSo();
      // What is so already may be refused. Where that can't be read, the refusal is all that is known.
      const isRefused = error instanceof HomeserverError && ground.classify(error).kind === 'refused';
      const left = isRefused && !error.notFound ? await look(id, context).catch(() => UNSEEN) : UNSEEN;
      if (left === UNSEEN || !isSame(action, goal, stateOf(action, left))) throw error;
      throw new FoundSo();
    });
    if (after instanceof Handed) secrets?.hold(id, after.secret);
    if (after instanceof TaskStarted) {
      const started: Kept = { ...kept, task: after.task, ...(!context.sentEarlier && { alone: true }) };
      await keepTask(started, context);
      return follow(item, started, after.task, context);
    }
    return answeredSo(item, after, kept, context);
  }

  /** The homeserver works on it: what becomes of that. */
  async function follow(item: ActionItem, kept: Kept, task: string, context: RunContext): Promise<Outcome> {
    return afterTask(item, kept, await followTask(() => lookAtTask(item, task, context), context), context);
  }

  async function afterTask(item: ActionItem, kept: Kept, state: EndedTask, context: RunContext): Promise<Outcome> {
    const settles = kept.alone && { settles: true as const };
    if (state.status === 'failed')
      return { status: 'failed', reason: state.reason, before: { ...pastTask(kept, state.details) }, ...settles };
    // Where a look tells, it does not matter that the task is forgotten.
    if (state.status === 'lost' && action.unseen) throw new TaskLost(TASK_LOST);
    const outcome = await answeredSo(item, null, kept, context);
    const told = state.status === 'done' ? (state.told ?? '') : '';
    if (kept.taken === false) return { ...outcome, status: 'skipped', reason: sentences(told, BY_SOMEONE) };
    return { ...outcome, reason: sentences(told, outcome.reason ?? ''), ...settles };
  }

  /** Whatever goes wrong in this look, the task was started. */
  async function lookAtTask({ id }: ActionItem, task: string, context: RunContext): Promise<FoundTask> {
    const { task: asking } = action;
    invariant(asking, 'an action that starts a task can look at it');
    try {
      return await ask(asking.call(action, id, task, ground.server()), context);
    } catch (cause) {
      if (cause instanceof HomeserverError && cause.notFound) return { status: 'lost' };
      const error = new AfterSuccess('', { cause });
      if (ground.classify(cause).kind === 'unanswered') return { status: 'unread', error };
      throw error;
    }
  }

  /** The change was answered with success: what is there now. @param after null where the answer does not tell */
  async function answeredSo(item: ActionItem, after: unknown, kept: Kept, context: RunContext): Promise<Outcome> {
    const { id, goal } = item;
    const { before } = kept;
    answered.add(id);
    // The answer may say more than was to be: until when it is so.
    if (action.unseen && !(after instanceof Told))
      return { status: 'done', reason: withValues(NOW, { state: action.words((after ?? goal) as Json) }) };
    if (after instanceof Told) return { status: 'done', reason: after.text };
    if (after !== null) return judge(after, item, kept, context);
    context.holdBack(true);
    const left = await look(id, context).catch((error: unknown) => {
      throw new AfterSuccess('', { cause: error });
    });
    if (!isSame(action, before, stateOf(action, left))) return judge(left, item, kept, context);
    // Something else may have answered in the homeserver's place.
    answered.delete(id);
    throw new NotSeen(withValues(STILL, { state: action.words(stateOf(action, left)) }));
  }

  async function done(item: ActionItem, now: Json, context: RunContext, kept?: Kept): Promise<Outcome> {
    // Looking at what happens afterwards can take seconds. If the page is closed during that time, the success must not be lost.
    if (kept && action.aftermath) await keepAnswered(kept, context);
    const told = [withValues(NOW, { state: action.words(now) }), await aftermath(item, context)];
    return { status: 'done', reason: [...told, item.late ? MAY_COME_BACK : ''].reduce(sentences) };
  }

  /**
   * The change itself was answered: what goes wrong in this look is no failure of the item. Where everyone has to wait, or the
   * token is lost, it is looked at again when the job continues.
   */
  async function aftermath(item: ActionItem, context: RunContext): Promise<Text> {
    const lookOn: LookAt = (one) => {
      context.holdBack(true);
      return ask(one, context);
    };
    try {
      return (await action.aftermath?.({ ...item, input: plan.input }, lookOn, context.wait)) ?? '';
    } catch (error) {
      if (error instanceof HeldBack) throw error;
      const { kind } = ground.classify(error);
      if (kind === 'busy' || kind === 'signed-out') throw new AfterSuccess('', { cause: error });
      return withValues(NOT_CHECKED, { reason: textOfError(error) });
    }
  }

  /** The same for each try of an item. Null where the page that made it is gone: another one is not what was confirmed. */
  async function secretOf(id: string, secret: Secret, context: RunContext): Promise<string | null> {
    if (secrets === null || secrets.isClosed) return null;
    const asked = secret.rules?.(ground.server());
    rules ??= { read: asked && (await ask(asked, context).catch(orNoRules)) };
    return secrets.make(id, rules.read);
  }

  /** After a success: whether it is now as it was to be. */
  async function judge(seen: unknown, item: ActionItem, kept: Kept, context: RunContext): Promise<Outcome> {
    if (isOther(action, seen, item.identity)) return otherAfter(item);
    const now = stateOf(action, seen);
    if (isSame(action, item.goal, now)) return { ...(await done(item, now, context, kept)), ...settled(seen) };
    const reason = withValues(NOT_SO, { state: action.words(now) });
    if (isSame(action, kept.before, now)) return { status: 'failed', reason };
    // Whoever took more than this job was to take: an undo can put all of it back.
    const before = keptAs({ ...kept, taken: !hasAll(item.goal, now) }, now);
    return { status: 'failed', reason, before: { ...before } };
  }

  /** Neither as planned nor as it was to be. An earlier try may have been carried out, or may still be. */
  function changedSince(earlier: Kept | null, now: Json): Outcome {
    const reason = withValues(CHANGED, { state: action.words(now) });
    return { status: 'skipped', reason, ...(earlier && { before: { ...keptAs(earlier, now) } }) };
  }

  /** A request that makes the thing where there is none may have made this one. */
  function otherAfter({ id, planned, goal, identity }: ActionItem): Outcome {
    const by = { server: ground.server(), input: plan.input, now: planned, identity };
    const makes = action.write(id, goal, by).success === 'thing';
    return { status: 'failed', reason: makes ? withValues(ATTENTION, { what: sentences(OTHER, MAY_BE_MADE) }) : OTHER };
  }

  return {
    kind: action.kind,
    title: titleOf(action, plan),
    owner: ground.owner,
    // Empty: an undo of a job that only a backup file tells of.
    ...(plan.undoes && { undoes: plan.undoes.id ?? '' }),
    items: plan.items,
    describe: (item) => ({
      id: item.id,
      columns:
        item.step === undefined
          ? (action.columns?.(item) ?? { before: asItIs(action, item.planned), after: asItIs(action, item.goal) })
          : (steps?.columns(item) ?? {}),
    }),
    async run(item, context) {
      if (item.step !== undefined && steps) return steps.run(item, context);
      const blocked = steps?.blocks(item.id) ?? null;
      if (blocked !== null) return { status: 'failed', reason: blocked };
      try {
        return await change(item, context);
      } catch (error) {
        if (error instanceof HomeserverError && error.notFound) {
          // Where a look finds what is gone, only the change itself is answered so. A connection broke perhaps: then a browser sends a
          // request again by itself, and shows the page the second answer alone (RFC 9110 §9.2.2).
          if (action.absent !== undefined) return { status: 'skipped', reason: BY_SOMEONE, settles: true };
          return { status: 'skipped', reason: action.gone ?? GONE };
        }
        if (error instanceof FoundSo) return { status: 'skipped', reason: BY_SOMEONE };
        const meaning = error instanceof HomeserverError && (action.explain?.(error) ?? null);
        if (meaning) return { status: 'failed', reason: sentences(meaning, textOfError(error)) };
        if (error instanceof Mishap) return { status: 'failed', reason: error.text };
        throw error;
      }
    },
    ...((!action.unseen || action.task) && { verify }),
    keepsFirst: true,
    classify(error) {
      if (error instanceof NotSeen) return { kind: 'unanswered', reason: error.text };
      if (error instanceof TaskLost) return { kind: 'refused', reason: error.text, sent: true };
      const { classify } = steps ?? ground;
      return error instanceof AfterSuccess ? faultAfter(classify(error.cause)) : classify(error);
    },
    repeatable: action.repeatable,
    policy: { ...action.policy, ...steps?.policy },
    ...laneOf(action, steps),
    ...(steps?.closing && { closing: steps.closing }),
    mayBeUndone: ({ late }) => late === true,
    keep: {
      plan: {
        input: plan.input,
        rule: plan.rule ?? null,
        undoes: plan.undoes ? { id: plan.undoes.id, title: plan.undoes.title } : null,
        ...(action.at === 'mas' && { mas: true }),
      },
      pack: ({ id, planned, goal, identity, ...more }) => [
        id,
        planned,
        goal,
        identity,
        ...(Object.keys(more).length > 0 ? [more] : []),
      ],
    },
  };

  async function verify(item: ActionItem, context: RunContext): Promise<Outcome | NotDone> {
    if (item.step !== undefined && steps) return steps.verify(item, context);
    const { id, goal, identity } = item;
    let earlier = readKept(context.kept);
    if (earlier?.task !== undefined) {
      const state = await lookAtTask(item, earlier.task, context);
      if (state.status === 'running') return { status: 'not-done', underway: STILL_WORKING };
      if (state.status === 'unread') throw state.error;
      try {
        return await afterTask(item, earlier, state, context);
      } catch (error) {
        if (!(error instanceof NotSeen) || state.status !== 'lost') throw error;
        // A task that nobody knows, and nothing has changed: something else answered in the homeserver's place.
        earlier = withoutTask(earlier);
        await keepTask(earlier, context);
      }
    }
    const started = await taskSince(action, { id, kept: earlier }, ground.server(), askIn(context));
    if (started) {
      await keepTask(started, context);
      return { status: 'not-done', underway: STILL_WORKING };
    }
    if (action.unseen && started === null) return { status: 'not-done' };
    if (action.unseen) throw new NotSeen(NO_TASK);
    let seen = await look(id, context);
    if (seen === UNSEEN) {
      if (await action.isThere?.(ground.homeserver(), item, context.signal)) return { status: 'not-done' };
      seen = NOT_THERE;
    }
    const now = stateOf(action, seen);
    if (isOther(action, seen, identity)) return otherAfter(item);
    if (isSame(action, goal, now)) {
      const outcome: Outcome =
        answered.has(id) || earlier?.answered
          ? await done(item, now, context)
          : { status: 'skipped', reason: BY_SOMEONE };
      return { ...outcome, ...settled(seen) };
    }
    if (isSame(action, earlier?.before ?? item.planned, now)) return { status: 'not-done' };
    if (item.late)
      return { status: 'failed', reason: sentences(CAME_LATE, withValues(NOW, { state: action.words(now) })) };
    return changedSince(earlier, now);
  }
}

/** A state for tables and files: IDs in it are unchanged. */
const asItIs = (action: AnyAction, state: Json): Text => action.asItIs?.(state) ?? action.words(state);

/** What is gone stays so: whatever a request without an answer may still do changes nothing more. */
const settled = (seen: unknown): { settles?: true } => (seen === NOT_THERE ? { settles: true } : {});

function laneOf(action: AnyAction, steps: Steps | undefined): Pick<JobSpec<ActionItem>, 'lane'> {
  const { lane } = action;
  if (steps?.lane) return { lane: (item) => steps.lane?.(item) ?? item.id };
  return lane ? { lane: ({ id }) => lane(id) } : {};
}
