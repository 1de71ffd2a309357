import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { listUserMedia, type ShownMedia, type UserMediaQuery } from '~/api/media';
import type { Homeserver } from '~/api/request';
import { shownRows } from '~/api/rows';
import { has } from '~/api/since';
import { listUploaders } from '~/api/statistics';
import {
  legibleUser,
  listDevices,
  listUsers,
  unanswerableUsersQuery,
  USER_ORDERS,
  type UserRow,
  type UsersQuery,
} from '~/api/users';
import type { ListAnswer, ListQuery } from './list-query';
import { columnIds, oneOf, pageNumber, pageRange, pageSize, searchText } from './list-state';

/** Columns beside the one that says who. */
export const USER_COLUMNS = ['state', 'user_type', 'creation_ts', 'last_seen_ts'] as const;
export type UserColumn = (typeof USER_COLUMNS)[number];

/** The users list in the URL; names and values as Synapse says them where it has a word for it. */
export const userListSchema = z.object({
  name: searchText,
  admins: oneOf(['any', 'only', 'none'], 'any'),
  deactivated: oneOf(['any', 'only', 'none'], 'any'),
  /** Synapse leaves locked users out unless asked: they would be forgotten, so the usual value shows them. */
  locked: oneOf(['any', 'none'], 'any'),
  /** They come and go by the thousand: left out unless asked for, and the list says so. */
  guests: oneOf(['any', 'none'], 'none'),
  /** Of whom: `people` have no type, `typed` are bots, support and the like. */
  user_type: oneOf(['any', 'people', 'typed'], 'any'),
  /** The newest first. */
  order_by: oneOf(USER_ORDERS, 'creation_ts'),
  dir: oneOf(['f', 'b'], 'b'),
  page: pageNumber,
  size: pageSize,
  columns: columnIds(USER_COLUMNS, ['state', 'creation_ts', 'last_seen_ts']),
});
export type UserListState = z.output<typeof userListSchema>;

export const USUAL_USER_LIST: UserListState = z.parse(userListSchema, {});

/** The types that Synapse itself knows (`api/constants.py`); another one may be set, and is then among people. */
const KNOWN_TYPES = ['bot', 'support'];

type Filters = Pick<UserListState, 'name' | 'admins' | 'deactivated' | 'locked' | 'guests' | 'user_type'>;

/** What the filters ask of the server, and nothing about the page: all who match it. */
export function userFilter(state: Filters, { mas }: { mas: boolean }): UsersQuery {
  const query: UsersQuery = {};
  if (state.name !== '') query.name = state.name;
  if (state.admins !== 'any') query.admins = state.admins === 'only';
  if (state.deactivated !== 'any') query.deactivated = state.deactivated === 'only';
  if (state.locked === 'any') query.locked = true;
  // Behind MAS any other value, the default too, is a 400 (`users.py:123-129`): there are no guests there.
  if (state.guests === 'none' || mas) query.guests = false;
  if (state.user_type === 'people') query.not_user_type = KNOWN_TYPES;
  // The empty text stands for “no type” (`users.py`, since 1.88).
  if (state.user_type === 'typed') query.not_user_type = [''];
  return query;
}

/** Without what this Synapse would pass over in silence, or refuse: the page would say that it holds. */
export function answerableUserList(state: UserListState, version: string): UserListState {
  const { order_by, deactivated, admins, user_type, locked } = state;
  const order = unanswerableUsersQuery(version, { order_by }) === null ? order_by : USUAL_USER_LIST.order_by;
  return {
    ...state,
    admins: has(version, 'users-admins') ? admins : 'any',
    deactivated: deactivated === 'only' && !has(version, 'users-v3') ? 'any' : deactivated,
    locked: has(version, 'users-locked') ? locked : 'any',
    user_type: has(version, 'users-types') ? user_type : 'any',
    order_by: order,
  };
}

/** The one request of a page of the list. */
export function userPageQuery(state: UserListState, session: { mas: boolean }): UsersQuery {
  return { ...userFilter(state, session), order_by: state.order_by, dir: state.dir, ...pageRange(state) };
}

export const users = {
  list: (hs: Homeserver, query: UsersQuery): ListQuery<ListAnswer<UserRow>> => ({
    queryKey: [hs.baseUrl, 'users', 'list', query],
    queryFn: async ({ signal }) => {
      const { users, odd, total } = await listUsers(hs, query, signal);
      return { rows: shownRows({ rows: users, odd }), odd, total, from: query.from ?? 0 };
    },
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
