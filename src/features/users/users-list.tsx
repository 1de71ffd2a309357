import { has, lackedUses, lacks } from '~/api/since';
import type { UserRow, UsersQuery } from '~/api/users';
import { exact } from '~/data/exact';
import { readParams, writeParams } from '~/data/list-state';
import {
  answerableUserList,
  userFilter,
  userListSchema,
  userPageQuery,
  users,
  USUAL_USER_LIST,
  type UserListState,
} from '~/data/users';
import type { Session } from '~/data/session';
import { ActionMenu } from '~/entities/action/ActionMenu';
import type { ListDefinition } from '~/entities/list/list';
import { OF_USER, WHICH_USER } from '~/entities/user/columns';
import { userOrderGroups } from '~/entities/user/orders';
import { paths } from '~/lib/paths';
import { isolatedWords } from '~/lib/shown-text';
import { SelectedUsers } from './SelectedUsers';
import { UserFilters } from './UserFilters';
import { wordsOf } from '~/lib/words';

export const USERS_LIST: ListDefinition<UserRow, UserListState, UsersQuery> = {
  name: 'users',
  label: 'Users',
  noun: 'user',
  params: {
    read: (params) => readParams(userListSchema, params),
    write: (state) => writeParams({ ...state }, USUAL_USER_LIST),
  },
  usual: USUAL_USER_LIST,
  keyOf: ({ name }) => name,
  which: WHICH_USER,
  columns: OF_USER,
  menu: ({ name }) => <ActionMenu entity="user" id={name} look="row" />,
  orders: ({ version }) => userOrderGroups(version),
  answerable: (state, { version }) => answerableUserList(state, version),
  filter: userFilter,
  query: (state, session) => users.list(session.homeserver, userPageQuery(state, session)),
  search: {
    of: ({ name }) => name,
    with: (state, name) => ({ ...state, name }),
    exact: (sought, { homeserver, serverName }) => exact.user(homeserver, sought, serverName),
    words: {
      hit: 'Looked up exactly: this one account is shown, whatever the filters say.',
      none: (why, sought) =>
        why === 'unknown-address' ? (
          <>No account of this homeserver has the e-mail address {sought}.</>
        ) : (
          <>This homeserver has no account {sought}.</>
        ),
      similar: (word) => <>Accounts with “{word}” in their name</>,
      other: {
        is: 'a room, not a user',
        link: 'Search the rooms for it',
        to: (id) => `${paths.rooms()}?search_term=${encodeURIComponent(id)}`,
      },
    },
  },
  Filters: UserFilters,
  notes,
  Actions: SelectedUsers,
  empty: {
    unmatched: {
      title: 'No user matches',
      text: 'The search looks into names and into the part of the ID before the colon, not into the server’s name.',
    },
    none: { title: 'No users', text: 'This homeserver has no accounts.' },
  },
};

function notes(state: UserListState, { version, mas }: Session): string[] {
  const filters = lackedUses(version, [
    ['admins', 'users-admins'],
    ['only deactivated users', 'users-v3'],
    ['locked users', 'users-locked'],
    ['type', 'users-types'],
  ]);
  return [
    mas &&
      state.admins !== 'any' &&
      'This filter goes by the homeserver’s own flag. Behind Matrix Authentication Service, whoever has a token with the admin scope is an admin.',
    filters !== null && `Synapse ${isolatedWords(version)} can’t filter by: ${wordsOf(filters)}.`,
    state.columns.includes('last_seen_ts') && lastSeenNote(version),
  ].filter((note) => typeof note === 'string');
}

function lastSeenNote(version: string): string | null {
  const lacking = lacks(version, 'users-last-seen');
  if (lacking !== null) return `“Last seen” is unknown here. ${wordsOf(lacking)}`;
  if (has(version, 'last-seen-kept')) return null;
  return `“Last seen” is unknown for users who were away for 28 days or more: Synapse ${isolatedWords(version)} forgets it, 1.140 and newer keep it.`;
}
