import type { RoomsQuery } from '~/api/rooms';
import type { UsersQuery } from '~/api/users';
import { hasWildcards } from '~/api/wildcards';
import { formatCount, plural } from '~/lib/numbers';
import { currentSession, watchSession } from './session';

/** What was selected in a list, on its way into a wizard. A filter means “all that match it”: the wizard pages through it. */
export interface Handover {
  users?: { ids: readonly string[] } | { filter: UsersQuery; total: number };
  rooms?: { ids: readonly string[] } | { filter: RoomsQuery; total: number };
}

/** “34 users”, or “users (at most 34)” where the search has wildcards in it: the server counts what only they match. */
export function matchingCount(of: { filter: UsersQuery | RoomsQuery; total: number }, noun: string): string {
  const { filter, total } = of;
  const search = 'search_term' in filter ? filter.search_term : 'name' in filter ? filter.name : undefined;
  return hasWildcards(search) ? `${noun}s (at most ${formatCount(total)})` : plural(total, noun);
}

let waiting: Handover = {};

watchSession(() => {
  if (currentSession().status === 'signed-out') waiting = {};
});

export function handOver(value: Handover): void {
  waiting = value;
}

export function peekHandover(): Handover {
  return waiting;
}

/** Once: the next wizard that opens starts empty again. */
export function takeHandover(): Handover {
  const taken = waiting;
  waiting = {};
  return taken;
}
