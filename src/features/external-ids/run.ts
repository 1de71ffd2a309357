import { getUser, putExternalIds, type ExternalId, type User } from '~/api/users';
import { classifyHomeserverError, homeserverFor } from '~/data/jobs';
import type { Owner } from '~/data/session';
import type { JobSpec, Json, Outcome, RunContext } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { plural } from '~/lib/numbers';
import { beforeJson, plainIds, readBefore } from './before';
import { idsAsTheyAre, idsWords, sameIds, type ExternalIdsPlan, type RemovalItem } from './plan';
import { isolated } from '~/lib/shown-text';

/** An earlier try that was sent: then “nothing left to remove” may be our own doing. */
interface Sent {
  /** The whole list just before; null: not kept. */
  ids: readonly ExternalId[] | null;
  /** What has to be there still. */
  keeps: readonly ExternalId[];
  /** Of the account, ms: another account of the same name has another one. */
  createdAt: number | null;
  /** This page read its 200. Otherwise it may be carried out at any time, and somebody may have been quicker. */
  answered: boolean;
}

/** By user, the last try of this page; null: it got as far as being kept, and was not sent. */
type Tries = Map<string, Sent | null>;

/** What runs for a plan: exactly its items, one user each. */
export function removalSpec(plan: Pick<ExternalIdsPlan, 'provider' | 'items'>, owner: Owner): JobSpec<RemovalItem> {
  const sent: Tries = new Map();
  return {
    kind: 'external-ids',
    title: `Remove the ${isolated(plan.provider)} ids of ${plural(plan.items.length, 'user')}`,
    href: paths.externalIds('run'),
    owner,
    items: plan.items,
    describe: (item) => ({ id: item.userId, columns: { removes: idsAsTheyAre(item.removes) } }),
    run: (item, context) => removeIds(item, owner, context, sent),
    verify: (item, context) => lookAgain(item, owner, context, sent),
    classify: classifyHomeserverError,
    // Each try reads first and sends only what was read just then: a second one does no harm.
    repeatable: true,
    keep: {
      plan: { provider: plan.provider },
      pack: ({ userId, removes, planned }) => [userId, plainIds(removes), plainIds(planned)],
    },
  };
}

async function removeIds(
  item: RemovalItem,
  owner: Owner,
  { signal, sentEarlier, kept, keepBefore, holdBack }: RunContext,
  sent: Tries,
): Promise<Outcome> {
  const { userId, provider } = item;
  // Just before the change, since a sign-in may have added an id after the plan: a PUT replaces the whole list.
  const user = await getUser(homeserverFor(owner), userId, signal);
  const { external_ids: now } = user;
  const createdAt = user.creation_ts ?? null;
  const found = now.filter((id) => id.auth_provider === provider);
  const keeps = now.filter((id) => id.auth_provider !== provider);
  const had = (removes: readonly ExternalId[]) => beforeJson({ userId, createdAt, ids: now, removes });
  const earlier = earlierTry(sent.get(userId), { sentEarlier, kept }, createdAt);
  if (!sameIds(found, item.removes)) {
    if (earlier && !isUndone(item, earlier, now)) return judgeOf(item, earlier, user);
    const drift = found.length === 0 ? 'the ids are gone already' : `it now has ${idsWords(found)}`;
    const outcome = { status: 'skipped', reason: `Changed since the plan: ${drift}.` } as const;
    // What a try that was sent kept is never overwritten by less: nobody could tell those ids afterwards.
    return earlier ? outcome : { ...outcome, before: had([]) };
  }
  sent.set(userId, earlier);
  // In the journal before the PUT: nobody could tell these ids afterwards.
  await keepBefore(had(found));
  holdBack();
  // First today's token: where there is none, nothing is sent.
  const hs = homeserverFor(owner);
  const sending: Sent = { ids: now, keeps, createdAt, answered: false };
  sent.set(userId, sending);
  const { created, user: after } = await putExternalIds(hs, userId, keeps, signal);
  if (created) return { status: 'failed', reason: madeAnew(userId) };
  sending.answered = true;
  return judgeOf(item, sending, after);
}

/** The try that was sent for this user, if any: of this page, or of an earlier one. What is removed is kept only before a PUT. */
function earlierTry(
  here: Sent | null | undefined,
  { sentEarlier, kept }: Pick<RunContext, 'sentEarlier' | 'kept'>,
  createdAt: number | null,
): Sent | null {
  if (here !== undefined) return here;
  const wasKept = (readBefore(kept)?.removes.length ?? 0) > 0;
  return sentEarlier || wasKept ? sentOf(kept, createdAt) : null;
}

/** A try of an earlier page, by what the journal kept. Others may have changed the rest of the list since, and that is theirs. */
function sentOf(kept: Json | undefined, createdAt: number | null): Sent {
  const before = readBefore(kept);
  if (!before) return { ids: null, keeps: [], createdAt, answered: false };
  return { ids: before.external_ids, keeps: [], createdAt: before.created_at, answered: false };
}

/** The account went away between two requests, and Synapse makes a new one for a PUT (`users.py:274-533`). */
export const madeAnew = (userId: string) =>
  `ATTENTION: ${isolated(userId)} had gone, and this request made a new account of that name (201). Deactivate it.`;
/** The same, where no answer was read: somebody else may have made it. */
export const mayBeMadeAnew = (userId: string) =>
  `ATTENTION: ${isolated(userId)} had gone, and there is a new account of that name: a request of this job may have made it (201). Look at it, and deactivate it unless somebody wants it.`;

const hasAll = (ids: readonly ExternalId[], wanted: readonly ExternalId[]) =>
  wanted.every((id) => ids.some((one) => sameIds([one], [id])));

/** Nobody read an answer, and all of the ids are there: nothing came of it so far. */
const isUndone = ({ removes }: RemovalItem, { answered }: Sent, ids: readonly ExternalId[]) =>
  !answered && hasAll(ids, removes);

/**
 * What came of a removal, by what is there now: success is none of the provider, and all that was to be kept. A look tells it, and
 * so does the answer to the PUT, which Synapse reads from its database when all is written (`users.py:477-480`). That answer may be
 * to a second sending, by the browser itself where the connection broke: then the first one's may have been a 201.
 */
function judgeOf({ userId, provider, removes }: RemovalItem, sent: Sent, now: User): Outcome {
  const { keeps, createdAt, answered } = sent;
  const { external_ids: ids } = now;
  if ((now.creation_ts ?? null) !== createdAt) {
    return { status: 'failed', reason: answered ? madeAnew(userId) : mayBeMadeAnew(userId) };
  }
  if (ids.some((id) => id.auth_provider === provider)) {
    const what = answered ? 'Removed' : GONE_LATE;
    const reason = `${what}, but there is now ${idsWords(ids)}: a sign-in may have added it again.`;
    return { status: 'failed', reason };
  }
  const lost = keeps.filter((id) => !hasAll(ids, [id]));
  if (lost.length > 0) {
    return { status: 'failed', reason: `What was to be kept is missing: ${idsWords(lost)}.` };
  }
  const left = ids.length === 0 ? 'No external id is left.' : `Left: ${idsWords(ids)}.`;
  if (answered) return { status: 'done', reason: left };
  const before = sent.ids && beforeJson({ userId, createdAt, ids: sent.ids, removes, foundGone: true });
  return { status: 'done', reason: `${GONE_LATE}. ${left}`, ...(before !== null && { before }) };
}

const GONE_LATE = 'Gone, by an earlier try of this job or meanwhile by somebody';

/** Whether an unknown removal happened. */
async function lookAgain(
  item: RemovalItem,
  owner: Owner,
  { signal, sentEarlier, kept }: RunContext,
  sent: Tries,
): Promise<Outcome | { status: 'not-done' }> {
  const user = await getUser(homeserverFor(owner), item.userId, signal);
  const found = user.external_ids.filter((id) => id.auth_provider === item.provider);
  if (sameIds(found, item.removes)) return { status: 'not-done' };
  const earlier = earlierTry(sent.get(item.userId), { sentEarlier, kept }, user.creation_ts ?? null);
  // Marked ahead when the page went away, it was not sent at all.
  if (!earlier) return { status: 'skipped', reason: 'Looked again: changed by somebody else, and nothing was sent.' };
  if (!isUndone(item, earlier, user.external_ids)) return judgeOf(item, earlier, user);
  return { status: 'skipped', reason: `Looked again: it now has other ids of this provider, ${idsWords(found)}.` };
}
