import * as z from 'zod/mini';
import { everyPage } from './pages';
import { path, request, type Homeserver } from './request';
import { listTotal, nextOffset, rowsOf, type OddRow, type Rows } from './rows';

/** Statistics (`synapse/rest/admin/statistics.py`). All throw HomeserverError. Sizes in bytes. */

const uploaderSchema = z.object({
  user_id: z.string(),
  displayname: z.nullish(z.string()),
  media_count: z.number(),
  media_length: z.nullish(z.number()),
});
export type Uploader = z.output<typeof uploaderSchema>;

const uploadersSchema = z.object({
  users: rowsOf(uploaderSchema),
  total: listTotal,
  next_token: nextOffset,
});

export interface UploadersQuery {
  /** In the user's ID or display name; an SQL LIKE. */
  search_term?: string;
  from?: number;
  limit?: number;
  order_by?: 'user_id' | 'displayname' | 'media_length' | 'media_count';
  dir?: 'f' | 'b';
  /** Only files uploaded in this span, both ends included, ms. Synapse refuses an end that is not after the beginning. */
  from_ts?: number;
  until_ts?: number;
}

/** Users that own media. Paging by anything but `user_id` is unstable: there is no tie-break. */
export async function listUploaders(
  hs: Homeserver,
  query: UploadersQuery,
  signal?: AbortSignal,
): Promise<{ users: Uploader[]; odd: OddRow<Uploader>[]; total: number; next: number | undefined }> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/statistics/users/media`,
    query: { ...query },
    schema: uploadersSchema,
    signal,
  });
  return { users: answer.users.rows, odd: answer.users.odd, total: answer.total, next: answer.next_token };
}

/**
 * All users that own media, read page by page.
 * @param onPage how many were read, of how many
 */
export async function allUploaders(
  hs: Homeserver,
  query: Pick<UploadersQuery, 'search_term' | 'from_ts' | 'until_ts'>,
  signal?: AbortSignal,
  onPage?: (read: number, total: number) => void,
): Promise<Rows<Uploader>> {
  const all: Rows<Uploader> = { rows: [], odd: [] };
  // By user ID, the only order that is stable from page to page (`stats.py:677`).
  await everyPage(
    (from) => listUploaders(hs, { ...query, from, limit: UPLOADERS_PAGE, order_by: 'user_id', dir: 'f' }, signal),
    ({ users, odd, total }) => {
      all.rows.push(...users);
      all.odd.push(...odd);
      onPage?.(all.rows.length + all.odd.length, total);
      return users.length + odd.length;
    },
  );
  return all;
}

/** So many users one request reads. */
export const UPLOADERS_PAGE = 1000;

const roomSizeSchema = z.object({ room_id: z.string(), estimated_size: z.number() });
export type RoomSize = z.output<typeof roomSizeSchema>;

/** The ten rooms that take most of the database, by an estimate. 400 where it is not PostgreSQL. */
export async function largestRooms(hs: Homeserver, signal?: AbortSignal): Promise<Rows<RoomSize>> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/statistics/database/rooms`,
    feature: 'room-sizes',
    schema: z.object({ rooms: rowsOf(roomSizeSchema) }),
    signal,
    timeoutMs: 300_000,
  });
  return answer.rooms;
}
