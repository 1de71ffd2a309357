import { queryOptions } from '@tanstack/react-query';
import { listUserMedia, type ShownMedia, type UserMediaQuery } from '~/api/media';
import type { Homeserver } from '~/api/request';
import { shownRows } from '~/api/rows';
import { listUploaders } from '~/api/statistics';
import { legibleUser, listDevices, listUsers, type UserRow, type UsersQuery } from '~/api/users';
import { readAllUsers } from './all-users';
import type { ListAnswer, ListQuery } from './list-query';
import type { CreatedIn } from './users-reader';
import { userFilter, USUAL_USER_LIST } from './user-list';

export const users = {
  list: (hs: Homeserver, query: UsersQuery): ListQuery<ListAnswer<UserRow>> => ({
    queryKey: [hs.baseUrl, 'users', 'list', query],
    queryFn: async ({ signal }) => {
      const { users, odd, total } = await listUsers(hs, query, signal);
      return { rows: shownRows({ rows: users, odd }), odd, total, from: query.from ?? 0 };
    },
  }),
  /**
   * All users that match, for filters that Synapse does not have. Many requests: it is only read at the admin’s word
   * (`enabled: false`, `refetch`), and kept until the page is closed. Made stale like any other list, and then not read again unasked.
   * @param query what Synapse can filter by
   */
  all: (hs: Homeserver, query: UsersQuery, created: CreatedIn | null) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'all', query, created],
      queryFn: ({ signal, queryKey }) => readAllUsers(hs, { query, created, key: JSON.stringify(queryKey) }, signal),
      enabled: false,
      retry: false,
      staleTime: Infinity,
      gcTime: Infinity,
      structuralSharing: false,
    }),
  /** How many guests match the filter beside those that do: two small requests, at the admin’s word. */
  guests: (hs: Homeserver, query: UsersQuery) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'guests', query],
      queryFn: async ({ signal }) => {
        const { guests: _left, ...withGuests } = query;
        const all = await listUsers(hs, { ...withGuests, limit: 1 }, signal);
        const others = await listUsers(hs, { ...withGuests, guests: false, limit: 1 }, signal);
        return Math.max(0, all.total - others.total);
      },
      enabled: false,
    }),
  /** How many accounts there are: deactivated, locked and (without MAS) guests too. */
  total: (hs: Homeserver, session: { mas: boolean }) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'total'],
      queryFn: async ({ signal }) => {
        const everybody = userFilter({ ...USUAL_USER_LIST, guests: 'any' }, session);
        const page = await listUsers(hs, { ...everybody, limit: 1 }, signal);
        return page.total;
      },
    }),
  one: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'one', userId],
      queryFn: ({ signal }) => legibleUser(hs, userId, signal),
    }),
  devices: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'devices', userId],
      queryFn: async ({ signal }) => {
        const { devices, odd, total } = await listDevices(hs, userId, signal);
        return { rows: shownRows({ rows: devices, odd }), odd, total };
      },
    }),
  /** Only reads: a listing does not count as opening. */
  media: (hs: Homeserver, userId: string, query: UserMediaQuery): ListQuery<ListAnswer<ShownMedia>> => ({
    queryKey: [hs.baseUrl, 'users', 'media', userId, query],
    queryFn: async ({ signal }) => {
      const { media, odd, total } = await listUserMedia(hs, userId, query, signal);
      return { rows: shownRows({ rows: media, odd }), odd, total, from: query.from ?? 0 };
    },
  }),
  /** Bytes of all files of a user; null where the homeserver's statistics do not name them. */
  mediaBytes: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'media-bytes', userId],
      queryFn: async ({ signal }) => {
        const page = await listUploaders(hs, { search_term: userId, limit: 10, order_by: 'user_id' }, signal);
        return page.users.find(({ user_id }) => user_id === userId)?.media_length ?? null;
      },
    }),
} as const;
