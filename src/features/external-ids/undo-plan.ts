import type { ExternalId } from '~/api/users';
import type { LedgerRow } from '~/jobs/job';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import { canBePutBack, readBefore, tookThem } from './before';
import { idWords, idsWords, sameIds } from './plan';
import { isolated } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';

/** Which removed ids can be put back, from the ledger of the job that removed them and what the homeserver says now. Pure. */

/** What a job took from one user: by its ledger alone. All of it is JSON, and so is what is made of it. */
export interface Removed {
  userId: string;
  /** What the job took away, or may have. */
  removes: readonly ExternalId[];
  /** What it left: only where the user has exactly this now, nobody changed it since. */
  left: readonly ExternalId[];
  createdAt: number | null;
  /** No answer said that the job took them: if they are gone, somebody else may have taken them. */
  unsure: boolean;
  /** A request of the job got no answer: it may take them away once more, at any time. */
  late: boolean;
}

/** A row that may have changed something, though nothing can be said of what. */
export interface NotTold {
  userId: string;
  problem: string;
}

/** What a ledger row comes to; null where it changed nothing. */
export function removedBy(row: LedgerRow): Removed | NotTold | null {
  const { id: userId, status, reason } = row;
  const before = readBefore(row.before);
  if (before && canBePutBack(row)) {
    const { external_ids, removes, created_at: createdAt } = before;
    const left = external_ids.filter((id) => !removes.some((one) => sameIds([one], [id])));
    return { userId: before.user_id, removes, left, createdAt, unsure: !tookThem(row), late: row.unanswered === true };
  }
  switch (status) {
    case 'waiting':
    case 'skipped':
      return null;
    case 'running':
    case 'unknown':
      return { userId, problem: 'Not known whether the job removed them: verify it in its report first' };
    case 'failed':
      return { userId, problem: `Failed in the job, so not for sure its doing: ${wordsOf(reason)}` };
    case 'done':
      return before ? null : { userId, problem: 'Can’t be undone: the ids it had before were not kept' };
  }
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
  /** A request of the undone job got no answer: it may take them away again. */
  readonly late?: true;
}

export interface UndoPlan {
  rows: readonly UndoRow[];
  items: readonly PutBackItem[];
  idCount: number;
  /** Deactivated or locked users among those that get ids back. */
  hidden: number;
  /** Users whose ids are gone, and somebody else may have removed them: left alone unless they are chosen. */
  unsure: number;
  /** Users among those that get ids back, from whom a late request of the job may take them again. */
  late: number;
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

/** What a plan is made of. */
export interface UndoFindings {
  found: readonly (Removed | NotTold)[];
  /** By user id; missing: there is no such user any more. */
  present: ReadonlyMap<string, Present>;
  /** User id → why it could not be read. */
  unread: ReadonlyMap<string, string>;
  /** MAS is in front: no sign-in looks at what is put back. */
  mas: boolean;
}

/** @param takesUnsure whether ids are put back too that somebody else may have removed */
export function planUndo(findings: UndoFindings, takesUnsure: boolean): UndoPlan {
  const { found, present } = findings;
  const rows = found.map((one) => rowOf(one, findings, takesUnsure));
  const removedOf = new Map(found.flatMap((one) => ('removes' in one ? [[one.userId, one] as const] : [])));
  const will = rows.filter(({ verdict }) => verdict === 'will');
  const items = will.flatMap(({ id, adds }): PutBackItem[] => {
    const removed = removedOf.get(id);
    if (!removed) return [];
    const { left, createdAt, late } = removed;
    return [{ userId: id, adds, left, createdAt, ...(late && { late }) }];
  });
  return {
    rows: rows.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict]),
    items,
    idCount: items.reduce((sum, { adds }) => sum + adds.length, 0),
    hidden: items.filter(({ userId }) => present.get(userId)?.deactivated || present.get(userId)?.locked).length,
    unsure: found.filter((one) => 'removes' in one && one.unsure && isWill(one, present.get(one.userId))).length,
    late: items.filter(({ late }) => late).length,
  };
}

const RANK = { will: 0, cannot: 1, nothing: 2 } as const;

/** They can be put back. */
const isWill = (removed: Removed, user: Present | undefined): boolean =>
  user !== undefined && !hasAll(removed, user.externalIds) && objection(removed, user) === null;

function rowOf(one: Removed | NotTold, { present, unread, mas }: UndoFindings, takesUnsure: boolean): UndoRow {
  const { userId: id } = one;
  const cannot = (reason: string, now: UndoRow['now']): UndoRow => ({ id, verdict: 'cannot', reason, now, adds: [] });
  if ('problem' in one) return cannot(one.problem, null);
  const user = present.get(id);
  if (!user) return cannot(unread.get(id) ?? GONE, null);
  const now = user.externalIds;
  if (hasAll(one, now)) {
    return { id, verdict: 'nothing', reason: one.late ? `Has them now. ${LATE}` : 'Has them already', now, adds: [] };
  }
  const against = objection(one, user);
  if (against !== null) return cannot(against, now);
  if (one.unsure && !takesUnsure) return cannot(`${UNSURE}: left alone unless you choose otherwise`, now);
  const reason = [one.unsure ? UNSURE : '', mas ? '' : whyWill(user), one.late ? LATE : '']
    .filter((part) => part !== '')
    .join('. ');
  return { id, verdict: 'will', reason, now, adds: one.removes };
}

const UNSURE = 'Removed by the job or by someone else, nobody can tell';
const LATE = 'A request of the job got no answer: it may still remove them';

/**
 * A deactivated account keeps its ids in Synapse (`docs/admin_api/user_admin_api.md`, “Deactivate account”): with them a sign-in
 * finds the closed account and is refused, without them it may make a new one. So they belong back there too.
 */
function whyWill({ deactivated, locked }: Present): string {
  if (deactivated) return 'Deactivated: with its ids back, signing in with them is refused again';
  return locked ? 'Locked: it stays locked' : '';
}
