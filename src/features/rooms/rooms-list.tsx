import { msg, plural } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button } from '@mantine/core';
import { Link } from 'react-router';
import type { RoomRow, RoomsQuery } from '~/api/rooms';
import { exact } from '~/data/exact';
import { readParams, writeParams } from '~/data/list-state';
import {
  answerableRoomList,
  roomFilter,
  roomListSchema,
  roomPageQuery,
  USUAL_ROOM_LIST,
  type RoomListState,
} from '~/data/room-list';
import { rooms } from '~/data/rooms';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { BulkMenu } from '~/entities/action/BulkMenu';
import type { ListDefinition, Selected } from '~/entities/list/list';
import { useOpenWith } from '~/entities/list/use-open-with';
import { OF_ROOM, WHICH_ROOM } from '~/entities/room/columns';
import { ROOM_ORDER_GROUPS } from '~/entities/room/orders';
import { paths } from '~/lib/paths';
import { Outside } from '~/ui/Outside';
import { MissingStatistics } from './MissingStatistics';
import { AllRoomsRead } from './AllRoomsRead';
import { RoomFilters } from './RoomFilters';

export const ROOMS_LIST: ListDefinition<RoomRow, RoomListState, RoomsQuery> = {
  name: 'rooms',
  words: {
    label: msg`Rooms`,
    all: (total) => msg`${plural(total, { one: '# room', other: '# rooms' })}`,
    some: (first, last, total) => msg`${first}–${last} of ${plural(total, { one: '# room', other: '# rooms' })}`,
    unread: msg`Could not load the rooms`,
    refresh: msg`Refresh rooms`,
  },
  params: {
    read: (params) => readParams(roomListSchema, params),
    write: (state) => writeParams({ ...state }, USUAL_ROOM_LIST),
  },
  usual: USUAL_ROOM_LIST,
  keyOf: ({ room_id }) => room_id,
  which: WHICH_ROOM,
  columns: OF_ROOM,
  menu: ({ room_id }) => <ActionMenu entity="room" id={room_id} look="row" />,
  orders: () => ROOM_ORDER_GROUPS,
  answerable: (state, { version }) => answerableRoomList(state, version),
  filter: roomFilter,
  query: (state, { homeserver }) => rooms.list(homeserver, roomPageQuery(state)),
  search: {
    of: ({ search_term }) => search_term,
    with: (state, search_term) => ({ ...state, search_term }),
    exact: (sought, { homeserver }) => exact.room(homeserver, sought),
    words: {
      hit: () => <Trans>Exact match</Trans>,
      none: (why, sought) =>
        why === 'not-in-room' ? (
          <Trans>{sought} is an alias of a room that no user of this homeserver is in.</Trans>
        ) : (
          <Trans>There is no room {sought} on this homeserver.</Trans>
        ),
      similar: (word) => <Trans>Rooms with “{word}” in their name or alias are listed below, if there are any.</Trans>,
      other(userId) {
        const user = <Outside as="id" text={userId} />;
        return (
          <Trans>
            {user} is a user, not a room.{' '}
            <Anchor component={Link} to={`${paths.users()}?name=${encodeURIComponent(userId)}`} underline="always">
              Search users instead
            </Anchor>
          </Trans>
        );
      },
    },
  },
  All: AllRoomsRead,
  Filters: RoomFilters,
  Actions: SelectedRooms,
  empty: {
    unmatched: {
      title: msg`No rooms found`,
      text: msg`The search looks at room names and at the part of an alias before the colon. Room IDs must be complete.`,
    },
    none: {
      title: msg`No rooms`,
      text: msg`Synapse lists a room only after it has counted its members, which can take a while. To find a room that isn’t listed, search for its room ID, or look at the Rooms tab of a user who is in it.`,
      More: MissingStatistics,
    },
  },
};

function SelectedRooms({ selected }: { selected: Selected<RoomsQuery> }) {
  const openWith = useOpenWith();
  const joinUsers = () => openWith(paths.joinRooms(), { rooms: selected });
  return (
    <>
      <Button size="xs" onClick={joinUsers}>
        <Trans>Join users…</Trans>
      </Button>
      <BulkMenu entity="room" onChoose={({ kind }) => openWith(paths.bulk(kind), { rooms: selected })} />
    </>
  );
}
