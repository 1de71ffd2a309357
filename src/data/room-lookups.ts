import { resolveAlias } from '~/api/homeserver';
import type { Homeserver } from '~/api/request';
import { listRooms, roomHierarchy, roomMembers, type RoomRow, type RoomsQuery } from '~/api/rooms';
import { HomeserverError } from '~/api/errors';
import { fitsRoomSearch } from '~/api/wildcards';
import { isAlias, parseRoomRefs } from '~/lib/room-refs';

/** Questions about rooms that a form asks once. All throw HomeserverError, or an Error with a sentence. */

/** @returns the id of the one room that the text names. */
async function roomIdOf(hs: Homeserver, text: string, signal?: AbortSignal): Promise<string> {
  const { refs, problems } = parseRoomRefs(text);
  const ref = refs[0]?.ref;
  if (ref === undefined || refs.length > 1 || problems.length > 0)
    throw new Error(problems[0]?.reason ?? 'Name one room.');
  return isAlias(ref) ? (await resolveAlias(hs, ref, signal)).room_id : ref;
}

/** The limit on this endpoint is 5 a second with a burst of 10, for admins too (`handlers/room_summary.py:106-110`). */
const BETWEEN_PAGES_MS = 250;
const MAX_PAGES = 200;

/** The rooms below a space, whatever the depth, without the space and the spaces in it. */
export async function roomsOfSpace(hs: Homeserver, text: string, signal?: AbortSignal): Promise<string[]> {
  const spaceId = await roomIdOf(hs, text, signal);
  // Pages repeat rooms (`room_summary.py:296-362`).
  const rooms = new Map<string, string | null | undefined>();
  let from: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await hierarchyPage(hs, spaceId, from, signal);
    for (const room of answer.rooms) rooms.set(room.room_id, room.room_type);
    if (answer.next === undefined) break;
    from = answer.next;
    await pause(BETWEEN_PAGES_MS);
  }
  return [...rooms].filter(([roomId, type]) => roomId !== spaceId && type !== 'm.space').map(([roomId]) => roomId);
}

async function hierarchyPage(hs: Homeserver, spaceId: string, from: string | undefined, signal?: AbortSignal) {
  for (;;) {
    try {
      return await roomHierarchy(hs, spaceId, from === undefined ? {} : { from }, signal);
    } catch (error) {
      if (!(error instanceof HomeserverError) || error.status !== 429) throw error;
      await pause(Math.min(Math.max(error.retryAfterMs ?? 1000, 500), 10_000));
    }
  }
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Who is in a room: the users of `serverName` only. */
export async function localMembersOf(
  hs: Homeserver,
  text: string,
  serverName: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const members = await roomMembers(hs, await roomIdOf(hs, text, signal), signal);
  return members.filter((userId) => userId.endsWith(`:${serverName}`));
}

/** Rooms whose name or alias has this in it, largest first: at most 50. */
export async function searchRooms(
  hs: Homeserver,
  search: string,
  signal?: AbortSignal,
): Promise<{ rooms: RoomRow[]; total: number }> {
  const query = { limit: 50, order_by: 'joined_members', dir: 'f', search_term: search.trim() } as const;
  const { rooms, total } = await listRooms(hs, query, signal);
  return { rooms, total };
}

const LIST_PAGE = 1000;

/** The ids of all rooms that really match, each once, though the list may move while its pages are read. */
export async function roomIdsOf(hs: Homeserver, query: RoomsQuery, signal?: AbortSignal): Promise<string[]> {
  const ids = new Set<string>();
  let from: number | undefined = 0;
  while (from !== undefined) {
    const page: Awaited<ReturnType<typeof listRooms>> = await listRooms(
      hs,
      { ...query, from, limit: LIST_PAGE },
      signal,
    );
    for (const room of page.rooms) if (fitsRoomSearch(query, room)) ids.add(room.room_id);
    from = page.next;
  }
  return [...ids];
}
