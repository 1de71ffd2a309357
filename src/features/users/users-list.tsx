import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { lackedUses } from '~/api/since';
import type { UserRow, UsersQuery } from '~/api/users';
import { fitsUserSearch } from '~/api/wildcards';
import { exact } from '~/data/exact';
import { mayMatchFewer } from '~/data/handover';
import { readParams, writeParams } from '~/data/list-state';
import {
  answerableUserList,
  userFilter,
  userListSchema,
  userPageQuery,
  USUAL_USER_LIST,
  type UserListState,
} from '~/data/user-list';
import { users } from '~/data/users';
import type { Session } from '~/data/session';
import { ActionMenu } from '~/entities/action/ActionMenu';
import type { ListDefinition } from '~/entities/list/list';
import { OF_USER, WHICH_USER } from '~/entities/user/columns';
import { userOrderGroups } from '~/entities/user/orders';
import { paths } from '~/lib/paths';
import { Outside } from '~/ui/Outside';
import { isolatedWords } from '~/lib/shown-text';
import { HiddenUsers } from './HiddenUsers';
import { lastSeenGap } from './last-seen';
import { hitWords, noneWords, Wildcards } from './search-words';
import { SelectedUsers } from './SelectedUsers';
import { AllUsersRead } from './AllUsersRead';
import { UserFilters } from './UserFilters';
import { UserWizards } from './UserWizards';
import { wordsOf } from '~/lib/words';

export const USERS_LIST: ListDefinition<UserRow, UserListState, UsersQuery> = {
  name: 'users',
  words: {
    label: msg`Users`,
    all: (total) => msg`${plural(total, { one: '# user', other: '# users' })}`,
    some: (first, last, total) => msg`${first}–${last} of ${plural(total, { one: '# user', other: '# users' })}`,
    unread: msg`Could not load the users`,
    refresh: msg`Refresh users`,
  },
  params: {
    read: (params) => readParams(userListSchema, params),
    write: (state) => writeParams({ ...state }, USUAL_USER_LIST),
  },
  usual: USUAL_USER_LIST,
  keyOf: ({ name }) => name,
  which: WHICH_USER,
  columns: OF_USER,
  menu: ({ name }) => (
    <ActionMenu entity="user" id={name} look="row">
      <UserWizards userId={name} />
    </ActionMenu>
  ),
  orders: ({ version }) => userOrderGroups(version),
  answerable: (state, { version }) => answerableUserList(state, version),
  filter: userFilter,
  query: (state, session) => users.list(session.homeserver, userPageQuery(state, session)),
  search: {
    of: ({ name }) => name,
    with: (state, name) => ({ ...state, name }),
    exact: (sought, { homeserver, serverName }) => exact.user(homeserver, sought, serverName),
    finds: 'users',
    words: {
      hit: hitWords,
      none: noneWords,
      wildcards: (word) => <Wildcards word={word} />,
      similar: (word) => <Trans>Users with “{word}” in their name are listed below, if there are any.</Trans>,
      other(roomId) {
        const room = <Outside as="id" text={roomId} />;
        return (
          <Trans>
            {room} is a room, not a user.{' '}
            <Anchor
              component={Link}
              to={`${paths.rooms()}?search_term=${encodeURIComponent(roomId)}`}
              underline="always"
            >
              Search rooms instead
            </Anchor>
          </Trans>
        );
      },
    },
  },
  All: AllUsersRead,
  isHidden: (user, { name, bridged }) => !fitsUserSearch({ name, ...(bridged === 'none' && { bridged: false }) }, user),
  Hidden: HiddenUsers,
  countsMore: mayMatchFewer,
  Filters: UserFilters,
  notes,
  Actions: SelectedUsers,
  empty: {
    unmatched: {
      title: msg`No users found`,
      text: msg`The search looks at display names and at the part of a user ID before the colon. Type @ first to look up one user ID exactly.`,
    },
    none: { title: msg`No users`, text: msg`This homeserver has no users.` },
  },
};

/** Filters that an older Synapse does not have. */
const NEWER_FILTERS = [
  { feature: 'users-admins', words: msg`admin` },
  { feature: 'users-v3', words: msg`deactivated only` },
  { feature: 'users-locked', words: msg`locked` },
  { feature: 'users-types', words: msg`type` },
] as const;

function notes(state: UserListState, { version, mas }: Session): string[] {
  const synapse = isolatedWords(version);
  const lacking = lackedUses(
    version,
    NEWER_FILTERS.map(({ feature, words }) => [wordsOf(words), feature] as const),
  );
  const filters = lacking === null ? null : wordsOf(lacking);
  return [
    mas &&
      state.admins !== 'any' &&
      t`This filter goes by what Synapse has stored, but Matrix Authentication Service (MAS) decides who is an admin.`,
    filters !== null && t`Synapse ${synapse} can’t filter by: ${filters}.`,
    state.columns.includes('last_seen_ts') && lastSeenGap(version),
  ].filter((note) => typeof note === 'string');
}
