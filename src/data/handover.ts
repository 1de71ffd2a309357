import type { RoomsQuery } from '~/api/rooms';
import type { UsersQuery } from '~/api/users';
import { hasPort, hasWildcards } from '~/api/wildcards';
import type { Json } from '~/jobs/job';
import { formatCount, plural } from '~/lib/numbers';
import { isolated, isolatedWords } from '~/lib/shown-text';
import { currentSession, watchSession, type Session } from './session';

/**
 * What was selected in a list, or left by a job, on its way into a wizard. A filter means “all that match it”: the wizard pages
 * through it.
 */
export interface Handover {
  users?: { ids: readonly string[]; from?: 'job' } | { filter: UsersQuery; total: number };
  rooms?: { ids: readonly string[] } | { filter: RoomsQuery; total: number };
  /** Users and rooms as a CSV, what is left of another job. */
  pairs?: string;
  /** Files by their `mxc://server/id`. `origin` says which these are: “of @anna:example.org”. */
  media?: { ids: readonly string[]; origin: string };
  /** What was entered for the job that left them, as that job was given it. */
  input?: Json;
}

/** “34 users”, or “users (at most 34)” where the server counts, and finds, what does not really match: see api/wildcards. */
export function matchingCount(of: { filter: UsersQuery | RoomsQuery; total: number }, noun: string): string {
  const { filter, total } = of;
  const search = 'search_term' in filter ? filter.search_term : 'name' in filter ? filter.name : undefined;
  const { serverName = '' } = sessionNow() ?? {};
  // Where its name has a port, the server finds the text in the server part, too.
  const mayBeFewer = hasWildcards(search) || (search !== undefined && search !== '' && hasPort(`:${serverName}`));
  return mayBeFewer ? `${noun}s (at most ${formatCount(total)})` : plural(total, noun);
}

function sessionNow(): Session | undefined {
  const state = currentSession();
  return 'session' in state ? state.session : undefined;
}

let waiting: { readonly to: string; readonly value: Handover } | null = null;

// What one admin selected is nothing to the next.
watchSession(() => {
  if (currentSession().status === 'signed-out') waiting = null;
});

/** @param to the path of the wizard that it is for. Use `useOpenWith` (~/entities/list/use-open-with), which leads there too. */
export function handOver(to: string, value: Handover): void {
  waiting = { to, value };
}

/** Once: a wizard that is opened again starts empty. @param at the path of the wizard that takes it; no other gets it */
export function takeHandover(at: string): Handover {
  if (waiting?.to !== at) return {};
  const { value } = waiting;
  waiting = null;
  return value;
}

/** “the 12 users selected in the list”, “all 156 users that match the list’s filter: name contains “anna”” */
export function handedWords(users: NonNullable<Handover['users']>): string {
  if (!('ids' in users)) {
    return `all ${matchingCount(users, 'user')} that match the list’s filter: ${filterWords(users.filter)}`;
  }
  const [only] = users.ids;
  return users.ids.length === 1 && only !== undefined
    ? isolated(only)
    : `the ${plural(users.ids.length, 'user')} ${users.from === 'job' ? 'left by a job' : 'selected in the list'}`;
}

/** “the 12 files of @anna:example.org” */
export function handedFilesWords({ ids, origin }: NonNullable<Handover['media']>): string {
  return `the ${plural(ids.length, 'file')} ${origin}`;
}

const TYPED: Readonly<Record<string, string>> = { '': 'only bots and the like', 'bot,support': 'no bots and the like' };

/** A filter of the users list in words. */
export function filterWords({ name, admins, deactivated, locked, guests, not_user_type }: UsersQuery): string {
  const parts = [
    name !== undefined && name !== '' && `name contains “${isolatedWords(name)}”`,
    admins !== undefined && (admins ? 'only admins' : 'no admins'),
    deactivated !== undefined && (deactivated ? 'only deactivated users' : 'no deactivated users'),
    locked !== true && 'no locked users',
    // Behind MAS every filter is without them, and there are none.
    guests === false && sessionNow()?.mas !== true && 'no guests',
    not_user_type !== undefined && (TYPED[not_user_type.join()] ?? `not of the type ${not_user_type.join(' or ')}`),
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'every user' : parts.join(', ');
}
