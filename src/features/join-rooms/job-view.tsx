import { Text } from '@mantine/core';
import type { JobView } from '~/entities/job/job-view';
import { paths } from '~/lib/paths';
import { withJob } from '~/ui/wizard/job-param';
import { canBeUndone } from './before';
import { JOIN_LOOK } from './look';
import { OwnLimitNote } from './OwnLimitNote';
import { isUndoable } from './undo-plan';

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
    to: withJob(paths.undoJoinRooms(), id),
    noun: UNDONE,
    counts: canBeUndone,
    shows: isUndoable,
  }),
};

export const undoJoinsView: JobView = {
  look: () => JOIN_LOOK,
  Notes: OwnLimitNote,
  undo: () => 'An undo is not undone: to bring these users back, join them with a new plan.',
};
