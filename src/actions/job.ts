import { HomeserverError } from '~/api/errors';
import { Mishap, send, type Ask } from '~/api/ask';
import type { Homeserver } from '~/api/request';
import type { Fault, JobSpec, Json, Outcome, RunContext } from '~/jobs/job';
import { sameJson } from '~/lib/same-json';
import { withValues, type Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import type { AnyAction, Entity, Server } from './action';
import { ALREADY, GONE, type ActionItem } from './plan';
import { identityOf, refusalOf, stateOf } from './reading';

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
  /** Id and title of the job that this one undoes. */
  readonly undoes?: { readonly id: string; readonly title: Text };
}

/** What the ledger keeps of an item before it is changed: enough to undo it. */
export interface Kept {
  readonly kept: 'action/1';
  readonly before: Json;
  readonly goal: Json;
  readonly identity: Json;
}

/** What `keepBefore` kept; null where it was something else, or nothing. */
export function readKept(before: Json | undefined): Kept | null {
  const isKept = typeof before === 'object' && before !== null && 'kept' in before && before.kept === 'action/1';
  return isKept ? (before as unknown as Kept) : null;
}

const COUNTS = {
  user: /*i18n*/ { id: 'action.users', message: '{count, plural, one {# user} other {# users}}' },
  media: /*i18n*/ { id: 'action.files', message: '{count, plural, one {# file} other {# files}}' },
} as const satisfies Record<Entity, unknown>;

/** “1 user”, “12 files”. */
export const countOf = ({ entity }: AnyAction, count: number): Text => withValues(COUNTS[entity], { count });

/** “Lock 12 users” */
export const phraseOf = ({ phrase, label }: AnyAction, what: Text): Text =>
  phrase ? withValues(phrase, { what }) : withValues(LABEL_AND_WHAT, { label, what });
const LABEL_AND_WHAT = /*i18n*/ { id: 'action.phrase', message: '{label} {what}' } as const;

const UNDO = /*i18n*/ { id: 'action.undo', message: 'Undo: {title}' } as const;

/** “Lock @anna:example.org”, “Lock 12 users”, “Undo: Lock 12 users”. */
export function titleOf(action: AnyAction, { items, undoes }: ActionPlan): Text {
  if (undoes) return withValues(UNDO, { title: undoes.title });
  const [only] = items;
  return phraseOf(action, items.length === 1 && only ? only.id : countOf(action, items.length));
}

const BY_SOMEONE = /*i18n*/ {
  id: 'action.by-someone',
  message:
    'It was so when Glia looked: by a request of this job that got no answer, or by someone else. Nobody can tell.',
};
const NOW = /*i18n*/ { id: 'action.now', message: 'Now {state}.' } as const;
const CHANGED = /*i18n*/ { id: 'action.changed', message: 'Changed since the plan: now {state}.' } as const;
const NOT_SO = /*i18n*/ {
  id: 'action.not-so',
  message: 'The homeserver reported success, but it is {state}.',
} as const;
const OTHER = /*i18n*/ {
  id: 'action.other',
  message: 'What was planned for is gone, and another one of the same name was made since.',
};

/**
 * The one run of every action: look, compare, keep, send, judge. Never a success that was not read in an answer to a request of
 * this job.
 */
export function actionJob(action: AnyAction, plan: ActionPlan, ground: Ground): JobSpec<ActionItem> {
  /** Items whose change was answered with success in this page; the look that judges it may still be to come. */
  const answered = new Set<string>();
  const ask = <Answer>(one: Ask<Answer>, { signal }: RunContext) => send(ground.homeserver(), one, signal);
  const look = (id: string, context: RunContext) => ask(action.look(id, ground.server()), context);

  async function change({ id, planned, goal, identity }: ActionItem, context: RunContext): Promise<Outcome> {
    const seen = await look(id, context);
    const now = stateOf(action, seen);
    const other = isOther(action, seen, identity);
    if (other) return { status: 'skipped', reason: other };
    if (sameJson(now, goal)) {
      if (answered.has(id)) return { status: 'done', reason: withValues(NOW, { state: action.words(now) }) };
      const wasSent = context.kept !== undefined || context.sentEarlier;
      return { status: 'skipped', reason: wasSent ? BY_SOMEONE : withValues(ALREADY, { state: action.words(now) }) };
    }
    if (!sameJson(now, planned))
      return { status: 'skipped', reason: withValues(CHANGED, { state: action.words(now) }) };
    const refusal = refusalOf(action, seen, { id, me: ground.owner.userId });
    if (refusal) return { status: 'skipped', reason: refusal };
    const kept = { kept: 'action/1', before: now, goal, identity: identityOf(action, seen) };
    await context.keepBefore(kept);
    context.holdBack();
    const after = await ask(action.write(id, goal, ground.server()), context);
    answered.add(id);
    if (after !== null) return judge(after, goal, identity);
    context.holdBack(true);
    return judge(await look(id, context), goal, identity);
  }

  /** After a success: whether it is now as it was to be. */
  function judge(seen: unknown, goal: Json, identity: Json): Outcome {
    const other = isOther(action, seen, identity);
    if (other) return { status: 'failed', reason: other };
    const now = stateOf(action, seen);
    return sameJson(now, goal)
      ? { status: 'done', reason: withValues(NOW, { state: action.words(now) }) }
      : { status: 'failed', reason: withValues(NOT_SO, { state: action.words(now) }) };
  }

  return {
    kind: action.kind,
    title: titleOf(action, plan),
    owner: ground.owner,
    items: plan.items,
    describe: ({ id, planned, goal }) => ({
      id,
      columns: { before: wordsOf(action.words(planned)), after: wordsOf(action.words(goal)) },
    }),
    async run(item, context) {
      try {
        return await change(item, context);
      } catch (error) {
        if (error instanceof HomeserverError && error.notFound) return { status: 'skipped', reason: GONE };
        if (error instanceof Mishap) return { status: 'failed', reason: error.text };
        throw error;
      }
    },
    async verify({ id, planned, goal, identity }, context) {
      const seen = await look(id, context);
      const now = stateOf(action, seen);
      const other = isOther(action, seen, identity);
      if (other) return { status: 'skipped', reason: other };
      if (sameJson(now, goal)) return { status: 'skipped', reason: BY_SOMEONE };
      if (sameJson(now, planned)) return { status: 'not-done' };
      return { status: 'skipped', reason: withValues(CHANGED, { state: action.words(now) }) };
    },
    keepsFirst: true,
    classify: ground.classify,
    repeatable: action.repeatable,
    ...(action.policy && { policy: action.policy }),
    keep: {
      plan: { input: plan.input, undoes: plan.undoes ? { id: plan.undoes.id, title: plan.undoes.title } : null },
      pack: ({ id, planned, goal, identity }) => [id, planned, goal, identity],
    },
  };
}

/** The one that was planned for is gone, and another one has its name. */
function isOther(action: AnyAction, seen: unknown, identity: Json): Text | null {
  const now = identityOf(action, seen);
  return identity === null || now === null || sameJson(now, identity) ? null : OTHER;
}
