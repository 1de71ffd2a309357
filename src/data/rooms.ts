import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { Homeserver } from '~/api/request';
import { send } from '~/api/ask';
import { lookAtExtremities } from '~/api/room-asks';
import { lookAtRoomMedia } from '~/api/room-delete-asks';
import { localAliases, spaceLevel } from '~/api/room-content';
import { shownRows } from '~/api/rows';
import {
  legibleRoom,
  LARGEST_FIRST,
  listRooms,
  ROOM_ORDERS,
  roomBlock,
  roomMemberRows,
  roomState,
  roomStateRows,
  type Room,
  type RoomOrder,
  type RoomRow,
  type RoomsQuery,
} from '~/api/rooms';
import { useInSight } from './in-sight';
import { limitTo } from './at-most';
import type { ListAnswer, ListQuery } from './list-query';
import { columnIds, oneOf, pageNumber, pageRange, pageSize, searchText } from './list-state';

/** Columns beside the one that says which room. */
export const ROOM_COLUMNS = [
  'state',
  'joined_members',
  'joined_local_members',
  'version',
  'creator',
  'history_visibility',
  'guest_access',
  'federatable',
  'state_events',
] as const;
export type RoomColumn = (typeof ROOM_COLUMNS)[number];

/** The rooms list in the URL. Filters stay in it while one searches, and hold again when the search is cleared. */
export const roomListSchema = z.object({
  search_term: searchText,
  public_rooms: oneOf(['any', 'only', 'none'], 'any'),
  empty_rooms: oneOf(['any', 'only', 'none'], 'any'),
  order_by: oneOf(ROOM_ORDERS, 'name'),
  /** `f` is ascending here, whatever the server means by it: see `roomDirection`. */
  dir: oneOf(['f', 'b'], 'f'),
  page: pageNumber,
  size: pageSize,
  columns: columnIds(ROOM_COLUMNS, ['state', 'joined_members', 'version', 'creator']),
});
export type RoomListState = z.output<typeof roomListSchema>;

export const USUAL_ROOM_LIST: RoomListState = z.parse(roomListSchema, {});

/**
 * What the filters ask of the server, and nothing about the page: all rooms that match it. Never both a search and a filter: the
 * server would apply filters to rooms found by their id only (`store/room.py:833-862`), and list rooms that don't match.
 */
export function roomFilter(state: Pick<RoomListState, 'search_term' | 'public_rooms' | 'empty_rooms'>): RoomsQuery {
  if (state.search_term !== '') return { search_term: state.search_term };
  const query: RoomsQuery = {};
  if (state.public_rooms !== 'any') query.public_rooms = state.public_rooms === 'only';
  if (state.empty_rooms !== 'any') query.empty_rooms = state.empty_rooms === 'only';
  return query;
}

/** The server's `dir` for a true ascending or descending: by numbers it begins with the largest where it says `f`. */
export function roomDirection(order: RoomOrder, ascending: boolean): 'f' | 'b' {
  return ascending === LARGEST_FIRST.has(order) ? 'b' : 'f';
}

/** The one request of a page of the list. */
export function roomPageQuery(state: RoomListState): RoomsQuery {
  const dir = roomDirection(state.order_by, state.dir === 'f');
  return { ...roomFilter(state), order_by: state.order_by, dir, ...pageRange(state) };
}

export const rooms = {
  list: (hs: Homeserver, query: RoomsQuery): ListQuery<ListAnswer<RoomRow>> => ({
    queryKey: [hs.baseUrl, 'rooms', 'list', query],
    queryFn: async ({ signal }) => {
      const { rooms, odd, total } = await listRooms(hs, query, signal);
      return { rows: shownRows({ rows: rooms, odd }), odd, total, from: query.from ?? 0 };
    },
  }),
  total: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'total'],
      queryFn: async ({ signal }) => (await listRooms(hs, { limit: 1 }, signal)).total,
    }),
  one: (hs: Homeserver, roomId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'one', roomId],
      queryFn: ({ signal }) => legibleRoom(hs, roomId, signal),
    }),
  members: (hs: Homeserver, roomId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'members', roomId],
      queryFn: async ({ signal }) => {
        const answer = await roomMemberRows(hs, roomId, signal);
        return { rows: shownRows(answer), odd: answer.odd };
      },
    }),
  state: (hs: Homeserver, roomId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'state', roomId],
      queryFn: async ({ signal }) => {
        const { events, odd } = await roomStateRows(hs, roomId, signal);
        return { rows: shownRows({ rows: events, odd }), odd };
      },
    }),
  /** The state events of one type only. */
  stateOf: (hs: Homeserver, roomId: string, type: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'state-of', roomId, type],
      queryFn: ({ signal }) => roomState(hs, roomId, type, signal),
    }),
  aliases: (hs: Homeserver, roomId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'aliases', roomId],
      queryFn: ({ signal }) => localAliases(hs, roomId, signal),
    }),
  extremities: (hs: Homeserver, roomId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'extremities', roomId],
      queryFn: ({ signal }) => send(hs, lookAtExtremities(roomId), signal),
    }),
  /** Files that unencrypted messages of the room name. */
  media: (hs: Homeserver, roomId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'media', roomId],
      queryFn: ({ signal }) => send(hs, lookAtRoomMedia(roomId), signal),
    }),
  /** What is right below a space, page by page. */
  level: (hs: Homeserver, spaceId: string) =>
    infiniteQueryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'level', spaceId],
      queryFn: ({ pageParam, signal }) => spaceLevel(hs, spaceId, pageParam, signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next,
      staleTime: 5 * 60_000,
    }),
  block: (hs: Homeserver, roomId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'block', roomId],
      queryFn: ({ signal }) => roomBlock(hs, roomId, signal),
    }),
} as const;

const whenFree = limitTo(4);

/** A room that a list knows only by its id: asked for when its row is in sight, a few at a time. Undefined until then. */
export function useRoomInSight(hs: Homeserver, roomId: string): Room | undefined {
  const inSight = useInSight();
  const { data } = useQuery({
    queryKey: rooms.one(hs, roomId).queryKey,
    queryFn: ({ signal }) => whenFree(() => legibleRoom(hs, roomId, signal), signal),
    enabled: inSight,
    retry: false,
    retryOnMount: false,
    staleTime: 5 * 60_000,
  });
  return data?.value;
}
