import type { UsersQuery } from '~/api/users';
import type { Handover } from '~/data/handover';
import type { ParsedUserIds } from '~/lib/mxid';
import { plural } from '~/lib/numbers';
import type { ParsedPairs } from '~/lib/pairs-csv';
import type { ParsedRoomRefs } from '~/lib/room-refs';

/** What is entered in the first step, as it was entered. */
export interface Choice {
  /** Every user to every room, or the pairs of a CSV. */
  mode: 'every' | 'pairs';
  rooms: string;
  usersFrom: 'named' | 'filter';
  users: string;
  filter: UsersFilter;
  pairs: string;
}

export interface UsersFilter {
  name: string;
  onlyAdmins: boolean;
}

export const FIRST_CHOICE: Choice = {
  mode: 'every',
  rooms: '',
  usersFrom: 'named',
  users: '',
  filter: { name: '', onlyAdmins: false },
  pairs: '',
};

/** Adds lines to pasted text, each once. */
export function withLines(text: string, lines: readonly string[]): string {
  const known = new Set(text.split(/\s+/));
  const fresh = lines.filter((line) => !known.has(line));
  if (fresh.length === 0) return text;
  return `${text.trimEnd()}${text.trim() === '' ? '' : '\n'}${fresh.join('\n')}\n`;
}

/** What was selected in a list, as if it had been entered. */
export function handedOver(choice: Choice, { users, rooms }: Handover): Partial<Choice> {
  const patch: Partial<Choice> = {};
  if (users && 'ids' in users)
    Object.assign(patch, { mode: 'every', usersFrom: 'named', users: withLines('', users.ids) });
  if (users && 'filter' in users) {
    const { name = '', admins = false } = users.filter;
    Object.assign(patch, { mode: 'every', usersFrom: 'filter', filter: { name, onlyAdmins: admins } });
  }
  if (rooms && 'ids' in rooms) Object.assign(patch, { mode: 'every', rooms: withLines(choice.rooms, rooms.ids) });
  return patch;
}

/**
 * The filter as the users list takes it. Guests can't be in most rooms, and asking for them is an error under MAS
 * (`users.py:123-129`); deactivated and locked users would be refused by the plan anyway.
 */
export const filterQuery = ({ name, onlyAdmins }: UsersFilter): UsersQuery => ({
  guests: false,
  deactivated: false,
  ...(name.trim() !== '' && { name: name.trim() }),
  ...(onlyAdmins && { admins: true }),
});

/** More would be a plan that nobody can look through. */
export const MAX_PAIRS = 500_000;

interface Entered {
  rooms: ParsedRoomRefs;
  users: ParsedUserIds;
  /** Null while the CSV is being read. */
  pairs: ParsedPairs | null;
}

/** Why no plan can be made of this yet, or null. */
export function problemOf(choice: Choice, { rooms, users, pairs }: Entered): string | null {
  if (choice.mode === 'pairs') {
    if (pairs === null) return 'The pairs are still being read.';
    if (pairs.pairs.length > MAX_PAIRS) return tooMany(pairs.pairs.length);
    return pairs.pairs.length === 0 ? 'Name at least one user and room.' : null;
  }
  if (rooms.refs.length === 0) return 'Name at least one room.';
  if (choice.usersFrom === 'filter') return null;
  if (users.ids.length === 0) return 'Name at least one user.';
  const count = users.ids.length * rooms.refs.length;
  return count > MAX_PAIRS ? tooMany(count) : null;
}

export const tooMany = (count: number): string =>
  `That is ${plural(count, 'pair')}; one plan holds up to ${plural(MAX_PAIRS, 'pair')}. Make several plans.`;
