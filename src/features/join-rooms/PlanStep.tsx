import { Checkbox, List, Paper, Stack, Text, Title } from '@mantine/core';
import { ownerOf } from '~/data/jobs';
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
import { isLost, type FoundRoom, type PairRow } from './plan';
import { roomsInNeed, withMakeAdmin, type Planned } from './planning';
import { roomLabel } from './run';

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
      <Text size="sm" truncate="end" title={roomLabel(room)}>
        <bdi>{roomLabel(room)}</bdi>
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

/** Rooms that only let in who is invited, where the admin can't invite: a choice for each, and part of the plan. */
function MakeAdmin({ planned, onPlan }: PlanStepProps) {
  const rooms = roomsInNeed(planned);
  if (rooms.length === 0) return null;
  const { makeAdmin } = planned;
  const choose = (chosen: ReadonlySet<string>) => onPlan(withMakeAdmin(planned, chosen));
  const toggle = (room: FoundRoom, on: boolean) => {
    const next = new Set(makeAdmin);
    if (on) next.add(room.roomId);
    else next.delete(room.roomId);
    choose(next);
  };
  const all = rooms.every(({ roomId }) => makeAdmin.has(roomId));
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="make-admin">
      <Title order={3} size="h5" id="make-admin">
        {`${plural(rooms.length, 'room lets', 'rooms let')} in only who is invited, and you can’t invite there`}
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="sm" maw={760}>
        Tick a room to be made its admin first: Synapse gives you the power of its most powerful local member, and you
        join it. Members see both. It needs a local admin in the room. This stays until you leave or step down there.
      </Text>
      <Stack gap="xs">
        {rooms.length > 1 && (
          <Checkbox
            label="All of them"
            checked={all}
            indeterminate={!all && makeAdmin.size > 0}
            onChange={(event) => choose(new Set(event.currentTarget.checked ? rooms.map(({ roomId }) => roomId) : []))}
          />
        )}
        <Stack gap="xs" className={classes.rooms}>
          {rooms.map((room) => (
            <Checkbox
              key={room.roomId}
              label={
                <span className={classes.label}>
                  Make me admin of <bdi>{roomLabel(room)}</bdi>
                  {room.adminIn ? '' : ' and join it'}
                </span>
              }
              // An id has no place to break: the longest would be cut off on a phone.
              description={<bdi className={classes.label}>{room.roomId}</bdi>}
              checked={makeAdmin.has(room.roomId)}
              onChange={(event) => toggle(room, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Stack>
    </Paper>
  );
}
