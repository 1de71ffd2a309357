import type { AlikeMedia, AlikeRoom, AlikeUser, RoomKey, UserKey, Who } from './alike.ts';

export interface WorldUser extends AlikeUser {
  userId: string;
  /** Milliseconds, whole seconds: Synapse keeps no finer ones. */
  createdTs: number;
}

export interface WorldRoom extends AlikeRoom {
  roomId: string;
  /** The whole alias, `#name:server`. */
  roomAlias: string | undefined;
}

export interface WorldMedia extends AlikeMedia {
  mediaId: string;
  mxc: string;
  userId: string;
  /** Milliseconds. */
  createdTs: number;
  /** Milliseconds; null where it was never opened. */
  lastAccessTs: number | null;
}

/** What a filled homeserver holds: plain data, so that it can be saved beside the server's files. */
export interface World {
  serverName: string;
  adminId: string;
  adminToken: string;
  /** A token of ada, who is no admin. */
  userToken: string;
  guestToken: string | undefined;
  guestId: string;
  /** Milliseconds. */
  adminCreatedTs: number;
  users: Record<UserKey, WorldUser>;
  crowd: WorldUser[];
  rooms: Record<RoomKey, WorldRoom>;
  media: WorldMedia[];
  /** Whether the media have the ages that the description says (not on a server whose files are out of reach). */
  aged: boolean;
  /** Milliseconds; what "days ago" counts from. */
  now: number;
}

export const DAY_MS = 86_400_000;

/** The account that a description means; a number is one of the crowd. Throws for a number out of range. */
export function whoIs(world: Pick<World, 'adminId' | 'users' | 'crowd'>, who: Who): string {
  if (who === 'admin') return world.adminId;
  if (typeof who !== 'number') return world.users[who].userId;
  const person = world.crowd[who];
  if (!person) throw new Error(`There is no crowd member ${who}.`);
  return person.userId;
}

/** The file with this key. Throws where the description has none. */
export function mediaOf(world: Pick<World, 'media'>, key: string): WorldMedia {
  const found = world.media.find((media) => media.key === key);
  if (!found) throw new Error(`There is no file ${key}.`);
  return found;
}
