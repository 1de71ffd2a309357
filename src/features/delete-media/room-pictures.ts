import { HomeserverError } from '~/api/errors';
import { everyPage, pageStarts } from '~/api/pages';
import type { Homeserver } from '~/api/request';
import { getRoom, roomState } from '~/api/rooms';
import { joinedRooms, listUsers } from '~/api/users';
import type { Outcome } from '~/jobs/job';
import { has } from '~/api/since';
import { withValues, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';

/**
 * Finds the avatars of rooms, which are to be kept. The list of rooms comes from statistics, which may be missing or late: rooms
 * without statistics are not in it (`store/room.py:833-862`). So rooms are also looked for by their members, and an avatar is
 * read from the room's state.
 */

export interface RoomsFound {
  /** Rooms that were found. Null: their avatars are not wanted. */
  rooms: Set<string> | null;
  /** The media IDs of avatars. */
  avatars: Set<string>;
  notes: Text[];
}

/** The rooms of so many users are read as one item. */
export const USERS_AT_ONCE = 50;

export interface PicturesGround {
  hs: Homeserver;
  serverName: string;
  mas: boolean;
  version: string;
}

const UNLISTED = /*i18n*/ {
  id: 'media.note.unlisted-rooms',
  message:
    'The homeserver’s list of rooms is incomplete, because its statistics are missing or late. Glia also looked for rooms by their members. The avatar of a room that was not found either way may be in this plan.',
};
const ODD_USERS = /*i18n*/ {
  id: 'media.note.odd-members',
  message:
    '{count, plural, one {# user of the list} other {# users of the list}} could not be read, so avatars of rooms that only they are in are not kept. The reason: {problem}',
} as const;
const ROOMS = /*i18n*/ {
  id: 'media.read.more-rooms',
  message: '{count, plural, one {# more room} other {# more rooms}}',
} as const;
const HAS_PICTURE = /*i18n*/ { id: 'media.read.picture', message: 'has an avatar' };
const NO_PICTURE = /*i18n*/ { id: 'media.read.no-picture', message: 'has no avatar' };

/** Where each batch of users begins whose rooms are to be read. Needed only if the list of rooms is empty. */
export async function batchesOfUsers({ hs, mas }: PicturesGround, signal?: AbortSignal): Promise<number[]> {
  const { total } = await listUsers(hs, { limit: 1, ...everyUser(mas) }, signal);
  return pageStarts(total, USERS_AT_ONCE);
}

const everyUser = (mas: boolean) => ({ locked: true, order_by: 'name' as const, ...(mas ? { guests: false } : {}) });

/** @param batch the last one reads on while there is more, because the number of users may be wrong or have grown */
export async function roomsOfUsers(
  ground: PicturesGround,
  { from: start, last }: { from: number; last: boolean },
  found: RoomsFound,
  signal?: AbortSignal,
): Promise<Outcome> {
  const names: string[] = [];
  await everyPage(
    async (from) => {
      const page = await listUsers(ground.hs, { from, limit: USERS_AT_ONCE, ...everyUser(ground.mas) }, signal);
      return last ? page : { ...page, next: undefined };
    },
    ({ users, odd }) => {
      for (const { name } of users) names.push(name);
      for (const { legible } of odd) if (legible !== undefined) names.push(legible.name);
      const lost = odd.filter(({ legible }) => legible === undefined);
      if (lost.length > 0) {
        found.notes.push(withValues(ODD_USERS, { count: lost.length, problem: lost[0]?.problem ?? '' }));
      }
      return users.length + odd.length;
    },
    start,
  );
  let more = 0;
  // One after the other: this is an item among others that run side by side.
  // oxlint-disable-next-line no-await-in-loop
  for (const name of names) more += await roomsOf(ground, name, found, signal);
  return { status: 'done', reason: withValues(ROOMS, { count: more }) };
}

/** Finds the rooms of a user that were not listed, and reads their avatars. @returns how many */
export async function roomsOf(
  ground: PicturesGround,
  userId: string,
  found: RoomsFound,
  signal?: AbortSignal,
): Promise<number> {
  if (found.rooms === null) return 0;
  const more = (await joinedRooms(ground.hs, userId, signal)).filter((roomId) => !found.rooms?.has(roomId));
  for (const roomId of more) {
    found.rooms.add(roomId);
    // One after the other: there are few, or none at all.
    // oxlint-disable-next-line no-await-in-loop
    await pictureOf(ground, roomId, found, signal);
  }
  if (more.length > 0 && !found.notes.includes(UNLISTED)) found.notes.push(UNLISTED);
  return more.length;
}

/** Reads the avatar of one room. */
export async function pictureOf(
  { hs, serverName, version }: PicturesGround,
  roomId: string,
  { avatars }: RoomsFound,
  signal?: AbortSignal,
): Promise<Outcome> {
  try {
    const avatar = await readPicture(hs, roomId, version, signal);
    addAvatar(avatars, serverName, avatar);
    return { status: 'done', reason: avatar ? HAS_PICTURE : NO_PICTURE };
  } catch (error) {
    // Deleted since it was listed.
    if (!(error instanceof HomeserverError) || !error.notFound) throw error;
    return { status: 'skipped', reason: textOfError(error) };
  }
}

async function readPicture(
  hs: Homeserver,
  roomId: string,
  version: string,
  signal?: AbortSignal,
): Promise<string | null> {
  // Before 1.123 Synapse answers with the whole state, so the details are read first. They come from statistics, which may be
  // late: if they name no avatar, there may still be one.
  if (!has(version, 'state-by-type')) {
    const { avatar } = await getRoom(hs, roomId, signal);
    if (avatar) return avatar;
  }
  const events = await roomState(hs, roomId, 'm.room.avatar', signal);
  const url = events.find(({ type, state_key }) => type === 'm.room.avatar' && state_key === '')?.content['url'];
  return typeof url === 'string' ? url : null;
}

export function addAvatar(avatars: Set<string>, serverName: string, mxc: string | null | undefined): void {
  const prefix = `mxc://${serverName}/`;
  if (mxc?.startsWith(prefix)) avatars.add(mxc.slice(prefix.length));
}
