import { msg, plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Stack, Title } from '@mantine/core';
import { useMemo } from 'react';
import { RoomLink } from '~/entities/room/RoomLink';
import { UserLink } from '~/entities/user/UserLink';
import { formatCount } from '~/lib/numbers';
import { Notice } from '~/ui/Notice';
import { PlanTable, type PlanColumn } from '~/ui/wizard/PlanTable';
import type { AccountRow } from './accounts';
import type { BridgePlanned } from './ghosts';
import { roomsOf, type RoomRow } from './portals';

interface PortalsProps {
  planned: BridgePlanned;
  runs: readonly AccountRow[];
}

/** How many rooms the ghosts that are left in take along. */
export function Portals({ planned, runs }: PortalsProps) {
  const rooms = useMemo(() => roomsOf(planned, runs), [planned, runs]);
  if (!planned.input.rooms) return null;
  const portals = rooms.filter(({ verdict }) => verdict === 'will').length;
  // Nobody in them runs, so they are not in the table either.
  const ofLeftOut = planned.rooms.size - rooms.length;
  return (
    <Notice
      title={plural(portals, {
        0: 'No room is deleted',
        one: '# room is deleted with its ghosts',
        other: '# rooms are deleted with their ghosts',
      })}
    >
      {plural(rooms.length - portals, {
        0: 'There are no rooms in which ghosts are together with several people.',
        one: '# room with several people in it stays: its ghosts leave it when they are deactivated.',
        other: '# rooms with several people in them stay: their ghosts leave them when they are deactivated.',
      })}
      {ofLeftOut > 0 && (
        <div>
          {plural(ofLeftOut, {
            one: '# room stays because its ghosts are left out of this plan.',
            other: '# rooms stay because their ghosts are left out of this plan.',
          })}
        </div>
      )}
    </Notice>
  );
}

const VERDICTS = { will: msg`is deleted`, nothing: msg`nothing to do`, cannot: msg`stays` };

/** Each of these rooms, with who is in it. */
export function PortalRooms({ planned, runs }: PortalsProps) {
  const { t } = useLingui();
  const rooms = useMemo(() => roomsOf(planned, runs), [planned, runs]);
  if (rooms.length === 0) return null;
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        <Trans>Rooms of the ghosts</Trans>
      </Title>
      <PlanTable
        label={t`What would happen to each room`}
        rows={rooms}
        columns={COLUMNS}
        verdicts={VERDICTS}
        fileStem="playbook.bridge-rooms-plan"
      />
    </Stack>
  );
}

const COLUMNS: readonly PlanColumn<RoomRow>[] = [
  {
    id: 'room',
    header: msg`Room`,
    width: 'minmax(14rem, 2fr)',
    text: ({ id }) => id,
    cell: ({ id }) => <RoomLink roomId={id} />,
  },
  {
    id: 'people',
    header: msg`People in it`,
    width: 'minmax(12rem, 1.5fr)',
    text: ({ people }) => people.join(' '),
    cell: ({ people }) => <People people={people} />,
  },
  {
    id: 'bridge',
    header: msg`Of the bridge`,
    width: '7rem',
    align: 'end',
    text: ({ ofBridge }) => formatCount(ofBridge.length),
  },
];

function People({ people: [first, ...others] }: Pick<RoomRow, 'people'>) {
  if (first === undefined) return null;
  return (
    <span>
      <UserLink userId={first} />
      {others.length > 0 && plural(others.length, { one: ' and # other', other: ' and # others' })}
    </span>
  );
}
