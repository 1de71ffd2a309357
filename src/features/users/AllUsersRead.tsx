import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { UserRow } from '~/api/users';
import { allUsersProgress } from '~/data/all-users';
import type { ListAnswer } from '~/data/list-query';
import { pageRange } from '~/data/list-state';
import type { Session } from '~/data/session';
import { userFilter, type UserListState } from '~/data/user-list';
import { createdIn, findRows, needsAll } from '~/data/user-rows';
import { users } from '~/data/users';
import type { AllRows } from '~/entities/list/list';
import { ReadAllUsers } from './ReadAllUsers';
import { ReadNotes } from './ReadNotes';

/** The list where Synapse can’t filter it: all users are read once, at the admin’s word, and filtered, sorted and paged here. */
function useAllUsers(state: UserListState, session: Session): AllRows<UserRow> | null {
  const client = useQueryClient();
  const query = userFilter({ ...state, bridged: 'any' }, session);
  const needed = needsAll(state);
  const ofEveryone = users.all(session.homeserver, query, null);
  const ofSpan = users.all(session.homeserver, query, createdIn(state));
  const everyone = useQuery(ofEveryone);
  const span = useQuery(ofSpan);
  // Whoever read everyone has those of a span of time too.
  const isSpan = everyone.data === undefined;
  const reading = isSpan ? span : everyone;
  const { queryKey } = isSpan ? ofSpan : ofEveryone;
  const shown = useSyncExternalStore(allUsersProgress.subscribe, allUsersProgress.get);
  const cache = client.getQueryCache();
  // A query that is not read unasked is never called stale.
  const isStale = useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => client.getQueryState(queryKey)?.isInvalidated === true,
  );
  const { data } = reading;
  const found = useMemo(
    () => (data !== undefined && needed ? findRows(data.users, state) : null),
    [data, needed, state],
  );
  const ids = useMemo(() => found?.rows.map(({ name }) => name) ?? [], [found]);
  if (!needed) return null;

  const { from, limit } = pageRange(state);
  const answer: ListAnswer<UserRow> | undefined = found
    ? { rows: found.rows.slice(from, from + limit), odd: [], total: found.rows.length, from }
    : undefined;
  const control = {
    reading,
    progress: shown?.key === JSON.stringify(queryKey) ? shown : null,
    onRead: () => void reading.refetch(),
    onCancel: () => void client.cancelQueries({ queryKey, exact: true }),
  };
  return {
    data: answer,
    isPlaceholderData: false,
    error: reading.error,
    dataUpdatedAt: reading.dataUpdatedAt,
    isFetching: reading.isFetching,
    refetch: control.onRead,
    key: keyOf(query, state),
    ids,
    instead: data === undefined ? <ReadAllUsers {...control} state={state} session={session} /> : null,
    notes: data && <ReadNotes {...control} data={data} bridged={found?.bridged ?? 0} isStale={isStale} />,
  };
}

/** Everything that decides who is in the list. */
function keyOf(query: object, state: UserListState): string {
  const { bridged, created_from, created_to, seen, seen_before, shadow_banned, erased, type_is } = state;
  const rows = { bridged, created_from, created_to, seen, seen_before, shadow_banned, erased, type_is };
  return JSON.stringify([query, rows]);
}

interface AllUsersProps {
  state: UserListState;
  session: Session;
  children(all: AllRows<UserRow> | null): ReactNode;
}

export function AllUsersRead({ state, session, children }: AllUsersProps) {
  return children(useAllUsers(state, session));
}
