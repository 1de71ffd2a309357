import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import type { Homeserver } from '~/api/request';
import { send } from '~/api/ask';
import { lookAtExtremities } from '~/api/room-asks';
import { lookAtRoomMedia } from '~/api/room-delete-asks';
import { localAliases, spaceLevel } from '~/api/room-content';
import { shownRows } from '~/api/rows';
import {
  legibleRoom,
  listRooms,
  roomBlock,
  roomMemberRows,
  roomState,
  roomStateRows,
  type Room,
  type RoomRow,
  type RoomsQuery,
} from '~/api/rooms';
import { joinedRooms } from '~/api/users';
import { useInSight } from './in-sight';
import { limitTo } from './at-most';
import type { ListAnswer, ListQuery } from './list-query';
import { readAllRooms } from './all-rooms';

export const rooms = {
  list: (hs: Homeserver, query: RoomsQuery): ListQuery<ListAnswer<RoomRow>> => ({
    queryKey: [hs.baseUrl, 'rooms', 'list', query],
    queryFn: async ({ signal }) => {
      const { rooms, odd, total } = await listRooms(hs, query, signal);
      return { rows: shownRows({ rows: rooms, odd }), odd, total, from: query.from ?? 0 };
    },
  }),
  /**
   * All rooms that match, for filters that Synapse does not have: only read at the admin’s word (`enabled: false`, `refetch`), and kept
   * until the page is closed. @param query what Synapse can filter by
   */
  all: (hs: Homeserver, query: RoomsQuery) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'all', query],
      queryFn: ({ signal, queryKey }) => readAllRooms(hs, { query, key: JSON.stringify(queryKey) }, signal),
      enabled: false,
      retry: false,
      staleTime: Infinity,
      gcTime: Infinity,
      structuralSharing: false,
    }),
  total: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'total'],
      queryFn: async ({ signal }) => (await listRooms(hs, { limit: 1 }, signal)).total,
    }),
  joinedBy: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'joined-by', userId],
      queryFn: ({ signal }) => joinedRooms(hs, userId, signal),
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
      // To find out what is the same as before takes longer than to show it anew.
      structuralSharing: false,
    }),
  state: (hs: Homeserver, roomId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'state', roomId],
      queryFn: async ({ signal }) => {
        const { events, odd } = await roomStateRows(hs, roomId, signal);
        return { rows: shownRows({ rows: events, odd }), odd };
      },
      structuralSharing: false,
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
