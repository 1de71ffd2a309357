import type { RoomsQuery } from '~/api/rooms';
import type { UsersQuery } from '~/api/users';
import { hasPort, hasWildcards } from '~/api/wildcards';
import type { Json } from '~/jobs/job';
import { commaList, withValues, type Message, type Text } from '~/lib/text';
import { accountMemory } from './account-memory';
import { currentSession, type Session } from './session';

/**
 * What was selected in a list, or left by a job, on its way into a wizard. A filter means “all that match it”: the wizard pages
 * through it.
 */
export interface Handover {
  users?: { ids: readonly string[]; from?: 'job' | 'notice' } | { filter: UsersQuery; total: number };
  rooms?: { ids: readonly string[]; from?: 'job' } | { filter: RoomsQuery; total: number };
  /** Users and rooms as a CSV, what is left of another job. */
  pairs?: string;
  /** Files of a user, of a room, of a plan to delete them, or chosen in a list of many users' files, by their `mxc://server/id`. */
  media?: { ids: readonly string[] } & ({ userId: string } | { roomId: string } | { from: 'plan' | 'list' });
  /** Other things, of the kind that an action of theirs names. */
  things?: { entity: string; ids: readonly string[] };
  /** What was entered for the job that left them, as that job was given it. */
  input?: Json;
  /** All of it was entered already: the plan is made at once, and nothing is asked a second time. */
  isComplete?: true;
}

/** Whether the server counts, and finds, what does not really match: see api/wildcards. */
export function mayMatchFewer({ name, bridged }: UsersQuery): boolean {
  if (bridged === false) return true;
  const { serverName = '' } = sessionNow() ?? {};
  // Where its name has a port, the server finds the text in the server part, too.
  return hasWildcards(name) || (name !== undefined && name !== '' && hasPort(`:${serverName}`));
}

function sessionNow(): Session | undefined {
  const state = currentSession();
  return 'session' in state ? state.session : undefined;
}

/** What one account selected is nothing to another. */
const waiting = accountMemory<{ readonly to: string; readonly value: Handover } | null>(null);

/** @param to the path of the wizard that it is for. Use `useOpenWith` (~/entities/list/use-open-with), which leads there too. */
export function handOver(to: string, value: Handover): void {
  waiting.set({ to, value });
}

/** Once: a wizard that is opened again starts empty. @param at the path of the wizard that takes it; no other gets it */
export function takeHandover(at: string): Handover {
  const handed = waiting.get();
  if (handed?.to !== at) return {};
  waiting.set(null);
  return handed.value;
}

/** “the 12 users selected in the list”, “all 156 users that match the filter: name contains “anna”” */
export function handedWords(users: NonNullable<Handover['users']>): Text {
  if (!('ids' in users)) {
    const words = mayMatchFewer(users.filter) ? AT_MOST : ALL;
    return withValues(words, { count: users.total, filter: filterWords(users.filter) });
  }
  const [userId] = users.ids;
  if (users.ids.length === 1 && userId !== undefined) return withValues(ONLY, { userId });
  return withValues(users.from === 'job' ? LEFT_BY_JOB : SELECTED, { count: users.ids.length });
}

/** “The 12 files of @anna:example.org” */
export const handedFilesWords = (files: NonNullable<Handover['media']>): Text => {
  const count = files.ids.length;
  if ('from' in files) return withValues(files.from === 'plan' ? PLANNED_FILES : LIST_FILES, { count });
  return 'userId' in files
    ? withValues(FILES, { count, userId: files.userId })
    : withValues(ROOM_FILES, { count, roomId: files.roomId });
};

/** A filter of the users list in words. */
export function filterWords({
  name,
  admins,
  deactivated,
  locked,
  guests,
  not_user_type: types,
  bridged,
}: UsersQuery): Text {
  const parts = [
    name !== undefined && name !== '' && withValues(NAME, { name }),
    admins !== undefined && (admins ? ONLY_ADMINS : NO_ADMINS),
    deactivated !== undefined && (deactivated ? ONLY_DEACTIVATED : NO_DEACTIVATED),
    locked !== true && NO_LOCKED,
    // Behind MAS every filter is without them, and there are none.
    guests === false && sessionNow()?.mas !== true && NO_GUESTS,
    bridged === false && NO_BRIDGED,
    types !== undefined && (TYPED[types.join()] ?? withValues(NO_TYPE, { types: types.join(', ') })),
  ].filter((part) => part !== false);
  return parts.length === 0 ? EVERYONE : commaList(parts);
}

const ALL = /*i18n*/ {
  id: 'selection.matching',
  message:
    '{count, plural, one {the # user that matches the filter: {filter}} other {all # users that match the filter: {filter}}}',
} as const;
const AT_MOST = /*i18n*/ {
  id: 'selection.matching-at-most',
  message: 'all users that match the filter (at most {count, number}): {filter}',
} as const;
const ONLY = /*i18n*/ { id: 'selection.only', message: '{userId}' } as const;
const SELECTED = /*i18n*/ {
  id: 'selection.selected',
  message: 'the {count, plural, one {# user} other {# users}} selected in the list',
} as const;
const LEFT_BY_JOB = /*i18n*/ {
  id: 'selection.left-by-job',
  message: 'the {count, plural, one {# user} other {# users}} left over from a job',
} as const;
const FILES = /*i18n*/ {
  id: 'selection.files',
  message: 'The {count, plural, one {# file} other {# files}} of {userId}',
} as const;
const ROOM_FILES = /*i18n*/ {
  id: 'selection.room-files',
  message: 'The {count, plural, one {# file} other {# files}} in messages of {roomId}',
} as const;
const LIST_FILES = /*i18n*/ {
  id: 'selection.list-files',
  message: 'The {count, plural, one {# file} other {# files}} chosen in the list',
} as const;
const PLANNED_FILES = /*i18n*/ {
  id: 'selection.planned-files',
  message: 'The {count, plural, one {# file} other {# files}} of the plan to delete them',
} as const;
const NAME = /*i18n*/ { id: 'filter.name', message: 'name contains “{name}”' } as const;
const ONLY_ADMINS = /*i18n*/ { id: 'filter.only-admins', message: 'only admins' };
const NO_ADMINS = /*i18n*/ { id: 'filter.no-admins', message: 'no admins' };
const ONLY_DEACTIVATED = /*i18n*/ { id: 'filter.only-deactivated', message: 'only deactivated users' };
const NO_DEACTIVATED = /*i18n*/ { id: 'filter.no-deactivated', message: 'no deactivated users' };
const NO_LOCKED = /*i18n*/ { id: 'filter.no-locked', message: 'no locked users' };
const NO_GUESTS = /*i18n*/ { id: 'filter.no-guests', message: 'no guests' };
const NO_BRIDGED = /*i18n*/ { id: 'filter.no-bridged', message: 'no bridged users (IDs that start with @_)' };
const NO_TYPE = /*i18n*/ { id: 'filter.no-type', message: 'no users of the type {types}' } as const;
const EVERYONE = /*i18n*/ { id: 'filter.everyone', message: 'all users' };
const TYPED: Readonly<Record<string, Message>> = {
  '': /*i18n*/ { id: 'filter.only-special', message: 'only bots and other special users' },
  'bot,support': /*i18n*/ { id: 'filter.no-special', message: 'no bots or other special users' },
};
