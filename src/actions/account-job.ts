import {
  MAS_CREATES,
  CREATED,
  CREATED_OTHERWISE,
  CREATED_IN_PART,
  EXISTS_NOW,
  BY_SOMEONE,
  BY_SOMEONE_IN_MAS,
  SO_BY_SOMEONE,
  ALREADY,
  CHANGED,
  GONE,
  OTHER,
  CLOSED,
  NOW,
  NOT_SO,
  NO_PASSWORD,
} from './account-reasons';
import { completeInMas, makeInMas } from './account-in-mas';
import * as z from 'zod/mini';
import { bodyOf, accountOf, accountWords, fieldsIn, isSo, only, sameField, type Account } from './account';
import { gains, whoseElse } from './account-holders';
import { readKeptAccount, toJson, type KeptAccount } from './account-kept';
import type { Ground } from './job';
import { changeAccount, createAccount, Existed, lookAtAccount } from '~/api/accounts';
import { Mishap, send, type Ask } from '~/api/ask';
import { HomeserverError, noneWhereNotFound } from '~/api/errors';
import type { User } from '~/api/users';
import type { Columns, Fault, JobSpec, Json, Outcome, RunContext } from '~/jobs/job';
import { listed, withValues, type Text } from '~/lib/text';

/**
 * Makes accounts, and changes several fields of accounts at once: one PUT for each, with only the fields that change. The one that
 * a form makes and the 100,000 of a file run here alike.
 */

export interface AccountItem {
  readonly op: 'create' | 'update';
  readonly id: string;
  /** What is set. */
  readonly goal: Account;
  /** The same fields as the plan found them. */
  readonly planned: Account | null;
  /** When the account was made, as the homeserver says it. Null: not known, or there is none. */
  readonly identity: number | null;
  /** A new account's: made when it is sent, or given by the admin. Missing: none. */
  readonly password?: 'made' | 'given';
  /** MAS takes the password though it finds it too weak. */
  readonly weak?: true;
  /** To be joined afterwards, by a job of its own. */
  readonly rooms?: readonly string[];
  /** Of the file. */
  readonly line?: number;
}

export interface AccountPlan {
  readonly kind: 'create-user' | 'import-users';
  readonly items: readonly AccountItem[];
  /** The job that this one undoes. */
  readonly undoes?: { readonly id: string; readonly title: Text };
}

/** Where passwords come from: never from the items. Null: it is not here any more. */
export interface Passwords {
  of(item: AccountItem, context: RunContext): Promise<string | null>;
}

const CREATE_ONE = /*i18n*/ { id: 'account.title.create', message: 'Create {id}' } as const;
const IMPORT = /*i18n*/ {
  id: 'account.title.import',
  message: 'Import {count, plural, one {# user} other {# users}}',
} as const;
const UNDO = /*i18n*/ { id: 'action.undo', message: 'Undo: {title}' } as const;

export function accountsTitle({ kind, items, undoes }: AccountPlan): Text {
  if (undoes) return withValues(UNDO, { title: undoes.title });
  const [only] = items;
  if (kind === 'create-user' && only) return withValues(CREATE_ONE, { id: only.id });
  return withValues(IMPORT, { count: items.length });
}

/** The account is there by now, and something about it was refused or put off. */
class HalfWay extends Error {
  override readonly name = 'HalfWay';
}

export function accountsJob(plan: AccountPlan, ground: Ground, passwords: Passwords | null): JobSpec<AccountItem> {
  const ask = <Answer>(one: Ask<Answer>, { signal }: RunContext) => send(ground.homeserver(), one, signal);
  const askIn =
    (context: RunContext) =>
    <Answer>(one: Ask<Answer>) =>
      ask(one, context);

  /** Null: the homeserver itself says that there is none. Whatever else goes wrong is thrown, and is no “none”. */
  const look = (id: string, context: RunContext): Promise<User | null> =>
    ask(lookAtAccount(id), context).catch(noneWhereNotFound);

  const byWhom = (): Text => (ground.server().mas ? BY_SOMEONE_IN_MAS : BY_SOMEONE);

  async function isHeld({ id, goal }: AccountItem, before: Account | null, context: RunContext): Promise<Text | null> {
    const lookOn = <Answer>(one: Ask<Answer>) => {
      context.holdBack();
      return ask(one, context);
    };
    return whoseElse(id, gains(goal, before), lookOn, ground.server().version);
  }

  async function create(item: AccountItem, context: RunContext): Promise<Outcome> {
    const { id, goal } = item;
    const earlier = readKeptAccount(context.kept);
    const seen = await look(id, context);
    const { mas, masApi } = ground.server();
    // Synapse may not know yet what MAS made.
    if (mas && earlier?.made) return completed(item, toJson(earlier), context);
    if (seen && earlier?.made) return finish(item, seen, earlier, context);
    const wasSent = context.sentEarlier || earlier !== null;
    if (seen) return { status: 'skipped', reason: wasSent ? byWhom() : EXISTS_NOW };
    if (mas && !masApi) return { status: 'failed', reason: MAS_CREATES };
    const held = await isHeld(item, null, context);
    if (held !== null) return { status: 'failed', reason: held };
    const password = item.password === undefined ? undefined : ((await passwords?.of(item, context)) ?? null);
    if (password === null) return { status: 'skipped', reason: NO_PASSWORD };
    const kept: KeptAccount = { kept: 'account/1', before: null, goal, identity: null };
    context.holdBack();
    await context.keepBefore(toJson(kept));
    context.holdBack();
    if (mas) return createInMas(item, kept, context);
    const { locked: _, ...fields } = goal;
    const body = { ...bodyOf(fields), ...(password !== undefined && { password }) };
    try {
      const made = await ask(createAccount(id, body), context);
      return await finish(item, made, { ...kept, identity: made.creation_ts ?? null, made: true }, context);
    } catch (error) {
      // An earlier request of this job may have come late, between the look and this one.
      if (error instanceof Existed && context.sentEarlier) return { status: 'skipped', reason: BY_SOMEONE };
      return leftBehind(item, error, context);
    }
  }

  async function createInMas(item: AccountItem, kept: KeptAccount, context: RunContext): Promise<Outcome> {
    try {
      await makeInMas(item.id, askIn(context));
    } catch (error) {
      const isTaken = error instanceof HomeserverError && error.kind === 'matrix' && error.status === 409;
      if (isTaken && context.sentEarlier) return { status: 'skipped', reason: BY_SOMEONE_IN_MAS };
      throw error;
    }
    const made = toJson({ ...kept, made: true });
    await keepAnyway(made, context);
    return completed(item, made, context);
  }

  /** What follows the creation. The reason of the row says how each step ended. */
  async function completed(item: AccountItem, before: Json, context: RunContext): Promise<Outcome> {
    const { id, goal } = item;
    const password = item.password === undefined ? undefined : ((await passwords?.of(item, context)) ?? null);
    const wanted = { goal, password, isWeak: item.weak === true };
    context.holdBack(true);
    const { wait } = context;
    const work = completeInMas(id, wanted, { ask: askIn(context), wait });
    const { isWhole, told } = await work.catch((error: unknown) => {
      throw error instanceof Mishap ? error : new HalfWay('', { cause: error });
    });
    return { status: isWhole ? 'done' : 'failed', reason: told, before };
  }

  /** External IDs are set after the account exists: refused, they leave it behind (`users.py:480-523`). */
  async function leftBehind({ id, goal }: AccountItem, error: unknown, context: RunContext): Promise<Outcome> {
    if (!(error instanceof HomeserverError) || ground.classify(error).kind !== 'refused') throw error;
    const left = await look(id, context).catch(() => null);
    if (!left) throw error;
    const state = accountWords(accountOf(left, fieldsIn(goal)));
    const kept: KeptAccount = { kept: 'account/1', before: null, goal, identity: left.creation_ts ?? null, made: true };
    return {
      status: 'failed',
      reason: withValues(CREATED_IN_PART, { state, reason: error.text }),
      before: toJson(kept),
    };
  }

  /** The account is made. Synapse takes no lock in the request that makes one (`users.py:480-523`). */
  async function finish(item: AccountItem, made: User, kept: KeptAccount, context: RunContext): Promise<Outcome> {
    const { id, goal } = item;
    const before = toJson(kept);
    let user = made;
    if (goal.locked && !made.locked) {
      await keepAnyway(before, context);
      context.holdBack(true);
      user = await ask(changeAccount(id, { locked: true }), context).catch((error: unknown) => {
        throw error instanceof Mishap ? error : new HalfWay('', { cause: error });
      });
    }
    const state = accountWords(accountOf(user, fieldsIn(goal)));
    if (isSo(goal, accountOf(user))) return { status: 'done', reason: CREATED, before };
    return { status: 'failed', reason: withValues(CREATED_OTHERWISE, { state }), before };
  }

  async function update(item: AccountItem, context: RunContext): Promise<Outcome> {
    const { id, goal } = item;
    const fields = fieldsIn(goal);
    const earlier = readKeptAccount(context.kept);
    const seen = await look(id, context);
    if (!seen) return { status: 'skipped', reason: GONE };
    const now = accountOf(seen, fields);
    const other = isOther(item, seen);
    if (other) return { status: 'skipped', reason: OTHER };
    const planned = earlier?.before ?? item.planned ?? {};
    const isDone = isSo(goal, now);
    if (isDone && !halfWay.has(id)) {
      const reason = earlier || context.sentEarlier ? SO_BY_SOMEONE : ALREADY;
      return { status: 'skipped', reason };
    }
    if (!isBetween(planned, goal, now, earlier !== null)) return changedSince(now);
    if (seen.deactivated) return { status: 'skipped', reason: CLOSED };
    const held = await isHeld(item, now, context);
    if (held !== null) return { status: 'failed', reason: held };
    const before = only(planned, fields);
    context.holdBack();
    await context.keepBefore(toJson({ kept: 'account/1', before, goal, identity: seen.creation_ts ?? item.identity }));
    context.holdBack();
    const after = await ask(changeAccount(id, bodyOf(goal)), context).catch((error: unknown) => {
      // Fields are written one after the other, and the limit of the display name is spent after it was written.
      if (!(error instanceof HomeserverError) || error.status !== 429) throw error;
      halfWay.add(id);
      throw new HalfWay('', { cause: error });
    });
    const state = accountWords(accountOf(after, fields));
    if (!isSo(goal, accountOf(after))) return { status: 'failed', reason: withValues(NOT_SO, { state }) };
    return { status: 'done', reason: NOW };
  }

  /** Accounts of which a request was put off (429) when some of it was written. */
  const halfWay = new Set<string>();

  async function verify(item: AccountItem, context: RunContext): Promise<Outcome | { status: 'not-done' }> {
    const { id, goal, op } = item;
    const earlier = readKeptAccount(context.kept);
    // Synapse does not show what MAS keeps. All of it may be sent again.
    if (op === 'create' && earlier?.made && ground.server().mas) return { status: 'not-done' };
    const seen = await look(id, context);
    if (!seen) return op === 'create' ? { status: 'not-done' } : { status: 'skipped', reason: GONE };
    const now = accountOf(seen, fieldsIn(goal));
    if (op === 'create') {
      if (!earlier?.made) return { status: 'skipped', reason: byWhom() };
      if (!isSo(goal, now)) return { status: 'not-done' };
      return { status: 'done', reason: CREATED };
    }
    if (isOther(item, seen)) return { status: 'failed', reason: OTHER };
    if (isSo(goal, now)) return { status: 'skipped', reason: SO_BY_SOMEONE };
    if (isBetween(earlier?.before ?? item.planned ?? {}, goal, now, true)) return { status: 'not-done' };
    return changedSince(now);
  }

  const columnsOf = describer(plan.items);
  return {
    kind: plan.kind,
    title: accountsTitle(plan),
    owner: ground.owner,
    ...(plan.undoes && { undoes: plan.undoes.id }),
    items: plan.items,
    describe: (item) => ({ id: item.id, columns: columnsOf(item) }),
    async run(item, context) {
      try {
        return await (item.op === 'create' ? create(item, context) : update(item, context));
      } catch (error) {
        if (error instanceof Mishap) return { status: 'failed', reason: error.text };
        throw error;
      }
    },
    verify,
    keepsFirst: true,
    classify: (error) => (error instanceof HalfWay ? sentIn(ground.classify(error.cause)) : ground.classify(error)),
    repeatable: true,
    keep: {
      plan: { serverName: ground.server().serverName, undoes: plan.undoes ?? null } as unknown as Json,
      pack: packItem,
    },
  };
}

/** Whatever the error says, an earlier part of the item was carried out. */
function sentIn(fault: Fault): Fault {
  if (fault.kind === 'busy' || fault.kind === 'signed-out') return { ...fault, sent: true };
  return { kind: 'unanswered', reason: fault.reason };
}

/** Nothing depends on it: if it can’t be kept, the account is still created. */
async function keepAnyway(kept: Json, context: RunContext): Promise<void> {
  try {
    await context.keepBefore(kept);
  } catch {
    // As above.
  }
}

const changedSince = (now: Account): Outcome => ({
  status: 'skipped',
  reason: withValues(CHANGED, { state: accountWords(now) }),
});

const isOther = ({ identity }: AccountItem, { creation_ts: born }: User): boolean =>
  identity !== null && born != null && identity !== born;

/** Each field is as it was planned; after a request of this job, it may also be as it was to be. */
const isBetween = (planned: Account, goal: Account, now: Account, wasSent: boolean): boolean =>
  fieldsIn(goal).every((field) => sameField(planned, now, field) || (wasSent && sameField(goal, now, field)));

const CREATES = /*i18n*/ { id: 'account.creates', message: 'create' };
const CHANGES = /*i18n*/ { id: 'account.changes', message: 'change' };
const NO_ACCOUNT = /*i18n*/ { id: 'account.no-account', message: 'no account' };
const WITH_PASSWORD = /*i18n*/ { id: 'account.with-password', message: 'with a password' };
const WITHOUT_PASSWORD = /*i18n*/ { id: 'account.without-password', message: 'without a password' };

/** An item in words, for the plan and the ledger alike. */
export const beforeWords = ({ planned }: AccountItem): Text => (planned === null ? NO_ACCOUNT : accountWords(planned));

export function afterWords({ op, goal, password }: AccountItem): Text {
  if (op === 'update') return accountWords(goal);
  const secret = password === undefined ? WITHOUT_PASSWORD : WITH_PASSWORD;
  return fieldsIn(goal).length === 0 ? secret : listed([accountWords(goal), secret]);
}

export const opWords = ({ op }: AccountItem): Text => (op === 'create' ? CREATES : CHANGES);

/** Rooms and lines have a column where any item has one. */
function describer(items: readonly AccountItem[]): (item: AccountItem) => Columns {
  const hasRooms = items.some(({ rooms }) => rooms !== undefined);
  const hasLines = items.some(({ line }) => line !== undefined);
  return (item) => ({
    What: opWords(item),
    Before: beforeWords(item),
    After: afterWords(item),
    ...(hasRooms && { Rooms: item.rooms?.join(' ') ?? '' }),
    ...(hasLines && { Line: item.line === undefined ? '' : String(item.line) }),
  });
}

/** A short form: 100,000 of them are kept. With the whole ID, by which the page of a user finds the jobs that changed them. */
function packItem({ op, id, goal, planned, identity, password, weak, rooms, line }: AccountItem): Json {
  const more = {
    ...(password && { p: password }),
    ...(weak && { w: true }),
    ...(rooms && { r: rooms }),
    ...(line !== undefined && { l: line }),
  };
  const changes = op === 'create' ? [goal] : [goal, planned, identity];
  return [id, changes, ...(Object.keys(more).length > 0 ? [more] : [])] as unknown as Json;
}

const account = z.record(z.string(), z.json());
const packed = z.tuple(
  [z.string(), z.union([z.tuple([account]), z.tuple([account, account, z.nullable(z.number())])])],
  z.object({
    p: z.optional(z.enum(['made', 'given'])),
    w: z.optional(z.literal(true)),
    r: z.optional(z.array(z.string())),
    l: z.optional(z.number()),
  }),
);

/** @throws where another version of Glia kept it in another form */
export function unpackItem(kept: Json, serverName: string): AccountItem {
  const [name, [goal, planned, identity], more] = z.parse(packed, kept) as unknown as [
    string,
    [Account, Account?, (number | null)?],
    { p?: 'made' | 'given'; w?: true; r?: string[]; l?: number }?,
  ];
  const { p: password, w: weak, r: rooms, l: line } = more ?? {};
  return {
    op: planned === undefined ? 'create' : 'update',
    id: name.startsWith('@') ? name : `@${name}:${serverName}`,
    goal,
    planned: planned ?? null,
    identity: identity ?? null,
    ...(password && { password }),
    ...(weak && { weak }),
    ...(rooms && { rooms }),
    ...(line !== undefined && { line }),
  };
}
