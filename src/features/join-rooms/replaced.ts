import type { Room, StateEvent } from '~/api/rooms';
import type { FoundRoom, LostRoom } from './plan';

/**
 * Rooms that were replaced by another (`m.room.tombstone`): nobody talks there any more, so joining one is almost never what is
 * meant. Its replacement may have been replaced too.
 */

export interface Tombstone {
  /** Null: none was named. */
  replacement: string | null;
  /** A server that knows the new room: that of the user who replaced the old one. */
  via: string;
}

/** Null: the room was not replaced. */
export function tombstoneIn(state: readonly StateEvent[]): Tombstone | null {
  const event = state.find(({ type, state_key }) => type === 'm.room.tombstone' && state_key === '');
  if (!event) return null;
  const replacement = event.content['replacement_room'];
  return {
    replacement: typeof replacement === 'string' && replacement.startsWith('!') ? replacement : null,
    via: event.sender.slice(event.sender.indexOf(':') + 1),
  };
}

/**
 * The same from the details of a room (Synapse 1.153), where its state has no tombstone that can be read. They do not say who
 * replaced it.
 */
export function tombstoneOf(room: Pick<Room, 'tombstoned' | 'replacement_room'>, own: string): Tombstone | null {
  if (room.tombstoned !== true) return null;
  const { replacement_room: replacement } = room;
  return { replacement: replacement?.startsWith('!') === true ? replacement : null, via: own };
}

/** The room at the end of a chain of replacements. */
export type Replacement =
  | { kind: 'room'; room: FoundRoom | LostRoom; id: string }
  /** No new room was named, or the rooms name each other in a circle. */
  | { kind: 'none' }
  | { kind: 'loop' };

/** So many rooms in a row are followed. */
const MOST = 20;

/**
 * Follows a chain of replacements.
 * @param read finds the next room, and whether it was replaced in its turn
 */
export async function followChain(
  from: string,
  tombstone: Tombstone,
  read: (roomId: string, via: string) => Promise<{ room: FoundRoom | LostRoom; tombstone: Tombstone | null }>,
): Promise<Replacement> {
  const seen = new Set([from]);
  let next: Tombstone = tombstone;
  for (let hop = 0; hop < MOST; hop += 1) {
    const id = next.replacement;
    if (id === null) return { kind: 'none' };
    if (seen.has(id)) return { kind: 'loop' };
    seen.add(id);
    // One after the other: only the room itself names the next.
    // oxlint-disable-next-line no-await-in-loop
    const found = await read(id, next.via);
    if (!found.tombstone) return { kind: 'room', room: found.room, id };
    next = found.tombstone;
  }
  return { kind: 'loop' };
}
