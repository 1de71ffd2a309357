import { useMemo, type ReactNode } from 'react';
import type { RoomRow } from '~/api/rooms';
import { allRoomsProgress } from '~/data/all-rooms';
import type { ListAnswer } from '~/data/list-query';
import { pageRange } from '~/data/list-state';
import { roomFilter, type RoomListState } from '~/data/room-list';
import { findRoomRows, needsAllRooms } from '~/data/room-rows';
import { rooms } from '~/data/rooms';
import type { Session } from '~/data/session';
import type { AllRows } from '~/entities/list/list';
import { useWholeList } from '~/entities/list/use-whole-list';
import { ReadAllRooms } from './ReadAllRooms';
import { RoomReadNotes } from './RoomReadNotes';

/** The list where Synapse can’t filter it: all rooms are read once, at the admin’s word, and filtered, sorted and paged here. */
function useAllRooms(state: RoomListState, session: Session): AllRows<RoomRow> | null {
  const query = roomFilter(state);
  const needed = needsAllRooms(state);
  const { reading, control, isStale } = useWholeList(rooms.all(session.homeserver, query), allRoomsProgress);
  const { data } = reading;
  const found = useMemo(
    () => (data !== undefined && needed ? findRoomRows(data.rows, state) : null),
    [data, needed, state],
  );
  const ids = useMemo(() => found?.map(({ room_id }) => room_id) ?? [], [found]);
  if (!needed) return null;
  const { from, limit } = pageRange(state);
  const answer: ListAnswer<RoomRow> | undefined = found
    ? { rows: found.slice(from, from + limit), odd: [], total: found.length, from }
    : undefined;
  return {
    data: answer,
    isPlaceholderData: false,
    error: reading.error,
    dataUpdatedAt: reading.dataUpdatedAt,
    isFetching: reading.isFetching,
    refetch: control.onRead,
    key: keyOf(query, state),
    ids,
    instead: data === undefined ? <ReadAllRooms {...control} state={state} /> : null,
    notes: data && <RoomReadNotes {...control} data={data} isStale={isStale} />,
  };
}

/** Everything that decides which rooms are in the list. */
function keyOf(query: object, state: RoomListState): string {
  const { read: _read, order_by: _order, dir: _dir, page: _page, size: _size, columns: _columns, ...filters } = state;
  return JSON.stringify([query, filters]);
}

interface AllRoomsProps {
  state: RoomListState;
  session: Session;
  children(all: AllRows<RoomRow> | null): ReactNode;
}

export function AllRoomsRead({ state, session, children }: AllRoomsProps) {
  return children(useAllRooms(state, session));
}
