import { Button } from '@mantine/core';
import type { RoomRow, RoomsQuery } from '~/api/rooms';
import { has } from '~/api/since';
import { exact } from '~/data/exact';
import { readParams, writeParams } from '~/data/list-state';
import { roomFilter, roomListSchema, roomPageQuery, rooms, USUAL_ROOM_LIST, type RoomListState } from '~/data/rooms';
import type { ListDefinition, Selected } from '~/entities/list/list';
import { useOpenWith } from '~/entities/list/use-open-with';
import { OF_ROOM, WHICH_ROOM } from '~/entities/room/columns';
import { ROOM_ORDER_GROUPS } from '~/entities/room/orders';
import { paths } from '~/lib/paths';
import { RoomFilters } from './RoomFilters';

export const ROOMS_LIST: ListDefinition<RoomRow, RoomListState, RoomsQuery> = {
  name: 'rooms',
  label: 'Rooms',
  noun: 'room',
  params: {
    read: (params) => readParams(roomListSchema, params),
    write: (state) => writeParams({ ...state }, USUAL_ROOM_LIST),
  },
  usual: USUAL_ROOM_LIST,
  keyOf: ({ room_id }) => room_id,
  which: WHICH_ROOM,
  columns: OF_ROOM,
  orders: () => ROOM_ORDER_GROUPS,
  // An older server would ignore the filters, and the page would say that they hold.
  answerable: (state, { version }) =>
    has(version, 'room-filters') ? state : { ...state, public_rooms: 'any', empty_rooms: 'any' },
  filter: roomFilter,
  query: (state, { homeserver }) => rooms.list(homeserver, roomPageQuery(state)),
  search: {
    of: ({ search_term }) => search_term,
    with: (state, search_term) => ({ ...state, search_term }),
    exact: (sought, { homeserver }) => exact.room(homeserver, sought),
    words: {
      hit: 'Looked up exactly: only this room is shown.',
      none: (why, sought) =>
        why === 'not-in-room' ? (
          <>{sought} leads to a room that this homeserver is not in.</>
        ) : (
          <>This homeserver knows no room {sought}.</>
        ),
      similar: (word) => <>Rooms with “{word}” in their name or alias</>,
      other: {
        is: 'a user, not a room',
        link: 'Search the users for it',
        to: (id) => `${paths.users()}?name=${encodeURIComponent(id)}`,
      },
    },
  },
  Filters: RoomFilters,
  Actions: SelectedRooms,
  empty: {
    unmatched: {
      title: 'No room matches',
      text: 'The search looks into names and into the part of an alias before the colon; a room ID must be whole.',
    },
    none: {
      title: 'No rooms listed',
      text:
        'The homeserver’s list is empty. It is made from statistics: a room appears once Synapse has counted its members, and stays ' +
        'away while they are missing, though people are in it. Enter a room ID above, or look under a user for the rooms they are in.',
    },
  },
};

function SelectedRooms({ selected }: { selected: Selected<RoomsQuery> }) {
  const openWith = useOpenWith();
  const joinUsers = () => openWith(paths.joinRooms(), { rooms: selected });
  return (
    <Button size="xs" onClick={joinUsers}>
      Join users…
    </Button>
  );
}
