import { listUserMedia, type MediaRow } from '~/api/media';
import type { Homeserver } from '~/api/request';
import { getRoom, listRooms } from '~/api/rooms';
import { listUploaders } from '~/api/statistics';
import { listUsers } from '~/api/users';
import type { MediaFile } from './plan';

/**
 * Reading what is there. Lists only: never a thumbnail or a download, since both count as opening and would keep a file
 * alive (`media_repository.py:557`). All throw HomeserverError.
 */

const PAGE = 1000;

export interface ScanChoice {
  /** Null: of everyone who owns media. */
  users: readonly string[] | null;
  userAvatars: boolean;
  roomAvatars: boolean;
  /** Under MAS the users list accepts only `guests=false`, and there are no guests (`users.py:123-129`). */
  mas: boolean;
}

export type ScanItem =
  | { kind: 'uploader'; userId: string; expected: number | null }
  | { kind: 'user-avatars'; from: number; mas: boolean }
  | { kind: 'room-avatar'; roomId: string };

/** What the scan gathers; the plan is made of it. */
export interface Found {
  files: MediaFile[];
  /** Media ids of pictures of users and rooms, of this server. */
  avatars: Set<string>;
  /** What could not be read or is not covered: said beside the plan. */
  notes: string[];
}

export const emptyFound = (): Found => ({ files: [], avatars: new Set(), notes: [] });

export interface Prepared {
  items: ScanItem[];
  notes: string[];
}

/** Which requests the scan takes: the owners of media and the rooms, as lists. */
export async function prepareScan(hs: Homeserver, choice: ScanChoice, signal?: AbortSignal): Promise<Prepared> {
  const notes: string[] = [];
  const items: ScanItem[] =
    choice.users === null
      ? await uploaders(hs, notes, signal)
      : choice.users.map((userId) => ({ kind: 'uploader', userId, expected: null }));
  if (items.length === 0) return { items, notes };
  if (choice.userAvatars) {
    const { total } = await listUsers(hs, { limit: 1, ...everyUser(choice.mas) }, signal);
    for (let from = 0; from < total; from += PAGE) items.push({ kind: 'user-avatars', from, mas: choice.mas });
  }
  if (choice.roomAvatars) {
    for (const roomId of await roomIds(hs, signal)) items.push({ kind: 'room-avatar', roomId });
  }
  return { items, notes };
}

/** Deactivated and locked users keep their pictures until they are erased. `locked` is left out by default. */
const everyUser = (mas: boolean) => ({ locked: true, order_by: 'name' as const, ...(mas ? { guests: false } : {}) });

async function uploaders(hs: Homeserver, notes: string[], signal?: AbortSignal): Promise<ScanItem[]> {
  const seen = new Map<string, number>();
  let from: number | undefined = 0;
  let odd = 0;
  while (from !== undefined) {
    // By user id, the only order here that is stable from page to page (`stats.py:677`).
    const page: Awaited<ReturnType<typeof listUploaders>> = await listUploaders(
      hs,
      { from, limit: PAGE, order_by: 'user_id' },
      signal,
    );
    for (const user of page.users) seen.set(user.user_id, user.media_count);
    odd += page.odd.length;
    from = page.next !== undefined && page.next > from ? page.next : undefined;
  }
  if (odd > 0)
    notes.push('Some files have no owner in the server’s statistics. They can’t be listed and are not in this plan.');
  return [...seen].map(([userId, expected]) => ({ kind: 'uploader', userId, expected }));
}

async function roomIds(hs: Homeserver, signal?: AbortSignal): Promise<Set<string>> {
  const ids = new Set<string>();
  let from: number | undefined = 0;
  while (from !== undefined) {
    const page: Awaited<ReturnType<typeof listRooms>> = await listRooms(
      hs,
      { from, limit: PAGE, order_by: 'name' },
      signal,
    );
    for (const room of page.rooms) ids.add(room.room_id);
    from = page.next !== undefined && page.next > from ? page.next : undefined;
  }
  return ids;
}

/** @returns what was found, in words for the scan's ledger */
export async function scanOne(
  hs: Homeserver,
  serverName: string,
  item: ScanItem,
  found: Found,
  signal?: AbortSignal,
): Promise<string> {
  switch (item.kind) {
    case 'uploader': {
      const { files, complete } = await filesOf(hs, item.userId, signal);
      for (const file of files) found.files.push(file);
      if (!complete) {
        found.notes.push(
          `${item.userId} was uploading or losing files while the list was read; those may be missing here.`,
        );
      }
      return `${files.length} files`;
    }
    case 'user-avatars': {
      const page = await listUsers(hs, { from: item.from, limit: PAGE, ...everyUser(item.mas) }, signal);
      for (const user of page.users) addAvatar(found.avatars, serverName, user.avatar_url);
      if (page.odd.length > 0) {
        found.notes.push(
          `${page.odd.length} users could not be read: ${page.odd[0]?.problem ?? ''}. Their pictures are not kept.`,
        );
      }
      return `${page.users.length} users`;
    }
    case 'room-avatar': {
      const room = await getRoom(hs, item.roomId, signal);
      addAvatar(found.avatars, serverName, room.avatar);
      return room.avatar ? 'has a picture' : 'has no picture';
    }
  }
}

function addAvatar(avatars: Set<string>, serverName: string, mxc: string | null | undefined): void {
  const prefix = `mxc://${serverName}/`;
  if (mxc?.startsWith(prefix)) avatars.add(mxc.slice(prefix.length));
}

const LOOKS = 3;

/**
 * All uploads of one user. Pages shift when files come or go in between, so the list is read again until it is as long as
 * the server says it is.
 */
export async function filesOf(
  hs: Homeserver,
  userId: string,
  signal?: AbortSignal,
): Promise<{ files: MediaFile[]; complete: boolean }> {
  let files = new Map<string, MediaFile>();
  for (let look = 0; look < LOOKS; look += 1) {
    files = new Map();
    let from: number | undefined = 0;
    let total = 0;
    let odd = 0;
    while (from !== undefined) {
      // Oldest first with `media_id` as the server's tie-break: stable, and new uploads come last (`media_repository.py`).
      const page: Awaited<ReturnType<typeof listUserMedia>> = await listUserMedia(
        hs,
        userId,
        { from, limit: PAGE, order_by: 'created_ts', dir: 'f' },
        signal,
      );
      for (const row of page.media) files.set(row.media_id, fileOf(row, userId));
      odd += page.odd.length;
      total = page.total;
      from = page.next !== undefined && page.next > from ? page.next : undefined;
    }
    if (files.size + odd === total) return { files: [...files.values()], complete: odd === 0 };
  }
  return { files: [...files.values()], complete: false };
}

export function fileOf(row: MediaRow, owner: string): MediaFile {
  return {
    id: row.media_id,
    owner: row.user_id ?? owner,
    name: row.upload_name ?? null,
    type: row.media_type ?? null,
    bytes: row.media_length ?? null,
    createdTs: row.created_ts,
    lastAccessTs: row.last_access_ts ?? null,
    isProtected: row.safe_from_quarantine ?? false,
    isQuarantined: row.quarantined_by != null,
    isLinkPreview: row.url_cache != null,
  };
}
