import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Homeserver } from '~/api/request';
import type { Room, RoomsQuery } from '~/api/rooms';
import { listUsers, type UserRow, type UsersQuery } from '~/api/users';
import { findRoom, findUser, soughtIn, wordOf, type Exact } from './exact';
import { roomIdsOf, searchRooms } from './room-lookups';
import { withValues, type Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';

/** What a picker shows while one types. One request a word, and none before the picker is open. */

/** Synapse can’t be asked for spaces alone, so that they are looked for in as many rooms as one answer holds. */
const SPACES_AMONG = 1000;

/** @param onlySpaces leaves the other rooms out, but for one that is named exactly */
export const roomPicker = (hs: Homeserver, serverName: string, search: string, onlySpaces = false) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'rooms', 'picker', search, onlySpaces],
    queryFn: async ({ signal }) => {
      const sought = soughtIn(search, serverName);
      const found = sought && (await findRoom(hs, sought, signal));
      if (found?.kind === 'hit') return exactRoom(hs, found.hit, signal);
      const word = wordOf(sought, search);
      const note = found && noteOf(found);
      if (!onlySpaces) {
        const { rooms, total } = await searchRooms(hs, word, signal);
        return { total, options: rooms.map(roomOption), note };
      }
      const { rooms, total } = await searchRooms(hs, word, signal, SPACES_AMONG);
      const options = rooms.map(roomOption).filter(({ isSpace }) => isSpace);
      return { total: options.length, options, note: note ?? (total > rooms.length ? wordsOf(PART) : null) };
    },
    placeholderData: keepPreviousData,
  });

/** A room that was replaced is almost never the one that is meant: the new one is offered above it. */
async function exactRoom(hs: Homeserver, room: Room, signal: AbortSignal) {
  const { replacement_room: replacement } = room;
  if (room.tombstoned !== true || replacement == null) return { options: [roomOption(room)], total: 1, note: EXACTLY };
  const found = await findRoom(hs, { kind: 'room', id: replacement, via: [] }, signal);
  const next = found.kind === 'hit' ? found.hit : { room_id: replacement };
  return { options: [roomOption(next), roomOption(room)], total: 2, note: REPLACED };
}

const REPLACED = /*i18n*/ {
  id: 'picker.replaced',
  message: 'The room you named was replaced. The new room is listed first.',
};

const PART = /*i18n*/ {
  id: 'picker.spaces-of-part',
  message: 'Glia looked for spaces in the largest rooms only. Search for a name to find others.',
};

const roomOption = (room: Pick<Room, 'room_id'> & Partial<Pick<Room, 'name' | 'canonical_alias' | 'room_type'>>) => ({
  value: room.room_id,
  name: room.name || room.canonical_alias || '',
  detail: room.canonical_alias || room.room_id,
  isSpace: room.room_type === 'm.space',
});

/**
 * Deactivated users can't be joined to anything: a search does not offer them. Who names one exactly finds it, with its state;
 * the plan says what can't be done.
 */
export const userPicker = (hs: Homeserver, serverName: string, search: string) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'users', 'picker', search],
    queryFn: async ({ signal }) => {
      const sought = soughtIn(search, serverName, 'users');
      const found = sought && (await findUser(hs, sought, serverName, signal));
      if (found?.kind === 'hit') return { options: [userOption(found.hit)], total: 1, note: EXACTLY };
      const name = wordOf(sought, search);
      const page = await listUsers(hs, { limit: 50, name, guests: false, deactivated: false }, signal);
      return { total: page.total, options: page.users.map(userOption), note: found && noteOf(found) };
    },
    placeholderData: keepPreviousData,
  });

function userOption({ name, displayname, deactivated, locked }: UserRow) {
  const states = [deactivated === true && DEACTIVATED, locked === true && LOCKED].filter((one) => one !== false);
  return { value: name, name: displayname ?? '', detail: [name, ...states.map(wordsOf)].join(', ') };
}

const DEACTIVATED = /*i18n*/ { id: 'picker.deactivated', message: 'deactivated' };
const LOCKED = /*i18n*/ { id: 'picker.locked', message: 'locked' };
const EXACTLY = /*i18n*/ { id: 'picker.exactly', message: 'Found by its exact ID.' };

/** Why there is no exact hit; what the search itself finds is shown below it. */
function noteOf(found: Exclude<Exact<unknown>, { kind: 'hit' }>): Text {
  switch (found.kind) {
    case 'none':
      return withValues(found.why === 'not-in-room' ? NOT_IN_ROOM : UNKNOWN, { soughtId: found.sought });
    case 'elsewhere':
      return withValues(ELSEWHERE, { userId: found.id });
    case 'other':
      return withValues(found.id.startsWith('@') ? USER : ROOM, { id: found.id });
  }
}

const NOT_IN_ROOM = /*i18n*/ {
  id: 'picker.not-in-room',
  message: 'This homeserver is not in the room {soughtId}.',
} as const;
const UNKNOWN = /*i18n*/ { id: 'picker.unknown', message: 'This homeserver does not know {soughtId}.' } as const;
const ELSEWHERE = /*i18n*/ { id: 'picker.elsewhere', message: '{userId} is a user of another homeserver.' } as const;
const USER = /*i18n*/ { id: 'picker.user', message: '{id} is a user.' } as const;
const ROOM = /*i18n*/ { id: 'picker.room', message: '{id} is a room.' } as const;

/** How many users match; the list itself is read when it is needed. */
export const userCount = (hs: Homeserver, query: UsersQuery) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'users', 'count', query],
    queryFn: async ({ signal }) => (await listUsers(hs, { ...query, from: 0, limit: 1 }, signal)).total,
  });

/** The ids of all rooms that match, and how many rows of the list could not be read. For a plan: never as they were earlier. */
export const roomsMatching = (hs: Homeserver, query: RoomsQuery) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'rooms', 'matching', query],
    queryFn: ({ signal }) => roomIdsOf(hs, query, signal),
    staleTime: 0,
    gcTime: 0,
  });
