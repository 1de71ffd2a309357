import type { RoomsQuery } from '~/api/rooms';
import type { UsersQuery } from '~/api/users';
import type { Handover } from '~/data/handover';
import type { UserFilter } from '~/entities/user/UserFilterFields';
import { withLines } from '~/lib/lines';
import type { ParsedUserIds } from '~/lib/mxid';
import type { PairColumns, ParsedPairs } from '~/lib/pairs-csv';
import type { ParsedRoomRefs } from '~/lib/room-refs';
import { withValues, type Text } from '~/lib/text';

export const USERS_FROM = ['named', 'filter', 'handed'] as const;

/** What is entered in the first step, as it was entered. */
export interface Choice {
  /** Every user to every room, or the pairs of a CSV. */
  mode: 'every' | 'pairs';
  rooms: string;
  usersFrom: (typeof USERS_FROM)[number];
  users: string;
  filter: UserFilter;
  /** “All that match” from the users list: its whole filter, since a part of it would match other users. */
  handed: { filter: UsersQuery; total: number } | null;
  /** “All that match” from the rooms list: read into `rooms` as soon as the step is shown. */
  handedRooms: { filter: RoomsQuery; total: number } | null;
  /** Of those: rows of the list that could not be read. */
  unreadRooms: number;
  pairs: string;
  /** The columns of the pairs, where the admin chose others than Glia guessed. */
  pairColumns: PairColumns | null;
}

export const FIRST_CHOICE: Choice = {
  mode: 'every',
  rooms: '',
  usersFrom: 'named',
  users: '',
  filter: { name: '', onlyAdmins: false },
  handed: null,
  handedRooms: null,
  unreadRooms: 0,
  pairs: '',
  pairColumns: null,
};

/** What was selected in a list, as if it had been entered, in place of what was entered before. */
export function handedOver({ users, rooms, pairs }: Handover): Partial<Choice> {
  const patch: Partial<Choice> = {};
  if (users && 'ids' in users)
    Object.assign(patch, { mode: 'every', usersFrom: 'named', users: withLines('', users.ids) });
  if (users && 'filter' in users) Object.assign(patch, { mode: 'every', usersFrom: 'handed', handed: users });
  if (rooms && 'ids' in rooms)
    Object.assign(patch, { mode: 'every', rooms: withLines('', rooms.ids), handedRooms: null, unreadRooms: 0 });
  if (rooms && 'filter' in rooms)
    Object.assign(patch, { mode: 'every', rooms: '', handedRooms: rooms, unreadRooms: 0 });
  if (pairs !== undefined) Object.assign(patch, { mode: 'pairs', pairs, pairColumns: null });
  return patch;
}

/**
 * What asks the users list for those who are meant; null where they are named. Guests can't be in most rooms, and asking for
 * them is an error under MAS (`users.py:123-129`); deactivated and locked users would be refused by the plan anyway.
 */
export function usersQuery({ usersFrom, filter, handed }: Choice): UsersQuery | null {
  if (usersFrom === 'named') return null;
  if (usersFrom === 'handed') return handed?.filter ?? null;
  const name = filter.name.trim();
  return {
    guests: false,
    deactivated: false,
    ...(name !== '' && { name }),
    ...(filter.onlyAdmins && { admins: true }),
  };
}

/** Nobody could look through a larger plan. */
export const MAX_PAIRS = 500_000;

interface Entered {
  rooms: ParsedRoomRefs;
  users: ParsedUserIds;
  /** How many match the filter, where there is one; null: not known yet. */
  matching: number | null;
  /** Null while the CSV is being read. */
  pairs: ParsedPairs | null;
}

/** Why no plan can be made of this yet, or null. */
export function problemOf(choice: Choice, { rooms, users, matching, pairs }: Entered): Text | null {
  if (choice.mode === 'pairs') {
    if (pairs === null) return PAIRS_READ;
    if (pairs.pairs.length > MAX_PAIRS) return tooMany(pairs.pairs.length);
    return pairs.pairs.length === 0 ? NO_PAIR : null;
  }
  // Without them, the plan would be for other rooms than those that were selected.
  if (choice.handedRooms !== null) return ROOMS_READ;
  if (rooms.refs.length === 0) return NO_ROOM;
  const named = choice.usersFrom === 'named';
  if (named && users.ids.length === 0) return NO_USER;
  if (!named && matching === 0) return NO_MATCH;
  const count = (named ? users.ids.length : (matching ?? 0)) * rooms.refs.length;
  return count > MAX_PAIRS ? tooMany(count) : null;
}

export const tooMany = (count: number): Text => withValues(TOO_MANY, { count, most: MAX_PAIRS });

const TOO_MANY = /*i18n*/ {
  id: 'join.too-many',
  message: 'That is {count, number} joins. One plan holds up to {most, number}: make several plans.',
} as const;
const PAIRS_READ = /*i18n*/ { id: 'join.reading-pairs', message: 'The pairs are still being read.' };
const NO_PAIR = /*i18n*/ { id: 'join.name-pair', message: 'Enter at least one user and room.' };
const ROOMS_READ = /*i18n*/ {
  id: 'join.reading-rooms',
  message: 'The rooms selected in the list are still being read.',
};
const NO_ROOM = /*i18n*/ { id: 'join.name-room', message: 'Enter at least one room.' };
const NO_USER = /*i18n*/ { id: 'join.name-user', message: 'Enter at least one user.' };
const NO_MATCH = /*i18n*/ { id: 'join.no-match', message: 'No user matches this filter.' };
