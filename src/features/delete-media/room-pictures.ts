import { HomeserverError } from '~/api/errors';
import type { Homeserver } from '~/api/request';
import { getRoom, roomState } from '~/api/rooms';
import { joinedRooms, listUsers } from '~/api/users';
import type { Outcome } from '~/jobs/job';
import { has } from '~/api/since';
import { plural } from '~/lib/numbers';

/**
 * The pictures of rooms, to be kept. The list of rooms, and what it says of each, come from statistics, which may be missing or
 * late: it leaves out rooms of which nothing was counted (`store/room.py:833-862`). So rooms are looked for by who is in them
 * too, and a picture is read from the room's state.
 */

export interface RoomsFound {
  /** Rooms that were found; null: their pictures are not asked for. */
  rooms: Set<string> | null;
  /** The media ids of pictures. */
  avatars: Set<string>;
  notes: string[];
}

/** Users whose rooms are read in one item. */
export const USERS_AT_ONCE = 50;

export interface PicturesGround {
  hs: Homeserver;
  serverName: string;
  mas: boolean;
  version: string;
}

const UNLISTED =
  'The homeserver’s list of rooms leaves out rooms that its users are in: its statistics are missing or late. Rooms were looked for by the owners of these files too; the picture of a room that neither names may be in this plan.';

/** Where each batch of users begins whose rooms are to be read: only where the list of rooms is empty. */
export async function batchesOfUsers({ hs, mas }: PicturesGround, signal?: AbortSignal): Promise<number[]> {
  const { total } = await listUsers(hs, { limit: 1, ...everyUser(mas) }, signal);
  return Array.from({ length: Math.ceil(total / USERS_AT_ONCE) }, (_, index) => index * USERS_AT_ONCE);
}

const everyUser = (mas: boolean) => ({ locked: true, order_by: 'name' as const, ...(mas ? { guests: false } : {}) });

export async function roomsOfUsers(
  ground: PicturesGround,
  from: number,
  found: RoomsFound,
  signal?: AbortSignal,
): Promise<Outcome> {
  const { users } = await listUsers(ground.hs, { from, limit: USERS_AT_ONCE, ...everyUser(ground.mas) }, signal);
  let more = 0;
  // One after the other: this is an item among others that run side by side.
  // oxlint-disable-next-line no-await-in-loop
  for (const { name } of users) more += await roomsOf(ground, name, found, signal);
  return { status: 'done', reason: plural(more, 'room') };
}

/** The rooms of one user that no list named, and their pictures. @returns how many */
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
    // One after the other, as above: there are few, or none at all.
    // oxlint-disable-next-line no-await-in-loop
    await pictureOf(ground, roomId, found, signal);
  }
  if (more.length > 0 && !found.notes.includes(UNLISTED)) found.notes.push(UNLISTED);
  return more.length;
}

/** Reads the picture of one room. */
export async function pictureOf(
  { hs, serverName, version }: PicturesGround,
  roomId: string,
  { avatars }: RoomsFound,
  signal?: AbortSignal,
): Promise<Outcome> {
  try {
    const avatar = await readPicture(hs, roomId, version, signal);
    addAvatar(avatars, serverName, avatar);
    return { status: 'done', reason: avatar ? 'has a picture' : 'has no picture' };
  } catch (error) {
    // Deleted since it was listed.
    if (!(error instanceof HomeserverError) || !error.notFound) throw error;
    return { status: 'skipped', reason: error.message };
  }
}

async function readPicture(
  hs: Homeserver,
  roomId: string,
  version: string,
  signal?: AbortSignal,
): Promise<string | null> {
  // Before 1.123 the whole state would come: there the statistics are taken where there are any.
  if (!has(version, 'state-by-type')) {
    const room = await getRoom(hs, roomId, signal);
    if (room.avatar || (room.joined_members != null && room.state_events != null)) return room.avatar ?? null;
  }
  const events = await roomState(hs, roomId, 'm.room.avatar', signal);
  const url = events.find(({ type, state_key }) => type === 'm.room.avatar' && state_key === '')?.content['url'];
  return typeof url === 'string' ? url : null;
}

export function addAvatar(avatars: Set<string>, serverName: string, mxc: string | null | undefined): void {
  const prefix = `mxc://${serverName}/`;
  if (mxc?.startsWith(prefix)) avatars.add(mxc.slice(prefix.length));
}
