import { useQueryClient } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import type { RoomRow } from '~/api/rooms';
import { allRoomsProgress } from '~/data/all-rooms';
import type { ListAnswer } from '~/data/list-query';
import { pageRange } from '~/data/list-state';
import { roomFilter, type RoomListState } from '~/data/room-list';
import { useReadOnDemand } from '~/data/read-on-demand';
import { replacedProgress, replacedQuery } from '~/data/room-replaced';
import { findRoomRows, fitsReplaced, needsAllRooms } from '~/data/room-rows';
import { rooms } from '~/data/rooms';
import type { Session } from '~/data/session';
import type { AllRows } from '~/entities/list/list';
import { useWholeList } from '~/entities/list/use-whole-list';
import { AskReplaced, UntoldNote } from './AskReplaced';
import { ReadAllRooms } from './ReadAllRooms';
import { RoomReadNotes } from './RoomReadNotes';

/** The list where Synapse can’t filter it: all rooms are read once, at the admin’s word, and filtered, sorted and paged here. */
function useAllRooms(state: RoomListState, session: Session): AllRows<RoomRow> | null {
  const query = roomFilter(state);
  const needed = needsAllRooms(state);
  const { reading, control, isStale } = useWholeList(rooms.all(session.homeserver, query), allRoomsProgress);
  const { data } = reading;
  const listed = useMemo(
    () => (data !== undefined && needed ? findRoomRows(data.rows, state) : null),
    [data, needed, state],
  );
  const client = useQueryClient();
  const about = useMemo(() => listed?.map(({ room_id }) => room_id) ?? [], [listed]);
  const { reading: asking, ...askControl } = useReadOnDemand(replacedQuery(session, about, client), replacedProgress);
  const answers = asking.data;
  const isAsked = state.replaced === 'any' || about.every((id) => answers?.has(id) === true);
  const found = useMemo(
    () => (isAsked && listed ? listed.filter((room) => fitsReplaced(state, answers ?? NO_ANSWERS, room)) : null),
    [isAsked, listed, state, answers],
  );
  const ids = useMemo(() => found?.map(({ room_id }) => room_id) ?? [], [found]);
  if (!needed) return null;
  const { from, limit } = pageRange(state);
  const answer: ListAnswer<RoomRow> | undefined = found
    ? { rows: found.slice(from, from + limit), odd: [], total: found.length, from }
    : undefined;
  const readAgain = () => {
    client.removeQueries({ queryKey: replacedQuery(session, [], client).queryKey });
    control.onRead();
  };
  const again = { ...control, onRead: readAgain };
  const untold = state.replaced === 'any' ? 0 : about.filter((id) => answers?.get(id) === null).length;
  return {
    data: answer,
    isPlaceholderData: false,
    error: reading.error,
    dataUpdatedAt: reading.dataUpdatedAt,
    isFetching: reading.isFetching,
    refetch: readAgain,
    key: keyOf(query, state),
    ids,
    instead:
      data === undefined ? (
        <ReadAllRooms {...control} state={state} />
      ) : isAsked ? null : (
        <AskReplaced {...askControl} reading={asking} rooms={about.filter((id) => answers?.has(id) !== true).length} />
      ),
    notes: data && (
      <>
        <RoomReadNotes {...again} data={data} isStale={isStale} />
        {isAsked && <UntoldNote count={untold} />}
      </>
    ),
  };
}

const NO_ANSWERS: ReadonlyMap<string, boolean | null> = new Map();

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
