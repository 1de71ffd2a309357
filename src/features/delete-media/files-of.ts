import type { MediaRow } from '~/api/media';
import type { Homeserver } from '~/api/request';
import { allFilesOf } from '~/data/user-files';
import { withValues, type Text } from '~/lib/text';
import type { MediaFile } from './plan';

/** The files of a user, as a plan needs them. */

const NO_TOTAL = /*i18n*/ {
  id: 'media.note.no-total',
  message: 'The homeserver does not say how many files there are. Some may be missing from this plan.',
};
const ODD_FILES = /*i18n*/ {
  id: 'media.note.odd-files',
  message:
    '{count, plural, one {# file could not be read and is} other {# files could not be read and are}} not in this plan.',
} as const;
const SHIFTED = /*i18n*/ {
  id: 'media.note.shifted',
  message: 'Files were added or deleted while the list was read. Some may be missing from this plan.',
};

/** All files of a user, and what is to be said about the list: see `allFilesOf`. */
export async function filesOf(
  hs: Homeserver,
  userId: string,
  signal?: AbortSignal,
): Promise<{ files: MediaFile[]; problem: Text | null }> {
  const { files: rows, lost, isExact, hasTotal } = await allFilesOf(hs, userId, signal);
  const files = rows.map((row) => fileOf(row, userId));
  if (!hasTotal) return { files, problem: NO_TOTAL };
  if (lost > 0) return { files, problem: withValues(ODD_FILES, { count: lost }) };
  return { files, problem: isExact ? null : SHIFTED };
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
