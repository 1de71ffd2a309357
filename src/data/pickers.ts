import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Homeserver } from '~/api/request';
import type { RoomsQuery } from '~/api/rooms';
import { listUsers, type UsersQuery } from '~/api/users';
import { roomIdsOf, searchRooms } from './room-lookups';

/** What a picker shows while one types. One request a word, and none before the picker is open. */

export const roomPicker = (hs: Homeserver, search: string) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'rooms', 'picker', search],
    queryFn: async ({ signal }) => {
      const { rooms, total } = await searchRooms(hs, search, signal);
      return {
        total,
        options: rooms.map((room) => ({
          value: room.room_id,
          name: room.name ?? room.canonical_alias ?? '',
          detail: room.canonical_alias ?? room.room_id,
        })),
      };
    },
    placeholderData: keepPreviousData,
  });

/** Deactivated users can't be joined to anything: they are not offered. */
export const userPicker = (hs: Homeserver, search: string) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'users', 'picker', search],
    queryFn: async ({ signal }) => {
      const page = await listUsers(hs, { limit: 50, name: search.trim(), guests: false, deactivated: false }, signal);
      return {
        total: page.total,
        options: page.users.map((user) => ({ value: user.name, name: user.displayname ?? '', detail: user.name })),
      };
    },
    placeholderData: keepPreviousData,
  });

/** How many users match; the list itself is read when it is needed. */
export const userCount = (hs: Homeserver, query: UsersQuery) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'users', 'count', query],
    queryFn: async ({ signal }) => (await listUsers(hs, { ...query, from: 0, limit: 1 }, signal)).total,
  });

/** The ids of all rooms that match. */
export const roomsMatching = (hs: Homeserver, query: RoomsQuery) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'rooms', 'matching', query],
    queryFn: ({ signal }) => roomIdsOf(hs, query, signal),
  });
