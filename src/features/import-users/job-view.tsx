import { msg, t } from '@lingui/core/macro';
import type { JobView } from '~/entities/job/job-view';
import { UserLink } from '~/entities/user/UserLink';
import { paths } from '~/lib/paths';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { Outside } from '~/ui/Outside';
import { AfterImport } from './AfterImport';
import { isChange, isSureChange } from './undo';
import { UndoImport } from './UndoImport';

const LOOK: LedgerLook = {
  idHeader: msg`User`,
  idCell: (id) => <UserLink userId={id} />,
  cell: (column, text) => <Outside text={text} as={column === 'Rooms' && text !== '' ? 'id' : 'words'} />,
  headers: {
    What: msg`What`,
    Before: msg`Before`,
    After: msg`After`,
    Rooms: msg`Rooms`,
    Line: msg`Line`,
  },
  widths: { What: '4.5rem', Line: '3.5rem', Before: 'minmax(7rem, 1fr)', After: 'minmax(8rem, 1.2fr)', Rooms: '8rem' },
};

/** Of jobs that make and change accounts: of one that a form made, and of those of a file. */
export const accountsView: JobView = {
  look: () => LOOK,
  Notes: AfterImport,
  undo: (job) =>
    job.getSnapshot().kind === 'create-user'
      ? t`A created account can’t be deleted: to undo, deactivate it. Its ID stays taken.`
      : { to: paths.undoJob(job.id), counts: isSureChange, shows: isChange },
  Undo: UndoImport,
};
