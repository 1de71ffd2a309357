import { t } from '@lingui/core/macro';
import { HomeserverError } from '~/api/errors';
import { everyPage, pageStarts } from '~/api/pages';
import type { Homeserver } from '~/api/request';
import { listRooms } from '~/api/rooms';
import { listUploaders } from '~/api/statistics';
import { listUsers, type UsersQuery } from '~/api/users';
import { fitsUserSearch } from '~/api/wildcards';
import type { Outcome } from '~/jobs/job';
import { formatCount, isCount } from '~/lib/numbers';
import { withValues, type Text } from '~/lib/text';
import { filesOf } from './files-of';
import type { MediaFile } from './plan';
import { textOfError } from '~/lib/text-error';
import { fileInRoom, filesInRoom } from './room-files';
import { packsInRoom, type PacksFound } from './sticker-packs';
import { addAvatar, batchesOfUsers, pictureOf, roomsOf, roomsOfUsers } from './room-pictures';
import { isolated } from '~/lib/shown-text';

/**
 * Reads what there is. Only lists, never a thumbnail or a download, since both count as opening a file and would keep it
 * (`media_repository.py:557`). All throw HomeserverError.
 */

const PAGE = 1000;

export interface ScanChoice {
  /** Null: everyone who has files. A filter means all users who match it. A room means the files that its messages name. */
  users: readonly string[] | { fitting: UsersQuery } | { room: string } | null;
  /** Rooms whose sticker packs are kept, by alias or ID. */
  stickerRooms?: readonly string[];
  userAvatars: boolean;
  roomAvatars: boolean;
}

/** The first six are lists: they say what else to read, or are few. */
export type ScanItem =
  | { kind: 'uploaders' }
  | { kind: 'room-files'; room: string }
  | { kind: 'sticker-room'; room: string }
  | { kind: 'fitting-users'; filter: UsersQuery }
  | { kind: 'user-count' }
  | { kind: 'rooms' }
  | { kind: 'uploader'; userId: string }
  | { kind: 'room-file'; mediaId: string }
  /** The last one reads on while there is more, because the number of users may be wrong or have grown. */
  | { kind: 'user-avatars'; from: number; last: boolean }
  | { kind: 'room-avatar'; roomId: string }
  | { kind: 'rooms-of-users'; from: number; last: boolean };

/** What was read; the plan is made from it. */
export interface Found {
  files: MediaFile[];
  /** Media IDs of avatars of users and rooms, on this homeserver. */
  avatars: Set<string>;
  /** Rooms whose avatars are read. Null: they are not wanted. */
  rooms: Set<string> | null;
  /** What the rooms that were asked for have of sticker packs. */
  packs: PacksFound[];
  /** Copies of other homeservers’ files in the room that was asked for. */
  copies: number;
  /** Owners whose rooms were looked for, where files are read one by one. */
  owners: Set<string>;
  /** What could not be read or is not covered. It is shown with the plan. */
  notes: Text[];
  /** What is still to read, as the lists said. */
  todo: ScanItem[];
}

export const emptyFound = (): Found => ({
  files: [],
  avatars: new Set(),
  rooms: null,
  packs: [],
  copies: 0,
  owners: new Set(),
  notes: [],
  todo: [],
});

/** What is read first: lists. */
export function firstItems(choice: ScanChoice): ScanItem[] {
  const items: ScanItem[] = choice.users === null ? [{ kind: 'uploaders' }] : [];
  if (choice.users !== null && 'fitting' in choice.users) {
    items.push({ kind: 'fitting-users', filter: choice.users.fitting });
  }
  if (choice.users !== null && 'room' in choice.users) items.push({ kind: 'room-files', room: choice.users.room });
  for (const room of choice.stickerRooms ?? []) items.push({ kind: 'sticker-room', room });
  if (choice.userAvatars) items.push({ kind: 'user-count' });
  if (choice.roomAvatars) items.push({ kind: 'rooms' });
  return items;
}

/** What is read afterwards. */
export function secondItems(choice: ScanChoice, found: Found): ScanItem[] {
  const { users } = choice;
  const named = users === null || 'fitting' in users || 'room' in users ? [] : users;
  return [...named.map((userId): ScanItem => ({ kind: 'uploader', userId })), ...found.todo];
}

export function describeScan(item: ScanItem): { id: string; columns: Readonly<Record<string, string>> } {
  switch (item.kind) {
    case 'uploaders':
      return { id: t`Owners of files`, columns: {} };
    case 'fitting-users':
      return { id: t`Users that match the filter`, columns: {} };
    case 'room-files': {
      const room = isolated(item.room);
      return { id: t`Files in messages of ${room}`, columns: {} };
    }
    case 'sticker-room': {
      const room = isolated(item.room);
      return { id: t`Sticker packs of ${room}`, columns: {} };
    }
    case 'room-file':
      return { id: t`File ${isolated(item.mediaId)}`, columns: {} };
    case 'user-count':
      return { id: t`Number of users`, columns: {} };
    case 'rooms':
      return { id: t`Rooms`, columns: {} };
    case 'uploader': {
      const owner = isolated(item.userId);
      return { id: t`Files of ${owner}`, columns: {} };
    }
    case 'user-avatars': {
      const first = formatCount(item.from + 1);
      return { id: t`Avatars of users, from number ${first}`, columns: {} };
    }
    case 'room-avatar': {
      const room = isolated(item.roomId);
      return { id: t`Avatar of ${room}`, columns: {} };
    }
    case 'rooms-of-users': {
      const first = formatCount(item.from + 1);
      return { id: t`Rooms of users, from number ${first}`, columns: {} };
    }
  }
}

const OWNERS = /*i18n*/ {
  id: 'media.read.owners',
  message: '{count, plural, one {# owner} other {# owners}}',
} as const;
const USERS = /*i18n*/ { id: 'media.read.users', message: '{count, plural, one {# user} other {# users}}' } as const;
const UNKNOWN_USERS = /*i18n*/ { id: 'media.read.unknown-users', message: 'an unknown number of users' };
const ROOMS = /*i18n*/ { id: 'media.read.rooms', message: '{count, plural, one {# room} other {# rooms}}' } as const;
const FILES = /*i18n*/ {
  id: 'media.read.file-count',
  message: '{count, plural, one {# file} other {# files}}',
} as const;

const NO_OWNER = /*i18n*/ {
  id: 'media.note.no-owner',
  message: 'Some files have no owner in Synapse’s statistics. They can’t be listed and are not in this plan.',
};
const ODD_USERS = /*i18n*/ {
  id: 'media.note.odd-users',
  message: '{count, plural, one {# user} other {# users}} of the list could not be read.',
} as const;
const ODD_ROOMS = /*i18n*/ {
  id: 'media.note.odd-rooms',
  message:
    '{count, plural, one {# room of the list could not be read, so its avatar is} other {# rooms of the list could not be read, so their avatars are}} not kept. The reason: {problem}',
} as const;
const ODD_PICTURES = /*i18n*/ {
  id: 'media.note.odd-pictures',
  message:
    '{count, plural, one {# user could not be read, so their avatar is} other {# users could not be read, so their avatars are}} not kept. The reason: {problem}',
} as const;
const OF_USER = /*i18n*/ { id: 'media.note.of-user', message: '{userId}: {problem}' } as const;
const NO_USER = /*i18n*/ {
  id: 'media.note.no-user',
  message: '{userId}: This user does not exist on the homeserver, so there is no list of their files.',
} as const;

/** Deactivated and locked users have avatars until they are erased. By default Synapse leaves out locked users. */
const everyUser = (mas: boolean) => ({ locked: true, order_by: 'name' as const, ...(mas ? { guests: false } : {}) });

async function uploaders(hs: Homeserver, found: Found, signal?: AbortSignal): Promise<number> {
  const seen = new Set<string>();
  let odd = 0;
  await everyPage(
    // By user ID, the only order that is stable from page to page (`stats.py:677`).
    (from) => listUploaders(hs, { from, limit: PAGE, order_by: 'user_id' }, signal),
    (page) => {
      for (const user of page.users) seen.add(user.user_id);
      odd += page.odd.length;
      return page.users.length + page.odd.length;
    },
  );
  if (odd > 0) {
    found.notes.push(NO_OWNER);
  }
  for (const userId of seen) found.todo.push({ kind: 'uploader', userId });
  return seen.size;
}

async function fittingUsers(hs: Homeserver, filter: UsersQuery, found: Found, signal?: AbortSignal): Promise<number> {
  const ids = new Set<string>();
  await everyPage(
    (from) => listUsers(hs, { ...filter, from, limit: PAGE, order_by: 'name', dir: 'f' }, signal),
    (page) => {
      for (const user of page.users) if (fitsUserSearch(filter, user)) ids.add(user.name);
      if (page.odd.length > 0) found.notes.push(withValues(ODD_USERS, { count: page.odd.length }));
      return page.users.length + page.odd.length;
    },
  );
  for (const userId of ids) found.todo.push({ kind: 'uploader', userId });
  return ids.size;
}

async function rooms(hs: Homeserver, found: Found, signal?: AbortSignal): Promise<number> {
  const ids = new Set<string>();
  await everyPage(
    (from) => listRooms(hs, { from, limit: PAGE, order_by: 'name' }, signal),
    (page) => {
      for (const room of page.rooms) ids.add(room.room_id);
      // The ID is enough: the avatar is read from the room itself.
      for (const { legible } of page.odd) if (legible !== undefined) ids.add(legible.room_id);
      const lost = page.odd.filter(({ legible }) => legible === undefined);
      if (lost.length > 0) {
        found.notes.push(withValues(ODD_ROOMS, { count: lost.length, problem: lost[0]?.problem ?? '' }));
      }
      return page.rooms.length + page.odd.length;
    },
  );
  for (const roomId of ids) found.todo.push({ kind: 'room-avatar', roomId });
  found.rooms = ids;
  return ids.size;
}

export interface ScanGround {
  hs: Homeserver;
  serverName: string;
  /** Under MAS the users list accepts only `guests=false`, and there are no guests (`users.py:123-129`). */
  mas: boolean;
  version: string;
}

/** Reads one item into `found`. */
export async function scanOne(
  ground: ScanGround,
  item: ScanItem,
  found: Found,
  signal?: AbortSignal,
): Promise<Outcome> {
  const { hs, mas } = ground;
  switch (item.kind) {
    case 'uploaders':
      return done(withValues(OWNERS, { count: await uploaders(hs, found, signal) }));
    case 'fitting-users':
      return done(withValues(USERS, { count: await fittingUsers(hs, item.filter, found, signal) }));
    case 'room-files':
      return done(withValues(FILES, { count: await filesInRoom(ground, item.room, found, signal) }));
    case 'sticker-room':
      return done(withValues(FILES, { count: await packsInRoom(ground, item.room, found, signal) }));
    case 'room-file':
      return fileInRoom(ground, item.mediaId, found, signal);
    case 'user-count': {
      const { total } = await listUsers(hs, { limit: 1, ...everyUser(mas) }, signal);
      const starts = pageStarts(total, PAGE);
      for (const from of starts) found.todo.push({ kind: 'user-avatars', from, last: from === starts.at(-1) });
      return done(isCount(total) ? withValues(USERS, { count: total }) : UNKNOWN_USERS);
    }
    case 'rooms':
      return listedRooms(ground, found, signal);
    case 'uploader':
      await roomsOf(ground, item.userId, found, signal);
      return filesOfUploader(hs, item.userId, found, signal);
    case 'user-avatars':
      return done(withValues(USERS, { count: await userAvatars(ground, item, found, signal) }));
    case 'room-avatar':
      return pictureOf(ground, item.roomId, found, signal);
    case 'rooms-of-users':
      return roomsOfUsers(ground, item, found, signal);
  }
}

async function listedRooms(ground: ScanGround, found: Found, signal?: AbortSignal): Promise<Outcome> {
  const count = await rooms(ground.hs, found, signal);
  // There are no rooms, or no statistics about them: the rooms of users tell which.
  const batches = count === 0 ? await batchesOfUsers(ground, signal) : [];
  for (const from of batches) found.todo.push({ kind: 'rooms-of-users', from, last: from === batches.at(-1) });
  return done(withValues(ROOMS, { count }));
}

async function userAvatars(
  { hs, serverName, mas }: ScanGround,
  { from, last }: { from: number; last: boolean },
  found: Found,
  signal?: AbortSignal,
): Promise<number> {
  let count = 0;
  await everyPage(
    async (start) => {
      const page = await listUsers(hs, { from: start, limit: PAGE, ...everyUser(mas) }, signal);
      return last ? page : { ...page, next: undefined };
    },
    ({ users, odd }) => {
      for (const user of users) addAvatar(found.avatars, serverName, user.avatar_url);
      // The avatar may be in the part of an odd row that can be read.
      for (const { legible } of odd) addAvatar(found.avatars, serverName, legible?.avatar_url);
      const lost = odd.filter(({ legible }) => legible?.avatar_url === undefined);
      if (lost.length > 0) {
        found.notes.push(withValues(ODD_PICTURES, { count: lost.length, problem: lost[0]?.problem ?? '' }));
      }
      count += users.length;
      return users.length + odd.length;
    },
    from,
  );
  return count;
}

const done = (reason: Text): Outcome => ({ status: 'done', reason });

async function filesOfUploader(hs: Homeserver, userId: string, found: Found, signal?: AbortSignal): Promise<Outcome> {
  try {
    const { files, problem } = await filesOf(hs, userId, signal);
    for (const file of files) found.files.push(file);
    if (problem !== null) found.notes.push(withValues(OF_USER, { userId, problem }));
    return done(withValues(FILES, { count: files.length }));
  } catch (error) {
    if (!(error instanceof HomeserverError) || !error.notFound) throw error;
    found.notes.push(withValues(NO_USER, { userId }));
    return { status: 'skipped', reason: textOfError(error) };
  }
}
