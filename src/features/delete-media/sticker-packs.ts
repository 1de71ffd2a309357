import { resolveAlias } from '~/api/homeserver';
import type { Homeserver } from '~/api/request';
import { roomStateRows } from '~/api/rooms';
import { isAlias } from '~/lib/room-refs';
import { readKeepList } from './keep-list';

/**
 * Sticker packs and custom emoji of a room stand in its state. The specification has no such event yet: clients use
 * `im.ponies.room_emotes`, and what MSC2545 calls `m.image_pack` or `m.room.image_pack`.
 */
const PACK = /image_pack|room_emotes|sticker/i;

/** What a room has of packs. */
export interface PacksFound {
  /** The room as it was named. */
  room: string;
  packs: number;
  /** Media IDs on this homeserver. */
  ids: ReadonlySet<string>;
  /** How many of its pictures are files of this homeserver. */
  pictures: number;
}

interface PacksGround {
  hs: Homeserver;
  serverName: string;
}

/**
 * Reads the state of a room. It fails where there is no such room, too: its stickers must not be lost in silence.
 * @returns how many pictures there are
 */
export async function packsInRoom(
  { hs, serverName }: PacksGround,
  room: string,
  found: { packs: PacksFound[] },
  signal?: AbortSignal,
): Promise<number> {
  const roomId = isAlias(room) ? (await resolveAlias(hs, room, signal)).room_id : room;
  const { events, odd } = await roomStateRows(hs, roomId, signal);
  const packs = [...events, ...odd.flatMap(({ legible }) => legible ?? [])]
    .filter(({ type }) => PACK.test(type))
    // A pack that was removed stays in the state, empty.
    .filter(({ content }) => typeof content === 'object' && content !== null && Object.keys(content).length > 0);
  // Wherever a picture stands in a pack: as a sticker, as the pack's own picture, in a form that a newer client writes.
  const { ids, own } = readKeepList(JSON.stringify(packs.map(({ content }) => content)), serverName);
  // Asked again after a failure, it takes the place of what was found before.
  found.packs = [...found.packs.filter((one) => one.room !== room), { room, packs: packs.length, ids, pictures: own }];
  return own;
}
