import { send } from '~/api/ask';
import { HomeserverError } from '~/api/errors';
import { resolveAlias } from '~/api/homeserver';
import { mediaInfo } from '~/api/media';
import { lookAtRoomMedia } from '~/api/room-delete-asks';
import type { Outcome } from '~/jobs/job';
import { parseMxc } from '~/lib/mxc';
import { isAlias } from '~/lib/room-refs';
import { withValues, type Text } from '~/lib/text';
import { fileOf } from './files-of';
import type { MediaFile } from './plan';
import { roomsOf, type PicturesGround, type RoomsFound } from './room-pictures';

/** The files of one room. Synapse finds them in unencrypted messages only, and only files of this homeserver can be deleted. */

interface RoomFound extends RoomsFound {
  files: MediaFile[];
  copies: number;
  owners: Set<string>;
  todo: { push(item: { kind: 'room-file'; mediaId: string }): unknown };
}

const NAMED_ONLY = /*i18n*/ { id: 'media.read.named-only', message: 'A message names it, but it is already deleted.' };
const OWNERLESS = /*i18n*/ {
  id: 'media.note.ownerless',
  message: '{mediaId}: Synapse doesn’t say who uploaded this file, so it is not in this plan.',
} as const;
const READ = /*i18n*/ { id: 'media.read.one', message: 'read' };

/** Reads the list of a room. For a room that it doesn't know, Synapse answers an empty one. @returns how many files there are */
export async function filesInRoom(
  { hs }: PicturesGround,
  room: string,
  found: RoomFound,
  signal?: AbortSignal,
): Promise<number> {
  const roomId = isAlias(room) ? (await resolveAlias(hs, room, signal)).room_id : room;
  const { local, remote } = await send(hs, lookAtRoomMedia(roomId), signal);
  // Many messages may name the same file.
  const own = new Set(local.flatMap((mxc) => parseMxc(mxc)?.mediaId ?? []));
  for (const mediaId of own) found.todo.push({ kind: 'room-file', mediaId });
  found.copies = new Set(remote).size;
  return own.size;
}

/** Reads one file of that list, and its owner’s rooms, whose avatars may be missing in the list of rooms. */
export async function fileInRoom(
  ground: PicturesGround,
  mediaId: string,
  found: RoomFound,
  signal?: AbortSignal,
): Promise<Outcome> {
  try {
    const row = await mediaInfo(ground.hs, ground.serverName, mediaId, signal);
    const owner = row.user_id ?? '';
    if (owner === '') {
      found.notes.push(withValues(OWNERLESS, { mediaId }));
      return done(READ);
    }
    if (!found.owners.has(owner)) {
      found.owners.add(owner);
      await roomsOf(ground, owner, found, signal);
    }
    found.files.push(fileOf(row, owner));
    return done(READ);
  } catch (error) {
    if (!(error instanceof HomeserverError) || !error.notFound) throw error;
    return { status: 'skipped', reason: NAMED_ONLY };
  }
}

const done = (reason: Text): Outcome => ({ status: 'done', reason });
