import { Text } from '@mantine/core';
import { undoWords } from '~/actions/action';
import { removeMembers } from '~/actions/member/remove';
import type { JobView } from '~/entities/job/job-view';
import { paths } from '~/lib/paths';
import { canBeUndone } from './before';
import { JOIN_LOOK } from './look';
import { OwnLimitNote } from './OwnLimitNote';
import { isUndoable } from './undo-plan';
import { UndoJoins } from './UndoJoins';

const UNDONE = ['join', 'joins'] as const;

export const joinView: JobView = {
  look: () => JOIN_LOOK,
  Notes: () => (
    <Text size="sm">
      Done means that the homeserver accepted this job’s request, and that the user’s join is newer than it. Who was in
      the room already, by this job or by someone else, is skipped.
    </Text>
  ),
  undo: ({ id }) => ({
    to: paths.undoJob(id),
    noun: UNDONE,
    counts: canBeUndone,
    shows: isUndoable,
  }),
  Undo: UndoJoins,
};

/** Of removals, and of undos that older versions began. */
export const removalView: JobView = {
  look: () => JOIN_LOOK,
  Notes: OwnLimitNote,
  undo: () => undoWords(removeMembers),
};
