import { List, Stack, Text } from '@mantine/core';
import { ownerOf } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { plural } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { Notice } from '~/ui/Notice';
import { PlanTable, type PlanColumn } from '~/ui/wizard/PlanTable';
import { ScriptButton } from '~/ui/wizard/ScriptButton';
import { StepActions } from '~/ui/wizard/StepActions';
import classes from './join-rooms.module.css';
import { MakeAdminChoice } from './MakeAdminChoice';
import { isLost, replacedRooms, type PairRow } from './plan';
import { roomsInNeed, withChoices, type Planned } from './planning';
import { ReplacedChoice } from './ReplacedChoice';
import { roomLabel } from './run';
import { Outside } from '~/ui/Outside';
import { isolatedWords, shownId } from '~/lib/shown-text';

const COLUMNS: readonly PlanColumn<PairRow>[] = [
  {
    id: 'user',
    header: 'User',
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ userId }) => <Id value={userId} />,
    text: ({ userId }) => userId,
  },
  {
    id: 'room',
    header: 'Room',
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ room }) => <RoomCell room={room} />,
    text: ({ room }) => (isLost(room) ? room.ref : `${roomLabel(room)} (${room.roomId})`),
  },
];

function RoomCell({ room }: { room: PairRow['room'] }) {
  if (isLost(room)) return <Id value={room.ref} />;
  return (
    <div className={classes.room}>
      <Text size="sm" truncate="end" title={isolatedWords(roomLabel(room))}>
        <Outside text={roomLabel(room)} none={shownId(roomLabel(room))} />
      </Text>
      <Id value={room.roomId} />
    </div>
  );
}

const WORDS = { will: 'will join', nothing: 'already in', cannot: 'can’t join' } as const;

interface PlanStepProps {
  planned: Planned;
  onPlan(planned: Planned): void;
}

/** The plan: who joins which room, who does not and why. */
export function PlanStep({ planned, onPlan }: PlanStepProps) {
  const { rows, items, notes, madeAt } = planned;
  const session = useSession();
  const nothing = items.length === 0 ? 'Nobody would join: the plan has nothing to do.' : null;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        Read <Moment ms={madeAt} />. Nothing was changed by looking.
      </Text>
      {notes.length > 0 && (
        <Notice title="Good to know about this plan">
          <List size="sm">
            {notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Notice>
      )}
      <ReplacedChoice
        rooms={replacedRooms(planned.found)}
        chosen={planned.choices.replaced}
        onChoose={(replaced) => onPlan(withChoices(planned, { ...planned.choices, replaced }))}
      />
      <MakeAdmin planned={planned} onPlan={onPlan} />
      <PlanTable
        label="Who would join which room"
        rows={rows}
        columns={COLUMNS}
        verdicts={WORDS}
        fileStem="join-rooms-plan"
        empty="No user and no room were found."
      >
        <ScriptButton
          fileStem="join-rooms"
          disabled={nothing}
          demo={session.demo}
          write={async (language) => (await import('./script')).joinScript(items, ownerOf(session), language)}
        />
      </PlanTable>
      <StepActions
        back={{ label: 'Back to choosing', to: paths.joinRooms('choose') }}
        next={{
          label: 'Look once more',
          to: paths.joinRooms('confirm'),
          disabled: nothing,
        }}
      />
    </Stack>
  );
}

/** Rooms that only let in who is invited, where the admin can't invite. */
function MakeAdmin({ planned, onPlan }: PlanStepProps) {
  const rooms = roomsInNeed(planned);
  return (
    <MakeAdminChoice
      title={`${plural(rooms.length, 'room lets', 'rooms let')} in only who is invited, and you can’t invite there`}
      rooms={rooms.map((room) => ({ roomId: room.roomId, room: roomLabel(room), adminIn: room.adminIn }))}
      chosen={planned.choices.makeAdmin}
      onChoose={(makeAdmin) => onPlan(withChoices(planned, { ...planned.choices, makeAdmin }))}
    />
  );
}
