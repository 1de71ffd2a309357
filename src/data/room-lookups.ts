import { TextError } from '~/lib/text-error';
import { resolveAlias } from '~/api/homeserver';
import { orOlder } from '~/api/older-path';
import { everyPage } from '~/api/pages';
import type { Homeserver } from '~/api/request';
import { listRooms, roomHierarchy, roomMembers, type RoomRow, type RoomsQuery } from '~/api/rooms';
import { HomeserverError } from '~/api/errors';
import { fitsRoomSearch } from '~/api/wildcards';
import { withValues } from '~/lib/text';
import { isAlias, parseRoomRefs } from '~/lib/room-refs';
import { spaceByState } from './space-rooms';

/** Questions about rooms that a form asks once. All throw HomeserverError, or an Error with a sentence. */

/** @returns the id of the one room that the text names. */
async function roomIdOf(hs: Homeserver, text: string, signal?: AbortSignal): Promise<string> {
  const { refs, problems } = parseRoomRefs(text);
  const ref = refs[0]?.ref;
  if (ref === undefined || refs.length > 1 || problems.length > 0) throw new TextError(problems[0]?.reason ?? ONE_ROOM);
  return isAlias(ref) ? (await resolveAlias(hs, ref, signal)).room_id : ref;
}

const TOO_LARGE = /*i18n*/ {
  id: 'rooms.space-too-large',
  message: 'This space is too large: Glia read {count, number} pages of its rooms and did not reach the end.',
} as const;
const ONE_ROOM = /*i18n*/ { id: 'rooms.one-room', message: 'Enter one room.' };

/** The limit on this endpoint is 5 a second with a burst of 10, for admins too (`handlers/room_summary.py:106-110`). */
const BETWEEN_PAGES_MS = 250;
const MAX_PAGES = 200;

/** The rooms below a space, whatever the depth, without the space and the spaces in it. */
export async function roomsOfSpace(
  hs: Homeserver,
  text: string,
  signal?: AbortSignal,
  wait: Wait = waitHere,
): Promise<string[]> {
  const spaceId = await roomIdOf(hs, text, signal);
  const rooms = await orOlder<Map<string, string | null | undefined>>(
    hs,
    'hierarchy',
    () => spaceByHierarchy(hs, spaceId, signal, wait),
    () => spaceByState(hs, spaceId, signal),
  );
  return [...rooms].filter(([roomId, type]) => roomId !== spaceId && type !== 'm.space').map(([roomId]) => roomId);
}

async function spaceByHierarchy(hs: Homeserver, spaceId: string, signal: AbortSignal | undefined, wait: Wait) {
  // Pages repeat rooms (`room_summary.py:296-362`).
  const rooms = new Map<string, string | null | undefined>();
  const seen = new Set<string | undefined>();
  let from: string | undefined;
  while (!seen.has(from)) {
    if (seen.size === MAX_PAGES) throw new TextError(withValues(TOO_LARGE, { count: MAX_PAGES }));
    seen.add(from);
    const answer = await hierarchyPage(hs, spaceId, from, signal, wait);
    for (const room of answer.rooms) rooms.set(room.room_id, room.room_type);
    if (answer.next === undefined) break;
    from = answer.next;
    await wait(BETWEEN_PAGES_MS, signal);
  }
  return rooms;
}

/** So often the homeserver may ask to slow down for one page; then its own words are shown. */
const MAX_BUSY = 10;
/** A wait that it names is kept, within reason: nobody watches a form for longer. */
const LONGEST_WAIT_MS = 60_000;

async function hierarchyPage(
  hs: Homeserver,
  spaceId: string,
  from: string | undefined,
  signal: AbortSignal | undefined,
  wait: Wait,
) {
  for (let busy = 1; ; busy += 1) {
    try {
      return await roomHierarchy(hs, spaceId, from === undefined ? {} : { from }, signal);
    } catch (error) {
      if (!(error instanceof HomeserverError) || error.status !== 429 || busy === MAX_BUSY) throw error;
      const { retryAfterMs = 1000 } = error;
      // Asked again sooner than it said, it would only say the same.
      if (retryAfterMs > LONGEST_WAIT_MS) throw error;
      await wait(Math.max(retryAfterMs, 500), signal);
    }
  }
}

type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

const CANCELLED = /*i18n*/ { id: 'rooms.cancelled', message: 'Cancelled.' };

/** Ends at once where it is no longer wanted. */
const waitHere: Wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new TextError(CANCELLED));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
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

/** Rooms whose name or alias has this in it, largest first. */
export async function searchRooms(
  hs: Homeserver,
  search: string,
  signal?: AbortSignal,
  limit = 50,
): Promise<{ rooms: RoomRow[]; total: number }> {
  const query = { limit, order_by: 'joined_members', dir: 'f', search_term: search.trim() } as const;
  const { rooms, total } = await listRooms(hs, query, signal);
  return { rooms, total };
}

const LIST_PAGE = 1000;

/**
 * The ids of all rooms that really match, each once, though the list may move while its pages are read; and how many rows could
 * not be read, or not well enough to tell whether they match.
 */
export async function roomIdsOf(
  hs: Homeserver,
  query: RoomsQuery,
  signal?: AbortSignal,
): Promise<{ ids: string[]; unread: number }> {
  const ids = new Set<string>();
  let unread = 0;
  await everyPage(
    (from) => listRooms(hs, { ...query, from, limit: LIST_PAGE }, signal),
    (page) => {
      for (const room of page.rooms) if (fitsRoomSearch(query, room)) ids.add(room.room_id);
      for (const { legible } of page.odd) {
        if (legible !== undefined && fitsRoomSearch(query, legible)) ids.add(legible.room_id);
        else unread += 1;
      }
      return page.rooms.length + page.odd.length;
    },
  );
  return { ids: [...ids], unread };
}
