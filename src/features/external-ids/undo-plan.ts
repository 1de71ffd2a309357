import type { ExternalId } from '~/api/users';
import type { LedgerRow } from '~/jobs/job';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import { readBefore } from './before';
import { idWords, idsWords, sameIds } from './plan';
import { isolated } from '~/lib/shown-text';

/** Which removed ids can be put back, from the ledger of the job that removed them and what the homeserver says now. Pure. */

/** What a job took from one user: by its ledger alone. All of it is JSON, and so is what is made of it. */
export interface Removed {
  userId: string;
  /** What the job took away. */
  removes: readonly ExternalId[];
  /** What it left: only where the user has exactly this now, nobody changed it since. */
  left: readonly ExternalId[];
  createdAt: number | null;
  /** They were found gone after a try that nobody answered: somebody else may have taken them. */
  foundGone: boolean;
}

/** A row that may have changed something, though nothing can be said of what. */
export interface NotTold {
  userId: string;
  problem: string;
}

/** What a ledger row comes to; null where it changed nothing. */
export function removedBy(row: LedgerRow): Removed | NotTold | null {
  const { id: userId, status, reason } = row;
  if (status === 'waiting' || status === 'skipped') return null;
  if (status === 'running' || status === 'unknown') {
    return { userId, problem: 'Not known whether the job removed them: verify it in its report first' };
  }
  if (status === 'failed') return { userId, problem: `Failed in the job, so not for sure its doing: ${reason}` };
  const before = readBefore(row.before);
  if (!before) return { userId, problem: 'Can’t be undone: the ids it had before were not kept' };
  const { external_ids, removes, created_at } = before;
  const left = external_ids.filter((id) => !removes.some((one) => sameIds([one], [id])));
  if (removes.length === 0) return null;
  return { userId: before.user_id, removes, left, createdAt: created_at, foundGone: before.found_gone === true };
}

/** A user as it is now. */
export interface Present {
  externalIds: readonly ExternalId[];
  createdAt: number | null;
  deactivated: boolean;
  locked: boolean;
  /** Removed ids that another account holds now. */
  heldByOthers: readonly { id: ExternalId; userId: string }[];
}

export interface UndoRow extends PlanRow {
  now: readonly ExternalId[] | null;
  adds: readonly ExternalId[];
}

/** One user who gets ids back: exactly these, or none where somebody changed the user since. */
export interface PutBackItem {
  readonly userId: string;
  readonly adds: readonly ExternalId[];
  readonly left: readonly ExternalId[];
  readonly createdAt: number | null;
}

export interface UndoPlan {
  rows: readonly UndoRow[];
  items: readonly PutBackItem[];
  idCount: number;
  /** Deactivated or locked users among those that get ids back. */
  hidden: number;
  /** Users among those whose ids somebody else may have removed. */
  foundGone: number;
}

export const GONE = 'No such user any more: putting ids back would make a new account';

/** What stands against it, in words; null: nothing. Asked for the plan, and again just before each change. */
export function objection(removed: Pick<Removed, 'left' | 'createdAt'>, present: Present): string | null {
  if (removed.createdAt !== null && present.createdAt !== null && removed.createdAt !== present.createdAt) {
    return 'Another account of the same name: the one that had the ids is gone';
  }
  if (!sameIds(present.externalIds, removed.left)) {
    return `Changed since the job: it left ${idsWords(removed.left)}, and now there is ${idsWords(present.externalIds)}`;
  }
  const held = present.heldByOthers.map(({ id, userId }) => `${idWords(id)} by ${isolated(userId)}`);
  return held.length > 0 ? `Held by another account now: ${held.join(' · ')}` : null;
}

/** Whether the user has all that was removed, and all that was left. */
export const hasAll = ({ removes, left }: Pick<Removed, 'removes' | 'left'>, ids: readonly ExternalId[]): boolean =>
  sameIds([...left, ...removes], ids);

/** @param present by user id; missing: there is no such user any more @param unread user id → why it could not be read @param mas no sign-in looks at what is put back */
export function planUndo(
  found: readonly (Removed | NotTold)[],
  present: ReadonlyMap<string, Present>,
  unread: ReadonlyMap<string, string>,
  mas = false,
): UndoPlan {
  const rows = found.map((one) => rowOf(one, present, unread, mas));
  const removedOf = new Map(found.flatMap((one) => ('removes' in one ? [[one.userId, one] as const] : [])));
  const will = rows.filter(({ verdict }) => verdict === 'will');
  const items = will.flatMap(({ id, adds }): PutBackItem[] => {
    const removed = removedOf.get(id);
    return removed ? [{ userId: id, adds, left: removed.left, createdAt: removed.createdAt }] : [];
  });
  return {
    rows: rows.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict]),
    items,
    idCount: items.reduce((sum, { adds }) => sum + adds.length, 0),
    hidden: items.filter(({ userId }) => present.get(userId)?.deactivated || present.get(userId)?.locked).length,
    foundGone: items.filter(({ userId }) => removedOf.get(userId)?.foundGone).length,
  };
}

const RANK = { will: 0, cannot: 1, nothing: 2 } as const;

function rowOf(
  one: Removed | NotTold,
  present: ReadonlyMap<string, Present>,
  unread: ReadonlyMap<string, string>,
  mas: boolean,
): UndoRow {
  const { userId: id } = one;
  const cannot = (reason: string, now: UndoRow['now']): UndoRow => ({ id, verdict: 'cannot', reason, now, adds: [] });
  if ('problem' in one) return cannot(one.problem, null);
  const user = present.get(id);
  if (!user) return cannot(unread.get(id) ?? GONE, null);
  const now = user.externalIds;
  if (hasAll(one, now)) return { id, verdict: 'nothing', reason: 'Has them already', now, adds: [] };
  const against = objection(one, user);
  if (against !== null) return cannot(against, now);
  const reason = [one.foundGone ? FOUND_GONE : '', mas ? '' : whyWill(user)].filter((part) => part !== '').join('. ');
  return { id, verdict: 'will', reason, now, adds: one.removes };
}

const FOUND_GONE = 'Found gone after a try without an answer: by the job, or by somebody meanwhile';

/**
 * A deactivated account keeps its ids in Synapse (`docs/admin_api/user_admin_api.md`, “Deactivate account”): with them a sign-in
 * finds the closed account and is refused, without them it may make a new one. So they belong back there too.
 */
function whyWill({ deactivated, locked }: Present): string {
  if (deactivated) return 'Deactivated: with its ids back, signing in with them is refused again';
  return locked ? 'Locked: it stays locked' : '';
}
