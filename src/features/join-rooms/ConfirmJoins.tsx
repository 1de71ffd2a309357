import { paths } from '~/lib/paths';
import { plural } from '~/lib/numbers';
import { Moment } from '~/ui/Moment';
import { ConfirmStep } from '~/ui/wizard/ConfirmStep';
import { isOpen } from './plan';
import type { Planned } from './planning';

/** From so many on, the number has to be typed. */
const MANY = 100;

interface ConfirmJoinsProps {
  planned: Planned;
  onConfirm(count: number): void;
}

export function ConfirmJoins({ planned, onConfirm }: ConfirmJoinsProps) {
  const { items, rows, madeAt } = planned;
  const joins = items.flatMap((item) => (item.kind === 'join' ? [item] : []));
  const admin = items.length - joins.length;
  const rooms = new Set(joins.map(({ room }) => room.roomId)).size;
  const users = new Set(joins.map(({ userId }) => userId)).size;
  const invited = joins.filter(({ room }) => room.known && !isOpen(room)).length;
  return (
    <ConfirmStep
      what={`${plural(users, 'user')} ${users === 1 ? 'is' : 'are'} made to join ${plural(rooms, 'room')}, without being asked. Everybody in those rooms sees them arrive.${
        invited > 0
          ? ` ${plural(invited, 'join')} in rooms that are not public: each shows an invitation by you first.`
          : ''
      }`}
      breakdown={[
        { name: 'Joins', value: joins.length },
        { name: 'Users', value: users },
        { name: 'Rooms', value: rooms },
        ...(admin > 0 ? [{ name: 'Rooms where you become admin first', value: admin }] : []),
        { name: 'Left out by the plan', value: rows.length - joins.length },
        { name: 'Plan made', value: <Moment ms={madeAt} /> },
      ]}
      irreversible={
        items.length > MANY
          ? 'The joins stay in the history of each room, and whoever was notified was notified.'
          : null
      }
      undo="A join is undone by removing the user from the room again: the report offers that, for exactly the joins that this job made. Whom someone else may have joined stays, unless you choose otherwise."
      count={items.length}
      noun={admin > 0 ? ['step', 'steps'] : ['join', 'joins']}
      verb="Run"
      backTo={paths.joinRooms('plan')}
      onConfirm={onConfirm}
    />
  );
}
