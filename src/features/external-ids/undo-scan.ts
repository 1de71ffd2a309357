import { HomeserverError } from '~/api/errors';
import type { Homeserver } from '~/api/request';
import { externalIdHolder, getUser, type ExternalId } from '~/api/users';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import type { Session } from '~/data/session';
import type { Job, Outcome } from '~/jobs/job';
import { readRows } from '~/jobs/row-slices';
import { sameIds } from './plan';
import {
  planUndo,
  removedBy,
  type NotTold,
  type Present,
  type Removed,
  type UndoFindings,
  type UndoPlan,
} from './undo-plan';
import { wordsOf } from '~/lib/words';

/** The user as it is now, and who else holds what was taken from it. Null: no such user. @throws HomeserverError */
export async function lookAt(
  hs: Homeserver,
  { userId, removes, left }: Pick<Removed, 'userId' | 'removes' | 'left'>,
  signal?: AbortSignal,
): Promise<Present | null> {
  const user = await getUser(hs, userId, signal).catch(noneWhereNotFound);
  if (!user) return null;
  const heldByOthers: { id: ExternalId; userId: string }[] = [];
  // Where it changed since, nothing is put back, whoever holds what.
  for (const id of sameIds(user.external_ids, left) ? removes : []) {
    const holder = await otherHolder(hs, id, userId, signal);
    if (holder !== null) heldByOthers.push({ id, userId: holder });
  }
  return {
    externalIds: user.external_ids,
    createdAt: user.creation_ts ?? null,
    deactivated: user.deactivated ?? false,
    locked: user.locked ?? false,
    heldByOthers,
  };
}

/** Another account that holds the id, as that account's own list says: the look-up may speak of half an hour ago (§1.4). */
async function otherHolder(
  hs: Homeserver,
  id: ExternalId,
  userId: string,
  signal?: AbortSignal,
): Promise<string | null> {
  // `.` and `..` can't be asked for in a URL; the answer to the PUT (409) has the last word anyway.
  if (isDots(id.auth_provider) || isDots(id.external_id)) return null;
  const holder = await externalIdHolder(hs, id, signal);
  if (holder === null || holder === userId) return null;
  const other = await getUser(hs, holder, signal).catch(noneWhereNotFound);
  return other?.external_ids.some((one) => sameIds([one], [id])) ? holder : null;
}

const isDots = (part: string): boolean => part === '.' || part === '..';

export function noneWhereNotFound(error: unknown): null {
  if (error instanceof HomeserverError && error.notFound) return null;
  throw error;
}

export interface UndoPlanned {
  plan: UndoPlan;
  findings: UndoFindings;
  /** Ids are put back too that somebody else may have removed. */
  takesUnsure: boolean;
  /** The job that is undone. */
  undoes: string;
  /** Rows that changed nothing: skipped, or never run. */
  untouched: number;
  /** Epoch ms. */
  at: number;
}

/** The same findings with another choice. */
export const withUnsure = (planned: UndoPlanned, takesUnsure: boolean): UndoPlanned => ({
  ...planned,
  takesUnsure,
  plan: planUndo(planned.findings, takesUnsure),
});

/** Reads the ledger and then each user it names. */
export async function beginUndoScan(session: Session, job: Job, making: Making<UndoPlanned>): Promise<void> {
  const found: (Removed | NotTold)[] = [];
  let untouched = 0;
  await readRows(
    job,
    (row) => {
      const one = removedBy(row);
      if (one) found.push(one);
      else untouched += 1;
    },
    making.signal,
  );
  if (making.signal.aborted) return;
  const owner = ownerOf(session);
  const present = new Map<string, Present>();
  const removals = found.filter((one) => 'removes' in one);
  const finish = (unread: ReadonlyMap<string, string>) => {
    const findings = { found, present, unread, mas: session.mas };
    const plan = planUndo(findings, false);
    making.finish({ plan, findings, takesUnsure: false, undoes: job.id, untouched, at: Date.now() });
  };
  if (removals.length === 0) {
    finish(new Map());
    return;
  }
  const scan = startScan<Removed>({
    kind: 'scan',
    title: 'Read the external ids as they are now',
    owner,
    items: removals,
    describe: ({ userId }) => ({ id: userId, columns: {} }),
    run: async (removed, { signal }): Promise<Outcome> => {
      const user = await lookAt(homeserverFor(owner), removed, signal);
      if (!user) return { status: 'skipped', reason: 'No such user on this homeserver' };
      present.set(removed.userId, user);
      return { status: 'done' };
    },
    // What could not be read may be read again.
    verify: () => Promise.resolve({ status: 'not-done' }),
    classify: classifyHomeserverError,
    repeatable: true,
  });
  making.read(scan, 'users', () => finish(unreadOf(scan)));
}

function unreadOf(job: Job): Map<string, string> {
  return new Map(
    job.indexes(['failed', 'unknown']).map((index) => {
      const { id, reason } = job.row(index);
      return [id, `Could not be read: ${wordsOf(reason)}`];
    }),
  );
}
