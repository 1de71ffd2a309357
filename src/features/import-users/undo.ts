import { accountWords, fieldsIn, only, sameField, type Account } from '~/actions/account';
import { readKeptAccount } from '~/actions/account-kept';
import type { Session } from '~/data/session';
import type { Making } from '~/job-store/plan-draft';
import type { Job, LedgerRow } from '~/jobs/job';
import { readRows } from '~/jobs/row-slices';
import { withValues, type Text } from '~/lib/text';
import { wordsOfError } from '~/lib/words';
import type { FoundAccount, ImportRow } from './plan';
import { gatherNothing, lookEach, type Gathered } from './scan';

/** An import is undone by its ledger: each account that it changed gets back what it had, where nobody changed that since. */

interface Changed {
  readonly id: string;
  readonly before: Account;
  readonly goal: Account;
  readonly identity: number | null;
  /** No answer told that this job made the change. */
  readonly isDoubtful: boolean;
}

/** Null where the row changed nothing, or made the account: what was made can't be unmade. */
export function changedBy({ id, status, before: kept }: LedgerRow): Changed | null {
  const read = readKeptAccount(kept);
  if (!read || read.before === null || status === 'running') return null;
  const { before, goal, identity } = read;
  // Fields are written one after the other: even a request that was refused may have changed some.
  const isDoubtful = status !== 'done';
  return { id, before, goal, identity, isDoubtful };
}

export const isSureChange = (row: LedgerRow): boolean => changedBy(row)?.isDoubtful === false;
export const isChange = (row: LedgerRow): boolean => changedBy(row) !== null;

export interface UndoPlanned {
  readonly rows: readonly ImportRow[];
  readonly notes: readonly Text[];
  readonly madeAt: number;
  /** Rows of which nobody knows whose change they were. */
  readonly doubtful: number;
}

export function beginUndo(session: Session, job: Job, takesDoubtful: boolean, making: Making<UndoPlanned>): void {
  const changes: Changed[] = [];
  const found = gatherNothing();
  const plan = () => {
    const rows = changes.map((one) => undoRow(one, found, takesDoubtful));
    const doubtful = changes.filter(({ isDoubtful }) => isDoubtful).length;
    making.finish({ rows, notes: [], madeAt: Date.now(), doubtful });
  };
  const read = async () => {
    await readRows(
      job,
      (row) => {
        const changed = changedBy(row);
        if (changed) changes.push(changed);
      },
      making.signal,
    );
    if (making.signal.aborted) return;
    lookEach(
      session,
      changes.map(({ id }) => id),
      found,
      making,
      plan,
    );
  };
  read().catch((error: unknown) => making.fail(wordsOfError(error)));
}

function undoRow(
  { id, before, goal, identity, isDoubtful }: Changed,
  found: Gathered,
  takesDoubtful: boolean,
): ImportRow {
  const row = (verdict: ImportRow['verdict'], reason: Text, item: ImportRow['item'] = null): ImportRow => ({
    id,
    line: 0,
    user: id,
    verdict,
    reason,
    item,
  });
  const now = found.accounts.get(id);
  if (now === undefined) return row('cannot', found.unread.get(id) ?? UNREAD);
  if (now === null || (identity !== null && now.identity !== null && identity !== now.identity)) {
    return row('cannot', GONE);
  }
  const fields = fieldsIn(goal).filter((field) => !sameField(before, now, field));
  if (fields.length === 0) return row('nothing', AGAIN);
  const state = (of: FoundAccount) => accountWords(only(of, fieldsIn(goal)));
  if (fields.some((field) => !sameField(goal, now, field))) {
    return row('cannot', withValues(CHANGED, { state: state(now) }));
  }
  if (now.deactivated) return row('cannot', DEACTIVATED);
  if (isDoubtful && !takesDoubtful) return row('cannot', DOUBTFUL);
  return row('will', isDoubtful ? DOUBTFUL : '', {
    op: 'update',
    id,
    goal: only(before, fields),
    planned: only(now, fields),
    identity: now.identity,
  });
}

const UNREAD = /*i18n*/ { id: 'import.undo.unread', message: 'This user was not looked up.' };
const GONE = /*i18n*/ {
  id: 'import.undo.gone',
  message: 'The account that the job changed is gone, or this is a new one with the same ID.',
};
const AGAIN = /*i18n*/ { id: 'import.undo.again', message: 'Already as it was before the job.' };
const CHANGED = /*i18n*/ { id: 'import.undo.changed', message: 'Changed since the job: now {state}.' } as const;
const DEACTIVATED = /*i18n*/ { id: 'import.undo.deactivated', message: 'Deactivated since the job.' };
const DOUBTFUL = /*i18n*/ {
  id: 'import.undo.doubtful',
  message: 'Changed by the job or by someone else: Glia can’t tell which.',
};
