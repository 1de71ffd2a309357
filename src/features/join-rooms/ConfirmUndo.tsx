import { plural } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { Moment } from '~/ui/Moment';
import { ConfirmStep } from '~/ui/wizard/ConfirmStep';
import { withJob } from '~/ui/wizard/job-param';
import { limitWords } from './own-limit';
import type { UndoPlanned } from './undo-scan';
import { Outside } from '~/ui/Outside';

interface ConfirmUndoProps {
  planned: UndoPlanned;
  /** Shown in the rooms; may be empty. */
  reason: string;
  onConfirm(count: number): void;
}

export function ConfirmUndo({ planned, reason, onConfirm }: ConfirmUndoProps) {
  const { plan, at, undoes } = planned;
  const { items, rows, removals } = plan;
  const removed = items.flatMap((item) => (item.kind === 'remove' ? [item] : []));
  const admin = items.filter(({ kind }) => kind === 'make-admin').length;
  const users = new Set(removed.map(({ userId }) => userId)).size;
  const rooms = new Set(removed.map(({ roomId }) => roomId)).size;
  const lifted = items[0]?.kind === 'lift-limit' ? items[0] : null;
  return (
    <ConfirmStep
      what={
        <>
          {`${plural(users, 'user is', 'users are')} removed from ${plural(rooms, 'room')} by you, as any moderator does it. Everybody there sees it, ${
            reason === '' ? 'without a reason' : 'with the reason'
          }`}
          {reason !== '' && (
            <>
              {' '}
              “<Outside text={reason} />”
            </>
          )}
          . Who left by then is left alone.
          {lifted &&
            ` First your own rate limit is lifted, and at the end it is put back as it was: ${limitWords(lifted.was)}. They run one after the other.`}
        </>
      }
      breakdown={[
        { name: 'Joins undone', value: removals },
        { name: 'Users', value: users },
        { name: 'Rooms', value: rooms },
        ...(admin > 0 ? [{ name: 'Rooms where you become admin first', value: admin }] : []),
        ...(lifted ? [{ name: 'Steps for your rate limit', value: 2 }] : []),
        { name: 'Left out by the plan', value: rows.length - removals },
        { name: 'Plan made', value: <Moment ms={at} /> },
      ]}
      irreversible="The join and the removal stay in the history of each room. Who is removed from a room that is not public comes back only by invitation, and may lose sight of what was said there."
      undo="Joining them again is a new plan of “Join users to rooms”."
      count={items.length}
      noun={items.length > removals ? ['step', 'steps'] : ['removal', 'removals']}
      verb="Run"
      backTo={withJob(paths.undoJoinRooms('plan'), undoes)}
      onConfirm={onConfirm}
    />
  );
}
