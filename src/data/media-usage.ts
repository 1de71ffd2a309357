import { HomeserverError } from '~/api/errors';
import { listUserMedia, type ShownMedia } from '~/api/media';
import { everyPage } from '~/api/pages';
import type { Homeserver } from '~/api/request';
import { shownRows } from '~/api/rows';
import { allUploaders, listUploaders, type Uploader, type UploadersQuery } from '~/api/statistics';
import type { Month } from '~/lib/months';
import type { Progress } from './long-read';

/** What Synapse tells of all files in no single answer: sums over its statistics, and lists of many users put together. */

export interface MediaSum {
  readonly users: number;
  readonly files: number;
  /** Bytes. */
  readonly bytes: number;
  /** Users of whom the statistics could not be read, or tell no size: they are not in the sum of the sizes. */
  readonly unknown: number;
}

type Show = (progress: Progress) => void;
type Span = Pick<UploadersQuery, 'search_term' | 'from_ts' | 'until_ts'>;

/** The files of all users that match, added up. */
export async function sumOfMedia(hs: Homeserver, span: Span, signal: AbortSignal, show?: Show): Promise<MediaSum> {
  const { rows, odd } = await allUploaders(hs, span, signal, (done, of) => show?.({ done, of }));
  return {
    users: rows.length + odd.length,
    files: rows.reduce((sum, { media_count: count }) => sum + count, 0),
    bytes: rows.reduce((sum, { media_length: bytes }) => sum + (bytes ?? 0), 0),
    unknown: odd.length + rows.filter(({ media_length: bytes }) => bytes == null).length,
  };
}

export interface MonthSum extends MediaSum {
  readonly key: string;
}

/**
 * Files by the month in which they were uploaded, one question a month: those that are still there.
 * @param sumOf one month, which may be known already
 */
export async function growthByMonth(
  months: readonly Month[],
  sumOf: (month: Month) => Promise<MediaSum>,
  show?: Show,
): Promise<MonthSum[]> {
  const sums: MonthSum[] = [];
  for (const month of months) {
    show?.({ done: sums.length, of: months.length });
    sums.push({ key: month.key, ...(await sumOf(month)) });
  }
  return sums;
}

/** A file in a list of several users. */
export interface OwnedFile extends ShownMedia {
  readonly owner: string;
}

export interface LargestFiles {
  readonly files: readonly OwnedFile[];
  /** How many users were read, of how many that own files. */
  readonly read: number;
  readonly of: number;
  /**
   * No file that was not read can be larger: the most that a user who was not read has in all, bytes. 0: everyone was read; null: a user
   * is left whose size is not known.
   */
  readonly bound: number | null;
}

/** So many files are listed. */
export const LARGEST = 100;

/** The largest files, found in the lists of the users who have most: one request for each of them. */
export async function largestFiles(
  hs: Homeserver,
  users: number,
  signal: AbortSignal,
  show?: Show,
): Promise<LargestFiles> {
  // PostgreSQL puts those first of whom no size is known.
  const page = await listUploaders(hs, { order_by: 'media_length', dir: 'b', limit: users + 1 }, signal);
  const wanted = page.users.slice(0, users);
  let files: OwnedFile[] = [];
  const unread: (Uploader | undefined)[] = page.users.slice(users);
  let read = 0;
  for (const [index, user] of wanted.entries()) {
    show?.({ done: index, of: wanted.length });
    const own = await largestOf(hs, user.user_id, signal);
    if (own === null) unread.push(user);
    else {
      read += 1;
      files = files
        .concat(own)
        .toSorted((one, other) => sizeOf(other) - sizeOf(one))
        .slice(0, LARGEST);
    }
  }
  // Rows that could not be read may be of anyone.
  if (page.odd.length > 0) unread.push(undefined);
  return { files, read, of: page.total, bound: boundOf(unread) };
}

const sizeOf = ({ media_length: bytes }: ShownMedia): number => bytes ?? 0;

function boundOf(unread: readonly (Uploader | undefined)[]): number | null {
  const sizes = unread.map((user) => user?.media_length);
  return sizes.some((bytes) => bytes == null) ? null : Math.max(0, ...sizes.map((bytes) => bytes ?? 0));
}

/** Null: the homeserver does not know this user any more, though its statistics do. */
async function largestOf(hs: Homeserver, owner: string, signal: AbortSignal): Promise<OwnedFile[] | null> {
  const files: OwnedFile[] = [];
  try {
    await everyPage(
      async (from) => {
        const query = { order_by: 'media_length', dir: 'b', from, limit: LARGEST } as const;
        const page = await listUserMedia(hs, owner, query, signal);
        // Files without a size come first on PostgreSQL: then another page is needed.
        return files.length + page.media.filter(isSized).length >= LARGEST ? { ...page, next: undefined } : page;
      },
      ({ media, odd }) => {
        const rows = shownRows({ rows: media, odd });
        for (const file of rows.filter(isSized)) files.push(Object.assign(file, { owner: file.user_id ?? owner }));
        return rows.length;
      },
    );
    return files;
  } catch (error) {
    if (error instanceof HomeserverError && error.notFound) return null;
    throw error;
  }
}

const isSized = ({ media_length: bytes }: ShownMedia): boolean => bytes != null;
