import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import * as z from 'zod/mini';
import type { DestinationRoom } from '~/api/federation';
import { useLacks } from '~/data/lacks';
import { destinationRoomsSchema, federation, type DestinationRoomsState } from '~/data/federation';
import { readParams, writeParams } from '~/data/list-state';
import type { ListDefinition, Selected } from '~/entities/list/list';
import { ListPage } from '~/entities/list/ListPage';
import { useOpenWith } from '~/entities/list/use-open-with';
import { MembersInSight, RoomInSight } from '~/entities/room/RoomInSight';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';

/** The rooms that this homeserver shares with another server. */
export function DestinationRooms({ destination }: { destination: string }) {
  const lacking = useLacks('destination-rooms');
  const list = useMemo(() => roomsOf(destination), [destination]);
  if (lacking !== null) return <EmptyNote title={t`Rooms can’t be listed here`}>{wordsOf(lacking)}</EmptyNote>;
  return <ListPage list={list} />;
}

const USUAL: DestinationRoomsState = z.parse(destinationRoomsSchema, {});
const NO_ROOMS = {
  title: msg`No shared rooms`,
  text: msg`This homeserver has not sent this server anything from a room yet.`,
};

const roomsOf = (destination: string): ListDefinition<DestinationRoom, DestinationRoomsState, object> => ({
  name: JSON.stringify(['destination-rooms', destination]),
  words: {
    label: msg`Shared rooms`,
    all: (total) => msg`${plural(total, { one: '# room', other: '# rooms' })}`,
    some: (first, last, total) => msg`${first}–${last} of ${plural(total, { one: '# room', other: '# rooms' })}`,
    unread: msg`Could not load the rooms`,
    refresh: msg`Refresh rooms`,
  },
  params: {
    read: (params) => readParams(destinationRoomsSchema, params),
    write: (state) => writeParams({ ...state }, USUAL),
  },
  usual: USUAL,
  keyOf: ({ room_id }) => room_id,
  which: {
    id: 'room_id',
    header: msg`Room`,
    width: 'minmax(15rem, 3fr)',
    sortable: true,
    cell: ({ room_id: id }) => <RoomInSight roomId={id} />,
  },
  columns: {
    members: {
      header: msg`Members`,
      width: '6rem',
      align: 'end',
      cell: ({ room_id: id }) => <MembersInSight roomId={id} />,
    },
  },
  orders: () => [{ group: msg`Sort the rooms by`, items: [{ value: 'room_id', label: msg`Room ID` }] }],
  filter: () => ({}),
  selectsEverything: false,
  query: (state, { homeserver }) => federation.rooms(homeserver, destination, state),
  Actions: SharedRooms,
  empty: { unmatched: NO_ROOMS, none: NO_ROOMS },
});

function SharedRooms({ selected }: { selected: Selected<object> }) {
  const openWith = useOpenWith();
  const ids = 'ids' in selected ? selected.ids : [];
  return (
    <Button size="xs" onClick={() => openWith(paths.joinRooms(), { rooms: { ids } })}>
      <Trans>Join users…</Trans>
    </Button>
  );
}
