import { HomeserverError } from '~/api/errors';
import { Mishap, NOT_THERE, send, type Ask } from '~/api/ask';
import type { Homeserver } from '~/api/request';
import type { Fault, JobSpec, Json, Outcome, RunContext } from '~/jobs/job';
import { plural } from '~/lib/numbers';
import { english } from '~/lib/english';
import type { PasswordRules } from '~/lib/passwords';
import { sameJson } from '~/lib/same-json';
import type { Text } from '~/lib/text';
import type { AnyAction, Entity, Secret, Server } from './action';
import { looksOf, UNSEEN } from './look';
import { GONE, type ActionItem } from './plan';
import { identityOf, isSame, refusalOf, stateOf } from './reading';
import type { Secrets } from './secrets';
import type { Steps } from './steps';

/** What a run stands on: which server, as whom, and how its errors are understood. */
export interface Ground {
  readonly owner: { readonly baseUrl: string; readonly userId: string };
  /** As it is when it is asked: a job may be older than its version. */
  server(): Server;
  /** With today's token; throws what `classify` takes for a lost token. */
  homeserver(): Homeserver;
  classify(error: unknown): Fault;
}

/** What a job of an action does. */
export interface ActionPlan {
  readonly items: readonly ActionItem[];
  readonly input: Json;
  /** By which rule the items were chosen, at the end of the title: “not opened since 2024-01-01, of everyone”. */
  readonly rule?: string;
  /** Id and title of the job that this one undoes. */
  readonly undoes?: { readonly id: string; readonly title: Text };
}

/** What the ledger keeps of an item before it is changed: enough to undo it. */
export interface Kept {
  readonly kept: 'action/1';
  readonly before: Json;
  readonly goal: Json;
  readonly identity: Json;
  readonly note?: Json;
}

/** What `keepBefore` kept; null where it was something else, or nothing. */
export function readKept(before: Json | undefined): Kept | null {
  const isKept = typeof before === 'object' && before !== null && 'kept' in before && before.kept === 'action/1';
  return isKept ? (before as unknown as Kept) : null;
}

const NOUNS: Readonly<Record<Entity, string>> = { user: 'user', media: 'file', member: 'member' };

/** “1 user”, “12 files”. */
export const countOf = ({ entity }: AnyAction, count: number): string => plural(count, NOUNS[entity]);

/** “Lock 12 users” */
export const phraseOf = (action: AnyAction, what: string): string => action.phrase?.(what) ?? `${action.label} ${what}`;

/** “Lock @anna:example.org”, “Lock 12 users”, “Lock 12 users: by this rule”, “Undo: Lock 12 users”. */
export function titleOf(action: AnyAction, { items, rule, undoes }: ActionPlan): string {
  if (undoes) return `Undo: ${english(undoes.title)}`;
  const [only] = items;
  const isOne = rule === undefined && items.length === 1 && only;
  const phrase = phraseOf(action, isOne ? only.id : countOf(action, items.length));
  return rule === undefined ? phrase : `${phrase}: ${rule}`;
}

const BY_SOMEONE =
  'It was so when Glia looked: by a request of this job that got no answer, or by someone else. Nobody can tell.';

const CAME_LATE =
  'An earlier request of the job that is undone was carried out late, or someone else changed it again. A new plan of the undo shows it.';

const SECRETS_GONE =
  'Nothing was sent. Passwords are made in the page that begins the job, and that page is gone: start again with those that are left.';

/** Where the rules can’t be read, nothing is asked for: the homeserver itself does not look at them here. */
function orNoRules(error: unknown): undefined {
  const isReadable = !(error instanceof HomeserverError) || error.status === 429 || error.signedOut;
  if (isReadable) throw error;
}

/** The look that judges a change found nothing out: the change itself was answered with success. */
class AfterSuccess extends Error {
  override readonly name = 'AfterSuccess';
}

/** Whatever this error says, it is no answer to the change. */
function faultAfter(fault: Fault): Fault {
  if (fault.kind === 'busy' || fault.kind === 'signed-out') return { ...fault, sent: true };
  return { kind: 'unanswered', reason: fault.reason };
}

/**
 * The one run of every action: look, compare, keep, send, judge. Never a success that was not read in an answer to a request of
 * this job.
 */
export function actionJob(
  action: AnyAction,
  plan: ActionPlan,
  ground: Ground,
  secrets: Secrets | null = null,
): JobSpec<ActionItem> {
  /** Items whose change was answered with success in this page; the look that judges it may still be to come. */
  const answered = new Set<string>();
  /** What the homeserver asks of a secret, once it was read. */
  let rules: { readonly read: PasswordRules | undefined } | null = null;
  const ask = <Answer>(one: Ask<Answer>, { signal }: RunContext) => send(ground.homeserver(), one, signal);
  const look = looksOf(action, (id, context) => ask(action.look(id, ground.server()), context));
  const steps = action.steps?.(ground, plan.items, plan.input);

  async function change(item: ActionItem, context: RunContext): Promise<Outcome> {
    const { id, planned: found, goal, identity } = item;
    // What an earlier try found is what was there before the job, and may say it more exactly than the plan.
    const planned = readKept(context.kept)?.before ?? found;
    const seen = await look(id, context);
    if (seen === UNSEEN) return write(item, planned, context);
    const now = stateOf(action, seen);
    const other = isOther(action, seen, identity);
    if (other) return { status: 'skipped', reason: other };
    if (isSame(action, goal, now)) {
      if (answered.has(id)) return { status: 'done', reason: `Now ${action.words(now)}.` };
      const reason = context.sentEarlier ? BY_SOMEONE : `Already ${action.words(now)}.`;
      return { status: 'skipped', reason, ...settled(seen) };
    }
    if (!isSame(action, planned, now))
      return { status: 'skipped', reason: `Changed since the plan: now ${action.words(now)}.` };
    const refusal = refusalOf(action, seen, { id, me: ground.owner.userId, input: plan.input });
    if (refusal) return { status: 'skipped', reason: refusal };
    return write({ ...item, identity: identityOf(action, seen) ?? identity }, now, context);
  }

  async function write({ id, goal, identity, note }: ActionItem, before: Json, context: RunContext): Promise<Outcome> {
    const secret = action.secret && (await secretOf(id, action.secret, context));
    if (secret === null) return { status: 'skipped', reason: SECRETS_GONE };
    await context.keepBefore({ kept: 'action/1', before, goal, identity, ...(note !== undefined && { note }) });
    context.holdBack();
    const after = await ask(action.write(id, goal, ground.server(), plan.input, secret), context).catch(
      async (error: unknown) => {
        // What is so already may be refused. Where that can't be read, the refusal is all that is known.
        const isRefused = error instanceof HomeserverError && ground.classify(error).kind === 'refused';
        const left = isRefused && !error.notFound ? await look(id, context).catch(() => UNSEEN) : UNSEEN;
        if (left === UNSEEN || !isSame(action, goal, stateOf(action, left))) throw error;
        throw new FoundSo();
      },
    );
    answered.add(id);
    if (action.unseen) return { status: 'done', reason: `Now ${action.words(goal)}.` };
    if (after !== null) return judge(after, goal, identity);
    context.holdBack(true);
    const left = await look(id, context).catch((error: unknown) => {
      throw new AfterSuccess('', { cause: error });
    });
    if (!isSame(action, before, stateOf(action, left))) return judge(left, goal, identity);
    // Something else may have answered in the homeserver's place.
    answered.delete(id);
    throw new NotSeen(`The answer was a success, but it is still ${action.words(stateOf(action, left))}.`);
  }

  /** The same for each try of an item. Null where the page that made it is gone: another one is not what was confirmed. */
  async function secretOf(id: string, secret: Secret, context: RunContext): Promise<string | null> {
    if (secrets === null || secrets.isClosed) return null;
    rules ??= { read: await ask(secret.rules(ground.server()), context).catch(orNoRules) };
    return secrets.make(id, rules.read);
  }

  /** After a success: whether it is now as it was to be. */
  function judge(seen: unknown, goal: Json, identity: Json): Outcome {
    const other = isOther(action, seen, identity);
    if (other) return { status: 'failed', reason: other };
    const now = stateOf(action, seen);
    return isSame(action, goal, now)
      ? { status: 'done', reason: `Now ${action.words(now)}.`, ...settled(seen) }
      : { status: 'failed', reason: `The homeserver reported success, but it is ${action.words(now)}.` };
  }

  return {
    kind: action.kind,
    title: titleOf(action, plan),
    owner: ground.owner,
    ...(plan.undoes && { undoes: plan.undoes.id }),
    items: plan.items,
    describe: (item) => ({
      id: item.id,
      columns:
        item.step === undefined
          ? (action.columns?.(item) ?? { before: action.words(item.planned), after: action.words(item.goal) })
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
        if (error instanceof Mishap) return { status: 'failed', reason: error.message };
        throw error;
      }
    },
    ...(!action.unseen && { verify }),
    keepsFirst: true,
    classify(error) {
      if (error instanceof NotSeen) return { kind: 'unanswered', reason: error.message };
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

  async function verify(item: ActionItem, context: RunContext): Promise<Outcome | { status: 'not-done' }> {
    if (item.step !== undefined && steps) return steps.verify(item, context);
    const { id, goal, identity, late } = item;
    const planned = readKept(context.kept)?.before ?? item.planned;
    let seen = await look(id, context);
    if (seen === UNSEEN) {
      if (await action.isThere?.(ground.homeserver(), item, context.signal)) return { status: 'not-done' };
      seen = NOT_THERE;
    }
    const now = stateOf(action, seen);
    const other = isOther(action, seen, identity);
    if (other) return { status: 'skipped', reason: other };
    if (isSame(action, goal, now)) return { status: 'skipped', reason: BY_SOMEONE, ...settled(seen) };
    if (isSame(action, planned, now)) return { status: 'not-done' };
    if (late) return { status: 'failed', reason: `${CAME_LATE} Now ${action.words(now)}.` };
    return { status: 'skipped', reason: `Changed since the plan: now ${action.words(now)}.` };
  }
}

/** What is gone stays so: whatever a request without an answer may still do changes nothing more. */
const settled = (seen: unknown): { settles?: true } => (seen === NOT_THERE ? { settles: true } : {});

function laneOf(action: AnyAction, steps: Steps | undefined): Pick<JobSpec<ActionItem>, 'lane'> {
  const { lane } = action;
  if (steps?.lane) return { lane: (item) => steps.lane?.(item) ?? item.id };
  return lane ? { lane: ({ id }) => lane(id) } : {};
}

/** The answer was a success, and nothing has changed: whose answer it was is not known. */
class NotSeen extends Error {
  override readonly name = 'NotSeen';
}

/** The change was refused, and it is as it was to be: by this job or by someone else. */
class FoundSo extends Error {
  override readonly name = 'FoundSo';
}

/** The one that was planned for is gone, and another one has its name. */
function isOther(action: AnyAction, seen: unknown, identity: Json): string | null {
  const now = identityOf(action, seen);
  return identity === null || now === null || sameJson(now, identity)
    ? null
    : 'What was planned for is gone, and another one of the same name was made since.';
}
