import { listUserMedia, type MediaRow } from '~/api/media';
import { everyPage } from '~/api/pages';
import type { Homeserver } from '~/api/request';
import { isCount } from '~/lib/numbers';
import { withValues, type Text } from '~/lib/text';
import type { MediaFile } from './plan';

/** The files of a user, as a plan needs them. */

const PAGE = 1000;

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

const LOOKS = 3;

/**
 * All files of a user. Pages shift when files are added or deleted in between, so the list is read again until it is as long as
 * the homeserver says it is.
 */
export async function filesOf(
  hs: Homeserver,
  userId: string,
  signal?: AbortSignal,
): Promise<{ files: MediaFile[]; problem: Text | null }> {
  let files = new Map<string, MediaFile>();
  for (let look = 0; look < LOOKS; look += 1) {
    files = new Map();
    let total = 0;
    let odd = 0;
    await everyPage(
      // Oldest first, and by `media_id` where dates are equal (`media_repository.py`): stable, and new files come last.
      (from) => listUserMedia(hs, userId, { from, limit: PAGE, order_by: 'created_ts', dir: 'f' }, signal),
      (page) => {
        for (const row of page.media) files.set(row.media_id, fileOf(row, userId));
        odd += page.odd.length;
        total = page.total;
        return page.media.length + page.odd.length;
      },
    );
    if (!isCount(total)) {
      return { files: [...files.values()], problem: NO_TOTAL };
    }
    if (files.size + odd === total) {
      return {
        files: [...files.values()],
        problem: odd === 0 ? null : withValues(ODD_FILES, { count: odd }),
      };
    }
  }
  return { files: [...files.values()], problem: SHIFTED };
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
