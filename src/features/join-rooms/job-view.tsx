import { Trans } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { undoWords } from '~/actions/action';
import { removeMembers } from '~/actions/member/remove';
import type { JobView } from '~/entities/job/job-view';
import type { LedgerRow } from '~/jobs/job';
import { csvLine } from '~/lib/csv';
import { paths } from '~/lib/paths';
import { canBeUndone } from './before';
import { JOIN_LOOK } from './look';
import { OwnLimitNote } from './OwnLimitNote';
import { isUndoable } from './undo-plan';
import { UndoJoins } from './UndoJoins';
import { wordsOf } from '~/lib/words';

export const joinView: JobView = {
  look: () => JOIN_LOOK,
  Notes: () => (
    <Text size="sm">
      <Trans>
        Done means that the homeserver accepted this job’s request, and that the user’s join is newer than it. Users who
        were already in the room, through this job or someone else, are skipped.
      </Trans>
    </Text>
  ),
  undo: ({ id }) => ({
    to: paths.undoJob(id),
    counts: canBeUndone,
    shows: isUndoable,
  }),
  Undo: UndoJoins,
  again: (rows) => ({ to: paths.joinRooms(), with: { pairs: pairsOf(rows) } }),
};

/** Users to rooms, and not the rooms where somebody becomes an admin: the new plan says again where that is needed. */
function pairsOf(rows: readonly LedgerRow[]): string {
  const lines = rows.flatMap(({ columns }) => {
    const [user, room] = [columns['User'], columns['Room id']];
    return typeof user === 'string' && typeof room === 'string' && user.startsWith('@') ? [csvLine([user, room])] : [];
  });
  return csvLine(['user', 'room']) + lines.join('');
}

/** Of removals, and of undos that older versions began. */
export const removalView: JobView = {
  look: () => JOIN_LOOK,
  Notes: OwnLimitNote,
  undo: () => wordsOf(undoWords(removeMembers)),
};
