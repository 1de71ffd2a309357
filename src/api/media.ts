import * as z from 'zod/mini';
import { clientRelease, mediaPath } from './older-path';
import { everyPage } from './pages';
import { path, request, requestBlob, type Homeserver, type Path } from './request';
import { legibly, listTotal, nextOffset, rowsOf, rowsWith, type Legible, type OddRow } from './rows';
import { has } from './since';

/** Media (`synapse/rest/admin/media.py`). All throw HomeserverError. Times in ms, sizes in bytes. */

const nullishString = z.nullish(z.string());
const nullishNumber = z.nullish(z.number());
/** On SQLite the answer about one file has 0 and 1 here (seen on Synapse 1.163); lists and PostgreSQL have booleans. */
const flag = z.pipe(
  z.nullish(z.union([z.boolean(), z.number()])),
  z.transform((value: boolean | number | null | undefined) => Boolean(value)),
);

const mediaRowSchema = z.object({
  media_id: z.string(),
  media_type: nullishString,
  media_length: nullishNumber,
  upload_name: nullishString,
  created_ts: z.number(),
  /** The link that it is a preview of. Its user is who asked for the preview. */
  url_cache: nullishString,
  /** Null = never opened. Downloads and thumbnails count as opening (`media_repository.py:557`). */
  last_access_ts: nullishNumber,
  quarantined_by: nullishString,
  safe_from_quarantine: flag,
  user_id: nullishString,
  /** Of its content: files that have the same are quarantined together (since Synapse 1.128). */
  sha256: nullishString,
});
/** A local file as a user's media list has it. `safe_from_quarantine` is “protected”. */
export type MediaRow = z.output<typeof mediaRowSchema>;

/** A plan needs the time of the upload; a page can do without. */
const shownMediaSchema = z.extend(mediaRowSchema, { created_ts: nullishNumber });
export type ShownMedia = z.output<typeof shownMediaSchema>;

export const userMediaSchema = z.object({
  media: rowsWith(mediaRowSchema, shownMediaSchema),
  total: listTotal,
  next_token: nextOffset,
});

export interface UserMediaPage {
  media: MediaRow[];
  odd: OddRow<ShownMedia>[];
  total: number;
  next: number | undefined;
}

export const MEDIA_ORDERS = [
  'created_ts',
  'last_access_ts',
  'media_length',
  'upload_name',
  'media_type',
  'quarantined_by',
  'safe_from_quarantine',
  'media_id',
] as const;
export type MediaOrder = (typeof MEDIA_ORDERS)[number];

export interface UserMediaQuery {
  from?: number;
  limit?: number;
  order_by?: MediaOrder;
  dir?: 'f' | 'b';
}

/** One page of a local user's uploads. Only reads: listing does not count as opening. */
export async function listUserMedia(
  hs: Homeserver,
  userId: string,
  query: UserMediaQuery,
  signal?: AbortSignal,
): Promise<UserMediaPage> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/users/${userId}/media`,
    query: { ...query },
    schema: userMediaSchema,
    signal,
  });
  return { media: answer.media.rows, odd: answer.media.odd, total: answer.total, next: answer.next_token };
}

export const mediaInfoSchema = z.object({ media_info: z.extend(mediaRowSchema, { media_origin: nullishString }) });

/** `GET /v1/media/{server}/{id}` (Synapse 1.140). 404 `M_NOT_FOUND` when it is gone. */
export async function mediaInfo(hs: Homeserver, serverName: string, mediaId: string, signal?: AbortSignal) {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/media/${serverName}/${mediaId}`,
    schema: mediaInfoSchema,
    feature: 'media-info',
    subject: ({ media_info }) => [media_info.media_id, mediaId],
    signal,
  });
  return answer.media_info;
}

const shownInfoSchema = z.object({ media_info: legibly(z.extend(shownMediaSchema, { media_origin: nullishString })) });
/** A file as its page shows it: local, or a copy of another homeserver's (`media_origin`). */
export type ShownFile = z.output<typeof shownInfoSchema>['media_info']['value'];

/** The same to be shown, though a field of it may be odd. Never to decide by it. */
export async function legibleMedia(
  hs: Homeserver,
  { serverName, mediaId }: { serverName: string; mediaId: string },
  signal?: AbortSignal,
): Promise<Legible<ShownFile>> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/media/${serverName}/${mediaId}`,
    schema: shownInfoSchema,
    feature: 'media-info',
    subject: ({ media_info: { value } }) => [value.media_id, mediaId],
    signal,
  });
  return answer.media_info;
}

/** Whether the list of this user's files has it: the only look at one file before Synapse 1.140. */
export async function isListedMedia(hs: Homeserver, userId: string, mediaId: string, signal?: AbortSignal) {
  let isListed = false;
  await everyPage(
    (from) => listUserMedia(hs, userId, { from, limit: 1000, order_by: 'created_ts', dir: 'f' }, signal),
    ({ media, odd }) => {
      isListed ||= media.some((row) => row.media_id === mediaId);
      return media.length + odd.length;
    },
  );
  return isListed;
}

const changeSchema = z.object({ origin: z.string(), media_id: z.string(), quarantined: flag });
/** A file that was put into quarantine, or out of it. Neither when nor by whom is told. */
export type QuarantineChange = z.output<typeof changeSchema>;

const changesSchema = z.object({ next_batch: z.number(), changes: rowsOf(changeSchema) });

/**
 * `GET /v1/media/quarantine_changes` (Synapse 1.152): up to 100, the oldest first. The end is a page without any; a place beyond it is
 * a 400. @param from the `next` of the page before, or 0
 */
export async function listQuarantineChanges(hs: Homeserver, from: number, signal?: AbortSignal) {
  const { next_batch: next, changes } = await request(hs, {
    path: path`/_synapse/admin/v1/media/quarantine_changes`,
    query: { from },
    schema: changesSchema,
    feature: 'quarantine-changes',
    signal,
  });
  return { changes: changes.rows, odd: changes.odd, next };
}

const deletedSchema = z.object({ deleted_media: z.array(z.string()), total: z.number() });

/**
 * Deletes one local file for good. Spares neither protected nor quarantined nor avatars. `total` 0 with status 200 means
 * that it could not be removed from disk (`media_repository.py:1672-1708`): not a success.
 */
export function deleteMedia(hs: Homeserver, serverName: string, mediaId: string, signal?: AbortSignal) {
  return request(hs, {
    method: 'DELETE',
    path: path`/_synapse/admin/v1/media/${serverName}/${mediaId}`,
    schema: deletedSchema,
    signal,
  });
}

/** The server works on after a proxy or the client gave up; slices keep a call short. */
const SWEEP_TIMEOUT_MS = 600_000;

export interface SweepQuery {
  /** Last opened before (never opened: created before), ms. No upper bound on the server: the caller must keep it in the past. */
  before_ts: number;
  /** Only files larger than so many bytes. */
  size_gt: number;
  /** Spare avatars of users and rooms. */
  keep_profiles: boolean;
}

/** Where the sweep is: before Synapse 1.78 its path names the server. */
export const sweepPath = (hs: Pick<Homeserver, 'version'>, serverName: string): Path =>
  has(hs.version, 'media-sweep')
    ? path`/_synapse/admin/v1/media/delete`
    : path`/_synapse/admin/v1/media/${serverName}/delete`;

/** The server's own sweep: spares protected and quarantined files, always. */
export function sweepMedia(hs: Homeserver, serverName: string, query: SweepQuery, signal?: AbortSignal) {
  return request(hs, {
    method: 'POST',
    path: sweepPath(hs, serverName),
    query: { ...query },
    schema: deletedSchema,
    feature: 'media-sweep',
    signal,
    timeoutMs: SWEEP_TIMEOUT_MS,
  });
}

const purgedSchema = z.object({ deleted: z.number() });

/** Remote cache last opened before `beforeTs` (ms). Can't be listed: only a count comes back. Quarantined files are spared. */
export async function purgeRemoteMedia(hs: Homeserver, beforeTs: number, signal?: AbortSignal): Promise<number> {
  const answer = await request(hs, {
    method: 'POST',
    path: path`/_synapse/admin/v1/purge_media_cache`,
    query: { before_ts: beforeTs },
    schema: purgedSchema,
    signal,
    timeoutMs: SWEEP_TIMEOUT_MS,
  });
  return answer.deleted;
}

/** A small square picture of an avatar. Counts as opening: never for files that a plan looks at. */
export function thumbnail(
  hs: Homeserver,
  serverName: string,
  mediaId: string,
  sizePx: number,
  signal?: AbortSignal,
): Promise<Blob> {
  return requestBlob(hs, {
    path: mediaPath(hs, 'thumbnail', serverName, mediaId),
    query: { width: sizePx, height: sizePx, method: 'crop' },
    signal,
  });
}

/** Sizes that every Synapse has ready (`config/repository.py`): as large as a card, and as a page. */
const PREVIEWS = { card: { width: 320, height: 240 }, large: { width: 800, height: 600 } } as const;
export type PreviewSize = keyof typeof PREVIEWS;

/** A picture of a file. Counts as opening: only where somebody asked to see it. None of a quarantined one. */
export function preview(
  hs: Homeserver,
  { serverName, mediaId }: { serverName: string; mediaId: string },
  size: PreviewSize,
  signal?: AbortSignal,
): Promise<Blob> {
  return requestBlob(hs, {
    path: mediaPath(hs, 'thumbnail', serverName, mediaId),
    query: { ...PREVIEWS[size], method: 'scale' },
    signal,
  });
}

/** An upload may be slow, and nothing is lost by waiting. */
const UPLOAD_TIMEOUT_MS = 600_000;

/**
 * Uploads a file as the signed-in admin, whose it is from then on. Not with XMLHttpRequest, which could tell how far it is: that would
 * follow a redirect with the token.
 * @returns its `mxc://server/id`
 */
export async function uploadFile(hs: Homeserver, file: Blob, fileName: string, signal?: AbortSignal): Promise<string> {
  const answer = await request(hs, {
    method: 'POST',
    path: path`/_matrix/media/${clientRelease(hs)}/upload`,
    query: { filename: fileName },
    file,
    schema: z.object({ content_uri: z.string().check(z.startsWith('mxc://')) }),
    signal,
    timeoutMs: UPLOAD_TIMEOUT_MS,
  });
  return answer.content_uri;
}
