import { listUserMedia, type MediaRow } from '~/api/media';
import { everyPage } from '~/api/pages';
import type { Homeserver } from '~/api/request';
import { isCount } from '~/lib/numbers';
import type { Progress } from './long-read';

export interface UserFiles {
  readonly files: readonly MediaRow[];
  /** Rows that could not be read. */
  readonly lost: number;
  /** Each file is in it: the list was as long as the homeserver says it is. */
  readonly isExact: boolean;
  /** False: the homeserver does not say how many there are. */
  readonly hasTotal: boolean;
}

const PAGE = 1000;
const LOOKS = 3;

/**
 * All files of a user, link previews too. Where a file was deleted between two pages the rest has moved up, and one would be missing
 * though the number is right: each page begins with the last row of the one before, or the list is read again. Only reads.
 */
export async function allFilesOf(
  hs: Homeserver,
  userId: string,
  signal?: AbortSignal,
  show?: (progress: Progress) => void,
): Promise<UserFiles> {
  let read: UserFiles = { files: [], lost: 0, isExact: false, hasTotal: true };
  for (let look = 0; look < LOOKS && !read.isExact && read.lost === 0; look += 1) {
    read = await readOnce(hs, userId, signal, show);
  }
  return read;
}

async function readOnce(
  hs: Homeserver,
  userId: string,
  signal?: AbortSignal,
  show?: (progress: Progress) => void,
): Promise<UserFiles> {
  const files = new Map<string, MediaRow>();
  let [lost, isExact] = [0, true];
  let total: number = NaN;
  let last: string | undefined;
  await everyPage(
    async (from) => {
      // Oldest first, and by ID where dates are equal (`media_repository.py`): new files come last.
      const query = { from, limit: PAGE, order_by: 'created_ts', dir: 'f' } as const;
      const page = await listUserMedia(hs, userId, query, signal);
      isExact &&= last === undefined || page.media[0]?.media_id === last;
      // One row again. Where a row could not be read, it might be that one: then the list is not exact anyway.
      const overlaps = page.odd.length === 0 && page.media.length > 1;
      last = overlaps ? page.media.at(-1)?.media_id : undefined;
      return { ...page, next: overlaps && page.next !== undefined ? page.next - 1 : page.next };
    },
    (page) => {
      for (const row of page.media) files.set(row.media_id, row);
      lost += page.odd.length;
      ({ total } = page);
      show?.({ done: files.size + lost, of: isCount(total) ? total : null });
      return page.media.length + page.odd.length;
    },
  );
  const hasTotal = isCount(total);
  const isWhole = !hasTotal || files.size === total;
  return { files: [...files.values()], lost, isExact: isExact && isWhole && lost === 0, hasTotal };
}
