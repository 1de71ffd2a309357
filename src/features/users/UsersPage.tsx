import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { has, lackedUses, lacks } from '~/api/since';
import { USER_ORDERS, type User, type UserRow } from '~/api/users';
import { exact, soughtIn, wordOf } from '~/data/exact';
import { handOver } from '~/data/handover';
import { PAGE_SIZES, readParams, writeParams } from '~/data/list-state';
import { useKeptSelection } from '~/data/selections';
import { useSession } from '~/data/session';
import {
  answerableUserList,
  USER_COLUMNS,
  userFilter,
  userListSchema,
  userPageQuery,
  users,
  USUAL_USER_LIST,
  type UserListState,
} from '~/data/users';
import { BulkMenu } from '~/entities/action/BulkMenu';
import { paths } from '~/lib/paths';
import { isolatedWords } from '~/lib/shown-text';
import { ColumnMenu } from '~/ui/ColumnMenu';
import { EmptyNote } from '~/ui/EmptyNote';
import { exactOrList } from '~/ui/exact-or-list';
import { ListPage } from '~/ui/ListPage';
import { Page } from '~/ui/Page';
import { SortField } from '~/ui/SortField';
import { useListParams } from '~/ui/use-list-params';
import { useSelection } from '~/ui/use-selection';
import { headerOf, userColumns } from './columns';
import { userOrderGroups } from './orders';
import { SearchNotes } from './SearchNotes';
import { UserFilters } from './UserFilters';
import { wordsOf } from '~/lib/words';

const PARAMS = {
  read: (params: URLSearchParams) => readParams(userListSchema, params),
  write: (state: UserListState) => writeParams(state, USUAL_USER_LIST),
};

const COLUMNS = USER_COLUMNS.map((id) => ({ id, header: headerOf(id) }));
const keyOf = (user: UserRow): string => user.name;

export function UsersPage() {
  return (
    <Page title="Users">
      <UsersList />
    </Page>
  );
}

function UsersList() {
  const session = useSession();
  const navigate = useNavigate();
  const [given, change] = useListParams(PARAMS);
  const sought = useMemo(() => soughtIn(given.name, session.serverName), [given.name, session.serverName]);
  const word = wordOf(sought, given.name);
  const state = useMemo(
    () => answerableUserList({ ...given, name: word }, session.version),
    [given, word, session.version],
  );
  const query = userPageQuery(state, session);
  const exactly = useQuery(exact.user(session.homeserver, sought, session.serverName));
  const found = sought === null ? null : exactly.data;
  const list = useQuery({
    ...users.list(session.homeserver, query),
    // Each page of the list costs the server two whole-table scans: not where the one account is at hand.
    enabled: sought === null || (found !== undefined && found?.kind !== 'hit'),
  });
  const reading = exactOrList<User, UserRow>({ exact: exactly, sought: sought !== null, list });
  const { data } = reading;
  const isPlaceholderData = reading === list && list.isPlaceholderData;
  const scope = JSON.stringify([query, sought]);
  const names = useMemo(() => (isPlaceholderData ? [] : (data?.rows ?? []).map(keyOf)), [data, isPlaceholderData]);
  const columns = useMemo(() => userColumns(state.columns), [state.columns]);
  const filter = userFilter(state, session);
  const sight = { filter: JSON.stringify([filter, sought]), shown: names };
  const chosen = useSelection(useKeptSelection('users'), sight, data?.total ?? 0);
  const filtered = JSON.stringify(filter) !== JSON.stringify(userFilter(USUAL_USER_LIST, session));

  const take = (to: string) => {
    handOver({ users: chosen.everything ? { filter, total: data?.total ?? 0 } : { ids: chosen.ids } });
    void navigate(to);
  };

  return (
    <ListPage
      label="Users"
      noun="user"
      filters={
        <UserFilters
          state={{ ...state, name: given.name }}
          mas={session.mas}
          version={session.version}
          onChange={change}
        />
      }
      notes={
        <>
          <SearchNotes found={found} word={word} />
          <Notes version={session.version} mas={session.mas} state={state} />
        </>
      }
      reading={reading}
      columns={columns}
      keyOf={keyOf}
      sort={{ column: state.order_by, descending: state.dir === 'b' }}
      onSort={({ column, descending }) => {
        const order = USER_ORDERS.find((one) => one === column);
        if (order) change({ order_by: order, dir: descending ? 'b' : 'f' });
      }}
      controls={
        <>
          <SortField
            groups={userOrderGroups(session.version)}
            order={state.order_by}
            descending={state.dir === 'b'}
            onSort={(order_by, descending) => change({ order_by, dir: descending ? 'b' : 'f' })}
          />
          <ColumnMenu columns={COLUMNS} shown={state.columns} onChange={(next) => change({ columns: next })} />
        </>
      }
      chosen={chosen}
      filtered={filtered}
      actions={
        <>
          <Button size="xs" onClick={() => take(paths.joinRooms())}>
            Join to rooms…
          </Button>
          <Button size="xs" variant="default" onClick={() => take(paths.externalIds())}>
            Remove external ids…
          </Button>
          <Button size="xs" variant="default" onClick={() => take(paths.deleteMedia())}>
            Delete media…
          </Button>
          <BulkMenu entity="user" onChoose={({ kind }) => take(paths.bulk(kind))} />
        </>
      }
      empty={
        <NoUsers
          filtered={filtered}
          onClear={() => change({ ...USUAL_USER_LIST, columns: state.columns, size: state.size, page: 1 })}
        />
      }
      page={state.page}
      size={state.size}
      sizes={PAGE_SIZES}
      onPage={(page) => change({ page })}
      onSize={(size) => change({ size })}
      scope={scope}
    />
  );
}

function Notes({ version, mas, state }: { version: string; mas: boolean; state: UserListState }) {
  const filters = lackedUses(version, [
    ['admins', 'users-admins'],
    ['only deactivated users', 'users-v3'],
    ['locked users', 'users-locked'],
    ['type', 'users-types'],
  ]);
  const notes = [
    mas &&
      state.admins !== 'any' &&
      'Behind Matrix Authentication Service an admin is whose token has the admin scope; this filter knows only the homeserver’s own flag.',
    filters !== null && `Synapse ${isolatedWords(version)} can’t filter by: ${filters}.`,
    state.columns.includes('last_seen_ts') && lastSeenNote(version),
  ].filter((note) => typeof note === 'string');
  return notes.map((note) => (
    <Text key={note} size="xs" c="dimmed">
      {note}
    </Text>
  ));
}

function lastSeenNote(version: string): string | null {
  const lacking = lacks(version, 'users-last-seen');
  if (lacking !== null) return `“Last seen” is unknown here. ${wordsOf(lacking)}`;
  if (has(version, 'last-seen-kept')) return null;
  return `“Last seen” is unknown for users who were away for 28 days or more: Synapse ${isolatedWords(version)} forgets it, 1.140 and newer keep it.`;
}

interface NoUsersProps {
  filtered: boolean;
  onClear(): void;
}

function NoUsers({ filtered, onClear }: NoUsersProps) {
  return filtered ? (
    <EmptyNote title="No user matches">
      The search looks into names and into the part of the id before the colon, not into the server’s name.{' '}
      <Button variant="subtle" size="compact-sm" onClick={onClear}>
        Clear search and filters
      </Button>
    </EmptyNote>
  ) : (
    <EmptyNote title="No users">This homeserver has no accounts.</EmptyNote>
  );
}
