import { useSession } from '~/data/session';
import type { JobView } from '~/entities/job/job-view';
import { UserLink } from '~/entities/job/UserLink';
import { paths } from '~/lib/paths';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { Notice } from '~/ui/Notice';
import { Outside } from '~/ui/Outside';
import { withJob } from '~/ui/wizard/job-param';
import { canBePutBack, tookThem } from './before';
import classes from './external-ids.module.css';
import { MasNote } from './MasNote';

const LOOK: LedgerLook = {
  idHeader: 'User',
  idCell: (id) => <UserLink userId={id} />,
  cell: (_column, text) => <Outside text={text} className={classes.id} />,
};

const UNDONE = ['removal', 'removals'] as const;

export const removalView: JobView = {
  look: () => LOOK,
  Notes: CacheNote,
  undo: ({ id }) => ({
    to: withJob(paths.undoExternalIds(), id),
    noun: UNDONE,
    counts: tookThem,
    shows: canBePutBack,
  }),
  again: (rows) => ({ to: paths.externalIds(), with: { users: { ids: rows.map(({ id }) => id), from: 'job' } } }),
};

export const putBackView: JobView = {
  look: () => LOOK,
  undo: () => 'An undo is not undone: to take these ids away again, remove them with a new plan.',
};

/** Removed ids are not taken out of `get_user_by_external_id`'s cache (`store/registration.py:1000-1016`). */
function CacheNote() {
  if (useSession().mas) return <MasNote />;
  return (
    <Notice title="Removed ids may work a little longer">
      Synapse keeps looked-up ids in a cache: a sign-in with a removed id may still find its user until that id was idle
      for 30 minutes, or Synapse is restarted. What this report says was read from the database. Sessions that are
      signed in stay signed in.
    </Notice>
  );
}
