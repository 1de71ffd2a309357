import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { ROOM_ORDERS, type Room, type RoomRow } from '~/api/rooms';
import { has } from '~/api/since';
import { exact, soughtIn, wordOf } from '~/data/exact';
import { handOver } from '~/data/handover';
import { PAGE_SIZES, readParams, writeParams } from '~/data/list-state';
import {
  ROOM_COLUMNS,
  roomFilter,
  roomListSchema,
  roomPageQuery,
  rooms,
  USUAL_ROOM_LIST,
  type RoomListState,
} from '~/data/rooms';
import { useKeptSelection } from '~/data/selections';
import { useSession } from '~/data/session';
import { paths } from '~/lib/paths';
import { ColumnMenu } from '~/ui/ColumnMenu';
import { EmptyNote } from '~/ui/EmptyNote';
import { exactOrList } from '~/ui/exact-or-list';
import { ListPage } from '~/ui/ListPage';
import { Page } from '~/ui/Page';
import { SortField } from '~/ui/SortField';
import { useListParams } from '~/ui/use-list-params';
import { useSelection } from '~/ui/use-selection';
import { headerOf, roomColumns } from './columns';
import { ROOM_ORDER_GROUPS } from './orders';
import { RoomFilters } from './RoomFilters';
import { SearchNotes } from './SearchNotes';

const PARAMS = {
  read: (params: URLSearchParams) => readParams(roomListSchema, params),
  write: (state: RoomListState) => writeParams(state, USUAL_ROOM_LIST),
};

const COLUMNS = ROOM_COLUMNS.map((id) => ({ id, header: headerOf(id) }));
const keyOf = (room: RoomRow): string => room.room_id;

export function RoomsPage() {
  const session = useSession();
  const navigate = useNavigate();
  const [given, change] = useListParams(PARAMS);
  const canFilter = has(session.version, 'room-filters');
  const sought = useMemo(
    () => soughtIn(given.search_term, session.serverName),
    [given.search_term, session.serverName],
  );
  const word = wordOf(sought, given.search_term);
  // An older server would ignore the filters, and the page would say that they hold.
  const state = useMemo<RoomListState>(() => {
    const searched = { ...given, search_term: word };
    return canFilter ? searched : { ...searched, public_rooms: 'any', empty_rooms: 'any' };
  }, [canFilter, given, word]);
  const query = roomPageQuery(state);
  const exactly = useQuery(exact.room(session.homeserver, sought));
  const found = sought === null ? null : exactly.data;
  const list = useQuery({
    ...rooms.list(session.homeserver, query),
    enabled: sought === null || (found !== undefined && found?.kind !== 'hit'),
  });
  const reading = exactOrList<Room, RoomRow>({ exact: exactly, sought: sought !== null, list });
  const { data } = reading;
  const isPlaceholderData = reading === list && list.isPlaceholderData;
  const scope = JSON.stringify([query, sought]);
  const ids = useMemo(() => (isPlaceholderData ? [] : (data?.rows ?? []).map(keyOf)), [data, isPlaceholderData]);
  const columns = useMemo(() => roomColumns(state.columns), [state.columns]);
  const filter = roomFilter(state);
  const sight = { filter: JSON.stringify([filter, sought]), shown: ids };
  const chosen = useSelection(useKeptSelection('rooms'), sight, data?.total ?? 0);
  const filtered = Object.keys(filter).length > 0;

  const joinUsers = () => {
    handOver({ rooms: chosen.everything ? { filter, total: data?.total ?? 0 } : { ids: chosen.ids } });
    void navigate(paths.joinRooms());
  };

  return (
    <Page title="Rooms">
      <ListPage
        label="Rooms"
        noun="room"
        filters={
          <RoomFilters
            state={{ ...state, search_term: given.search_term }}
            version={session.version}
            canFilter={canFilter}
            onChange={change}
          />
        }
        notes={<SearchNotes found={found} word={word} />}
        reading={reading}
        columns={columns}
        keyOf={keyOf}
        sort={{ column: state.order_by, descending: state.dir === 'b' }}
        onSort={({ column, descending }) => {
          const order = ROOM_ORDERS.find((one) => one === column);
          if (order) change({ order_by: order, dir: descending ? 'b' : 'f' });
        }}
        controls={
          <>
            <SortField
              groups={ROOM_ORDER_GROUPS}
              order={state.order_by}
              descending={state.dir === 'b'}
              onSort={(order_by, descending) => change({ order_by, dir: descending ? 'b' : 'f' })}
            />
            <ColumnMenu columns={COLUMNS} shown={state.columns} onChange={(next) => change({ columns: next })} />
          </>
        }
        chosen={chosen}
        filtered={filtered}
        actions={
          <Button size="xs" onClick={joinUsers}>
            Join users…
          </Button>
        }
        empty={
          <NoRooms
            filtered={filtered}
            onClear={() => change({ ...USUAL_ROOM_LIST, columns: state.columns, size: state.size, page: 1 })}
          />
        }
        page={state.page}
        size={state.size}
        sizes={PAGE_SIZES}
        onPage={(page) => change({ page })}
        onSize={(size) => change({ size })}
        scope={scope}
      />
    </Page>
  );
}

interface NoRoomsProps {
  filtered: boolean;
  onClear(): void;
}

function NoRooms({ filtered, onClear }: NoRoomsProps) {
  return filtered ? (
    <EmptyNote title="No room matches">
      The search looks into names and into the part of an alias before the colon; a room id must be whole.{' '}
      <Button variant="subtle" size="compact-sm" onClick={onClear}>
        Clear search and filters
      </Button>
    </EmptyNote>
  ) : (
    <EmptyNote title="No rooms listed">
      The homeserver’s list is empty. It is made from statistics: a room appears once Synapse has counted its members,
      and stays away while they are missing, though people are in it. Enter a room ID above, or look under a user for
      the rooms they are in.
    </EmptyNote>
  );
}
