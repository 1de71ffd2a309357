import * as z from 'zod/mini';
import { has } from '~/api/since';
import { unanswerableUsersQuery, USER_ORDERS, type UsersQuery } from '~/api/users';
import { columnIds, dayText, oneOf, pageNumber, pageRange, pageSize, searchText } from './list-state';

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
  /** Accounts of bridges, as far as their IDs show it. Synapse can’t leave them out: the rows that were read are hidden. */
  bridged: oneOf(['any', 'none'], 'none'),
  /** Days, from the first to the last. */
  created_from: dayText,
  created_to: dayText,
  /** `unknown`: Synapse does not say when, which may have several reasons. */
  seen: oneOf(['any', 'before', 'before-or-unknown', 'unknown'], 'any'),
  seen_before: dayText,
  shadow_banned: oneOf(['any', 'only', 'none'], 'any'),
  erased: oneOf(['any', 'only', 'none'], 'any'),
  /** Exactly this type. */
  type_is: searchText,
  /** `all`: the whole list is read before it is shown, which some filters need. */
  read: oneOf(['page', 'all'], 'page'),
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

type Filters = Pick<UserListState, 'name' | 'admins' | 'deactivated' | 'locked' | 'guests' | 'user_type' | 'bridged'>;

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
  if (state.bridged === 'none') query.bridged = false;
  return query;
}

/** Without what this Synapse would pass over in silence, or refuse: the page would say that it holds. */
export function answerableUserList(state: UserListState, version: string): UserListState {
  const { order_by, deactivated, admins, user_type, locked, erased, seen } = state;
  const order = unanswerableUsersQuery(version, { order_by }) === null ? order_by : USUAL_USER_LIST.order_by;
  return {
    ...state,
    admins: has(version, 'users-admins') ? admins : 'any',
    deactivated: deactivated === 'only' && !has(version, 'users-v3') ? 'any' : deactivated,
    locked: has(version, 'users-locked') ? locked : 'any',
    user_type: has(version, 'users-types') ? user_type : 'any',
    order_by: order,
    erased: has(version, 'users-erased') ? erased : 'any',
    seen: has(version, 'users-last-seen') ? seen : 'any',
  };
}

/** The one request of a page of the list. */
export function userPageQuery(state: UserListState, session: { mas: boolean }): UsersQuery {
  const filter = userFilter({ ...state, bridged: 'any' }, session);
  return { ...filter, order_by: state.order_by, dir: state.dir, ...pageRange(state) };
}
