import { HomeserverError } from '~/api/errors';
import { getUser, putExternalIds, type ExternalId, type User } from '~/api/users';
import { classifyHomeserverError, homeserverFor } from '~/job-store/jobs';
import type { Owner } from '~/data/session';
import type { JobSpec, Outcome, RunContext } from '~/jobs/job';
import { plural } from '~/lib/numbers';
import { plainIds } from './before';
import { idsAsTheyAre, idsWords, sameIds } from './plan';
import { madeAnew, mayBeMadeAnew } from './run';
import { GONE, hasAll, objection, type PutBackItem } from './undo-plan';
import { noneWhereNotFound } from './undo-scan';

/** What is the same for the whole undo: all of it JSON, so that the job can be made again from what was written down. */
export interface UndoFacts {
  /** Id of the job that is undone. */
  readonly undoes: string;
}

export const UNDO_KIND = 'external-ids-undo';

/** What runs for an undo: exactly its items, one user each. */
export function putBackSpec(items: readonly PutBackItem[], facts: UndoFacts, owner: Owner): JobSpec<PutBackItem> {
  const ids = items.reduce((sum, { adds }) => sum + adds.length, 0);
  const sent: Tries = new Map();
  return {
    kind: UNDO_KIND,
    title: `Put ${plural(ids, 'external id')} back to ${plural(items.length, 'user')}`,
    owner,
    undoes: facts.undoes,
    items,
    describe: ({ userId, adds }) => ({ id: userId, columns: { 'puts back': idsAsTheyAre(adds) } }),
    run: (item, context) => putBack(item, { facts, owner, sent }, context),
    verify: (item, context) => lookAgain(item, owner, context),
    mayBeUndone: ({ late }) => late === true,
    classify: classifyHomeserverError,
    // Each try reads first and sends only what was read just then: a second one does no harm.
    repeatable: true,
    keepsFirst: true,
    keep: {
      plan: { ...facts },
      pack: ({ userId, adds, left, createdAt, late }) => [
        userId,
        plainIds(adds),
        plainIds(left),
        createdAt,
        ...(late ? [true] : []),
      ],
    },
  };
}

/**
 * By user, how far the last try of this page came: only kept, sent, or answered with 200. From `sent` on “has them already” may be
 * our own doing.
 */
type Tries = Map<string, 'kept' | 'sent' | 'answered'>;

interface Ground {
  facts: UndoFacts;
  owner: Owner;
  sent: Tries;
}

async function putBack(item: PutBackItem, { facts, owner, sent }: Ground, context: RunContext): Promise<Outcome> {
  const { userId, adds, left, createdAt } = item;
  const { signal, keepBefore } = context;
  const user = await getUser(homeserverFor(owner), userId, signal).catch(noneWhereNotFound);
  if (!user) return { status: 'skipped', reason: `${GONE}.` };
  const now = user.external_ids;
  const found = { externalIds: now, createdAt: user.creation_ts ?? null, deactivated: false, locked: false };
  // Who else holds an id is not asked again: the answer to the PUT tells, and is not of half an hour ago.
  const against = objection({ left, createdAt }, { ...found, heldByOthers: [] });
  const here = sent.get(userId);
  // What an earlier page kept, it was about to send.
  const sentEarlier = context.sentEarlier || (here === undefined ? context.kept !== undefined : here !== 'kept');
  const other = isOther(createdAt, user);
  if (other && sentEarlier) return { status: 'failed', reason: mayBeMadeAnew(userId) };
  if (!other && hasEach(adds, now)) {
    if (here === 'answered') return putBackNow(item, now);
    if (sentEarlier) return hasThem(item, now);
    if (hasAll({ removes: adds, left }, now)) return { status: 'skipped', reason: 'Has them already.' };
  }
  if (against !== null) return { status: 'skipped', reason: `${against}.` };
  if (!sentEarlier) sent.set(userId, 'kept');
  await keepBefore({
    kept: 'external-ids-undo/1',
    undoes: facts.undoes,
    user_id: userId,
    created_at: found.createdAt,
    external_ids: plainIds(now),
    adds: plainIds(adds),
  });
  context.holdBack();
  const hs = homeserverFor(owner);
  sent.set(userId, 'sent');
  try {
    const { created, user: after } = await putExternalIds(hs, userId, [...now, ...adds], signal);
    if (created) return { status: 'failed', reason: madeAnew(userId) };
    sent.set(userId, 'answered');
    return judge(item, found.createdAt, after);
  } catch (error) {
    if (error instanceof HomeserverError && error.kind === 'matrix' && error.status === 409) {
      // One transaction: nothing was changed (`store/registration.py:978-1024`).
      return { status: 'failed', reason: `Another account holds one of them now: ${error.message}` };
    }
    throw error;
  }
}

/** The account that had the ids is gone, and this is another one of its name. */
const isOther = (createdAt: number | null, { creation_ts = null }: User): boolean =>
  createdAt !== null && creation_ts !== null && creation_ts !== createdAt;

/**
 * What the answer says there is now. It may be to a second sending, by the browser itself where the connection broke: then the
 * first one's may have been a 201.
 */
function judge(item: PutBackItem, createdAt: number | null, after: User): Outcome {
  const { userId, adds, left } = item;
  if (isOther(createdAt, after)) return { status: 'failed', reason: madeAnew(userId) };
  const { external_ids } = after;
  return hasAll({ removes: adds, left }, external_ids)
    ? putBackNow(item, external_ids)
    : { status: 'failed', reason: `Put back, but there is now ${idsWords(external_ids)}.` };
}

/** An answer said so. */
function putBackNow({ late }: PutBackItem, now: readonly ExternalId[]): Outcome {
  const warning = late ? ' A removal of the undone job got no answer: it may still take them away again.' : '';
  return { status: 'done', reason: `Now: ${idsWords(now)}.${warning}` };
}

/** They are there, whatever else there is by now, after a request that nobody answered. */
function hasThem({ adds, left }: PutBackItem, now: readonly ExternalId[]): Outcome {
  const changed = hasAll({ removes: adds, left }, now) ? '' : `, and changed by someone since: now ${idsWords(now)}`;
  return { status: 'skipped', reason: `Has them when looked at: put back by this job or by someone else${changed}.` };
}

const hasEach = (ids: readonly ExternalId[], now: readonly ExternalId[]): boolean =>
  ids.every((id) => now.some((one) => sameIds([one], [id])));

/** Whether one happened that is unknown, or that may be undone by what comes late. */
async function lookAgain(
  item: PutBackItem,
  owner: Owner,
  { signal }: RunContext,
): Promise<Outcome | { status: 'not-done' }> {
  const { userId, adds, createdAt } = item;
  const user = await getUser(homeserverFor(owner), userId, signal);
  if (isOther(createdAt, user)) return { status: 'failed', reason: mayBeMadeAnew(userId) };
  return hasEach(adds, user.external_ids) ? hasThem(item, user.external_ids) : { status: 'not-done' };
}
