import { canUndo, undoWords, type AnyAction } from '~/actions/action';
import { changedBy } from '~/actions/undo';
import { SecretsNote } from '~/entities/action/SecretsNote';
import { UserLink } from '~/entities/job/UserLink';
import type { JobView } from '~/entities/job/job-view';
import type { LedgerRow } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { Id } from '~/ui/Id';
import type { LedgerLook } from '~/ui/job/LedgerTable';

const ofPlan = ['before', 'after'];
const LOOKS: Readonly<Record<AnyAction['entity'], LedgerLook>> = {
  user: { idHeader: 'User', idCell: (id) => <UserLink userId={id} />, ofPlan },
  member: { idHeader: 'Member', ofPlan },
  media: { idHeader: 'Media ID', idCell: (id) => <Id value={id} />, ofPlan },
};

const NOUN = ['change', 'changes'] as const;

/** How the jobs of an action are shown: all of it follows from the action. */
export function viewOfAction(action: AnyAction): JobView {
  return {
    look: () => LOOKS[action.entity],
    ...(action.secret && { Notes: SecretsNote }),
    undo: ({ id }) => (canUndo(action) ? { to: paths.undoJob(id), noun: NOUN, counts: isChange } : undoWords(action)),
    ...(action.entity === 'user' && {
      again: (rows) => ({
        to: paths.bulk(action.kind),
        with: { users: { ids: rows.map(({ id }) => id), from: 'job' as const } },
      }),
    }),
  };
}

const isChange = (row: LedgerRow): boolean => changedBy(row) !== null;
