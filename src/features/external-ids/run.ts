import { errorSentence, HomeserverError } from '~/api/errors';
import { getUser, putExternalIds, type ExternalId, type User } from '~/api/users';
import { classifyHomeserverError, homeserverFor } from '~/data/jobs';
import type { Owner } from '~/data/session';
import type { Fault, JobSpec, Outcome, RunContext } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { plural } from '~/lib/numbers';
import { beforeJson, plainIds } from './before';
import { idsWords, sameIds, type ExternalIdsPlan, type RemovalItem } from './plan';

/** The removal was answered with 200, but looking at what came of it failed: nobody knows, until somebody looks again. */
export class NotReadBack extends Error {
  override readonly name = 'NotReadBack';
}

/** The removal was answered with 200, and looking at what came of it has to wait: for the server, or for a token. */
export class ReadBackLater extends Error {
  override readonly name = 'ReadBackLater';
}

/** An earlier try whose answer was lost: then “nothing left to remove” may be our own doing. */
interface Sent {
  keeps: readonly ExternalId[];
  /** Of the account, ms: another account of the same name has another one. */
  createdAt: number | null;
}

/** What runs for a plan: exactly its items, one user each. */
export function removalSpec(plan: Pick<ExternalIdsPlan, 'provider' | 'items'>, owner: Owner): JobSpec<RemovalItem> {
  const sent = new Map<string, Sent>();
  return {
    kind: 'external-ids',
    title: `Remove the ${plan.provider} ids of ${plural(plan.items.length, 'user')}`,
    href: paths.externalIds('run'),
    owner,
    items: plan.items,
    describe: (item) => ({ id: item.userId, columns: { removes: idsWords(item.removes) } }),
    run: (item, context) => removeIds(item, owner, context, sent),
    verify: (item, context) => lookAgain(item, owner, context),
    classify: classifyRemoval,
    // Each try reads first and sends only what was read just then: a second one does no harm.
    repeatable: true,
    keep: {
      plan: { provider: plan.provider },
      pack: ({ userId, removes, planned }) => [userId, plainIds(removes), plainIds(planned)],
    },
  };
}

export function classifyRemoval(error: unknown): Fault {
  if (error instanceof NotReadBack) return { kind: 'unanswered', reason: error.message };
  if (!(error instanceof ReadBackLater)) return classifyHomeserverError(error);
  const fault = classifyHomeserverError(error.cause);
  return fault.kind === 'busy' || fault.kind === 'signed-out' ? { ...fault, sent: true } : fault;
}

async function removeIds(
  item: RemovalItem,
  owner: Owner,
  { signal, keepBefore, holdBack }: RunContext,
  sent: Map<string, Sent>,
): Promise<Outcome> {
  const { userId, provider } = item;
  // Just before the change, since a sign-in may have added an id after the plan: a PUT replaces the whole list.
  const user = await getUser(homeserverFor(owner), userId, signal);
  const { external_ids: now } = user;
  const createdAt = user.creation_ts ?? null;
  const found = now.filter((id) => id.auth_provider === provider);
  const keeps = now.filter((id) => id.auth_provider !== provider);
  const had = (removes: readonly ExternalId[]) => beforeJson({ userId, createdAt, ids: now, removes });
  if (!sameIds(found, item.removes)) {
    const earlier = sent.get(userId);
    if (earlier) return judgeOf(item, earlier, user);
    const drift = found.length === 0 ? 'the ids are gone already' : `it now has ${idsWords(found)}`;
    return { status: 'skipped', reason: `Changed since the plan: ${drift}.`, before: had([]) };
  }
  // In the journal before the PUT: nobody could tell these ids afterwards.
  await keepBefore(had(found));
  holdBack();
  // First today's token: where there is none, nothing is sent.
  const hs = homeserverFor(owner);
  sent.set(userId, { keeps, createdAt });
  const { created } = await putExternalIds(hs, userId, keeps, signal);
  if (created) return { status: 'failed', reason: madeAnew(userId) };
  holdBack(true);
  return readBack(item, { keeps, createdAt }, owner, signal);
}

/** The account went away between two requests, and Synapse makes a new one for a PUT (`users.py:274-533`). */
export const madeAnew = (userId: string) =>
  `ATTENTION: ${userId} had gone, and this request made a new account of that name (201). Deactivate it.`;

/** Success is what the server says afterwards. `GET user` reads the database, not the lookup cache (§1.4). */
async function readBack(item: RemovalItem, sent: Sent, owner: Owner, signal: AbortSignal): Promise<Outcome> {
  // Before the request, which asks for today's token: without one the removal has been answered all the same.
  const look = async () => getUser(homeserverFor(owner), item.userId, signal);
  const after = await look().catch((error: unknown) => {
    if (error instanceof HomeserverError && classifyHomeserverError(error).kind === 'refused') {
      throw new NotReadBack(`Answered with 200, but reading it back failed: ${errorSentence(error)}`, { cause: error });
    }
    throw new ReadBackLater('Answered with 200, not read back yet', { cause: error });
  });
  return judgeOf(item, sent, after);
}

/**
 * What came of a removal, by what is there now. The answer that was read may be to a second sending, by the browser itself where
 * the connection broke: then the first one's may have been a 201.
 */
function judgeOf(item: RemovalItem, { keeps, createdAt }: Sent, now: User): Outcome {
  if ((now.creation_ts ?? null) !== createdAt) return { status: 'failed', reason: madeAnew(item.userId) };
  return judge(item, keeps, now.external_ids);
}

/** Whether what there is afterwards is what was meant: none of the provider, and all that was to be kept. */
function judge({ provider }: RemovalItem, keeps: readonly ExternalId[], ids: readonly ExternalId[]): Outcome {
  if (ids.some((id) => id.auth_provider === provider)) {
    const reason = `Removed, but read back there is ${idsWords(ids)}: a sign-in may have added it again.`;
    return { status: 'failed', reason };
  }
  const lost = keeps.filter((id) => !ids.some((one) => sameIds([one], [id])));
  if (lost.length > 0)
    return { status: 'failed', reason: `Read back, what was to be kept is missing: ${idsWords(lost)}.` };
  return { status: 'done', reason: ids.length === 0 ? 'No external id is left.' : `Left: ${idsWords(ids)}.` };
}

/** Whether an unknown removal happened. */
async function lookAgain(
  { userId, provider, removes }: RemovalItem,
  owner: Owner,
  { signal }: RunContext,
): Promise<Outcome | { status: 'not-done' }> {
  const { external_ids: now } = await getUser(homeserverFor(owner), userId, signal);
  const found = now.filter((id) => id.auth_provider === provider);
  if (found.length === 0) return { status: 'done', reason: `Looked again: the ids are gone. Left: ${idsWords(now)}.` };
  if (sameIds(found, removes)) return { status: 'not-done' };
  return { status: 'skipped', reason: `Looked again: it now has other ids of this provider, ${idsWords(found)}.` };
}
