import { HomeserverError } from '~/api/errors';
import type { Homeserver } from '~/api/request';
import { withValues } from '~/lib/text';
import { TextError } from '~/lib/text-error';
import { getRoom, roomState } from '~/api/rooms';

const MAX_SPACES = 1000;

const TOO_MANY = /*i18n*/ {
  id: 'rooms.too-many-spaces',
  message: 'This space has more than {count, number} spaces in it, which is more than Glia reads.',
} as const;

/**
 * The space and all below it, room id → room type, as Synapse before 1.142 lets one know: by the `m.space.child` events of each
 * space (https://spec.matrix.org/v1.16/client-server-api/#mspacechild). As with `hierarchy`, rooms that this homeserver does
 * not know are left out. @throws HomeserverError
 */
export async function spaceByState(
  hs: Homeserver,
  spaceId: string,
  signal?: AbortSignal,
): Promise<Map<string, string | null>> {
  const rooms = new Map<string, string | null>();
  const spaces = [spaceId];
  // Spaces may hold each other: each is read once.
  for (const space of spaces) {
    if (spaces.length > MAX_SPACES) throw new TextError(withValues(TOO_MANY, { count: MAX_SPACES }));
    for (const child of await childrenOf(hs, space, signal)) {
      if (rooms.has(child) || child === spaceId) continue;
      const type = await typeOf(hs, child, signal);
      if (type === undefined) continue;
      rooms.set(child, type);
      if (type === 'm.space') spaces.push(child);
    }
  }
  return rooms;
}

async function childrenOf(hs: Homeserver, spaceId: string, signal?: AbortSignal): Promise<string[]> {
  const events = await roomState(hs, spaceId, 'm.space.child', signal);
  // Without `via` the link was taken away again.
  return events
    .filter(({ content }) => Array.isArray(content['via']) && content['via'].length > 0)
    .map(({ state_key }) => state_key);
}

/** Undefined: this homeserver does not know the room. */
async function typeOf(hs: Homeserver, roomId: string, signal?: AbortSignal): Promise<string | null | undefined> {
  try {
    const room = await getRoom(hs, roomId, signal);
    if (room.room_type != null) return room.room_type;
    // Before Synapse 1.64, and while statistics are missing or late, only the event that made the room says it.
    const [create] = await roomState(hs, roomId, 'm.room.create', signal);
    return typeof create?.content['type'] === 'string' ? create.content['type'] : null;
  } catch (error) {
    if (error instanceof HomeserverError && error.notFound) return undefined;
    throw error;
  }
}
