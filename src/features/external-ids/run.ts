import { getUser, putExternalIds, type ExternalId, type User } from '~/api/users';
import { classifyHomeserverError, homeserverFor } from '~/job-store/jobs';
import type { Owner } from '~/data/session';
import type { JobSpec, Json, Outcome, RunContext } from '~/jobs/job';
import { plural } from '~/lib/numbers';
import { beforeJson, plainIds, readBefore } from './before';
import { idsAsTheyAre, idsWords, sameIds, type ExternalIdsPlan, type RemovalItem } from './plan';
import { isolated } from '~/lib/shown-text';

/** An earlier try that was sent: then “nothing left to remove” may be our own doing. */
interface Sent {
  /** The whole list just before. */
  ids: readonly ExternalId[];
  /** What it leaves there, whenever it is carried out. */
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
    owner,
    items: plan.items,
    describe: (item) => ({ id: item.userId, columns: { removes: idsAsTheyAre(item.removes) } }),
    run: (item, context) => removeIds(item, owner, context, sent),
    verify: (item, context) => lookAgain(item, owner, context, sent),
    classify: classifyHomeserverError,
    // Each try reads first and sends only what was read just then: a second one does no harm.
    repeatable: true,
    keepsFirst: true,
    keep: {
      plan: { provider: plan.provider },
      pack: ({ userId, removes, planned }) => [userId, plainIds(removes), plainIds(planned)],
    },
  };
}

async function removeIds(
  item: RemovalItem,
  owner: Owner,
  { signal, kept, keepBefore, holdBack }: RunContext,
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
  const earlier = earlierTry(sent.get(userId), kept);
  if (!sameIds(found, item.removes)) {
    if (earlier && !isUndone(item, earlier, now)) return judgeOf(item, earlier, user);
    const drift = found.length === 0 ? 'the ids are gone already' : `it now has ${idsWords(found)}`;
    // Should the earlier try still be carried out, it takes what came since, too: nobody could tell those ids afterwards.
    const before = had(earlier ? without(now, earlier.keeps) : []);
    return { status: 'skipped', reason: `Changed since the plan: ${drift}.`, before };
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
function earlierTry(here: Sent | null | undefined, kept: Json | undefined): Sent | null {
  if (here === null) return null;
  const before = readBefore(kept);
  if (!before || before.removes.length === 0) return here ?? null;
  const { external_ids: ids, removes, created_at: createdAt } = before;
  // What was found since the try is kept with it: that may be taken along.
  return here ? { ...here, ids } : { ids, keeps: without(ids, removes), createdAt, answered: false };
}

/** The account went away between two requests, and Synapse makes a new one for a PUT (`users.py:274-533`). */
export const madeAnew = (userId: string) =>
  `ATTENTION: ${isolated(userId)} had gone, and this request made a new account of that name (201). Deactivate it.`;
/** The same, where no answer was read: somebody else may have made it. */
export const mayBeMadeAnew = (userId: string) =>
  `ATTENTION: ${isolated(userId)} had gone, and there is a new account of that name: a request of this job may have made it (201). Look at it, and deactivate it unless somebody wants it.`;

const without = (ids: readonly ExternalId[], others: readonly ExternalId[]) =>
  ids.filter((id) => !others.some((one) => sameIds([one], [id])));

/** Nobody read an answer, and all of the ids are there: nothing came of it so far. */
const isUndone = ({ removes }: RemovalItem, { answered }: Sent, ids: readonly ExternalId[]) =>
  !answered && without(removes, ids).length === 0;

/**
 * What came of a removal, by what is there now: success is none of the provider, and all that was to be kept. A look tells it, and
 * so does the answer to the PUT, which Synapse reads from its database when all is written (`users.py:477-480`). That answer may be
 * to a second sending, by the browser itself where the connection broke: then the first one's may have been a 201.
 */
function judgeOf({ userId, provider }: RemovalItem, sent: Sent, now: User): Outcome {
  const { ids, keeps, createdAt, answered } = sent;
  const { external_ids: present } = now;
  if ((now.creation_ts ?? null) !== createdAt) {
    return { status: 'failed', reason: answered ? madeAnew(userId) : mayBeMadeAnew(userId) };
  }
  // Whatever is gone of what there was, an undo can put back; for sure this job's doing where an answer said so, and no more than
  // this job took is gone.
  const gone = without(ids, present);
  const lost = without(keeps, present);
  const mark = answered && lost.length === 0 ? ({ taken: true } as const) : ({ foundGone: true } as const);
  const before = beforeJson({ userId, createdAt, ids, removes: gone, ...mark });
  if (present.some((id) => id.auth_provider === provider)) {
    const what = answered ? 'Removed' : GONE_LATE;
    const reason = `${what}, but there is now ${idsWords(present)}: a sign-in may have added it again.`;
    return { status: 'failed', reason, before };
  }
  if (lost.length > 0) {
    const who = answered ? '' : ', taken by a late request of this job or by someone else';
    return { status: 'failed', reason: `What was to be kept is missing: ${idsWords(lost)}${who}.`, before };
  }
  const left = present.length === 0 ? 'No external id is left.' : `Left: ${idsWords(present)}.`;
  // Only what an answer says is done.
  return answered ? { status: 'done', reason: left } : { status: 'skipped', reason: `${GONE_LATE}. ${left}`, before };
}

const GONE_LATE = 'Gone when looked at: removed by this job or by someone else';

/** Whether a removal happened that is unknown, or that may still be carried out. */
async function lookAgain(
  item: RemovalItem,
  owner: Owner,
  { signal, kept }: RunContext,
  sent: Tries,
): Promise<Outcome | { status: 'not-done' }> {
  const user = await getUser(homeserverFor(owner), item.userId, signal);
  const found = user.external_ids.filter((id) => id.auth_provider === item.provider);
  if (sameIds(found, item.removes)) return { status: 'not-done' };
  const earlier = earlierTry(sent.get(item.userId), kept);
  // Only marked in a journal of an older version: it was not sent.
  if (!earlier) {
    return { status: 'skipped', reason: 'Looked again: changed by someone else, and nothing was sent.', settles: true };
  }
  return isUndone(item, earlier, user.external_ids) ? { status: 'not-done' } : judgeOf(item, earlier, user);
}
