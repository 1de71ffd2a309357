import { t } from '@lingui/core/macro';
import { isLikelyTime, isTime } from '~/lib/times';

/**
 * What will be deleted, what is kept, and why. The rule is Synapse's own (`store/media_repository.py:357-443`), so that the plan
 * and both ways to delete mean the same thing.
 */

/** A file of this homeserver as it was read for the plan. Times in ms, sizes in bytes. */
export interface MediaFile {
  id: string;
  owner: string;
  name: string | null;
  type: string | null;
  /** Null: the upload was never finished. */
  bytes: number | null;
  createdTs: number;
  /** Null: never opened. */
  lastAccessTs: number | null;
  isProtected: boolean;
  isQuarantined: boolean;
  /** An image that was fetched to preview a link. Its owner is the user who asked for the preview. */
  isLinkPreview: boolean;
}

export type RuleDate = 'not-opened-since' | 'uploaded-before';
/** `exact`: a request for each planned file. `sweep`: Synapse chooses again by the same rule, and answers what it deleted. */
export type Method = 'exact' | 'sweep';

export interface Rule {
  by: RuleDate;
  /** Epoch ms, exclusive. */
  beforeTs: number;
  /** Bytes, exclusive: `size_gt` is a strict “greater than”. */
  largerThan: number;
  keepAvatars: boolean;
  /** So many of each user's newest uploads are kept, however old they are. Missing: none. */
  keepNewest?: number;
  method: Method;
}

/** What is kept besides avatars, by media IDs of this homeserver. */
export interface Kept {
  /** On the admin’s own list. */
  listed: ReadonlySet<string>;
  /** In sticker packs of rooms. */
  stickers: ReadonlySet<string>;
}

/** In the order they are shown. The first is the only one that deletes. */
export const VERDICTS = [
  'delete',
  'avatar',
  'listed',
  'sticker',
  'protected',
  'quarantined',
  'newest',
  'link-preview',
  'recent',
  'not-larger',
  'unfinished',
  'odd-date',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The date that counts for the rule, in ms: last opened, or uploaded if it was never opened (`last_access_ts IS NULL`). */
export function ruleDate(by: RuleDate, file: Pick<MediaFile, 'createdTs' | 'lastAccessTs'>): number {
  return by === 'uploaded-before' ? file.createdTs : (file.lastAccessTs ?? file.createdTs);
}

const NOTHING: Kept = { listed: new Set(), stickers: new Set() };

/**
 * @param avatars media IDs of the avatars of users and rooms
 * @param isNewest among the newest of its owner, so many as the rule keeps
 */
export function verdictOf(
  file: MediaFile,
  rule: Rule,
  avatars: ReadonlySet<string>,
  { listed, stickers }: Kept = NOTHING,
  isNewest = false,
): Verdict {
  const date = ruleDate(rule.by, file);
  if (date >= rule.beforeTs) return 'recent';
  // In SQL, `media_length > size_gt` is never true for NULL, nor for an empty file.
  if (file.bytes === null) return 'unfinished';
  if (file.bytes <= rule.largerThan) return 'not-larger';
  if (file.isQuarantined) return 'quarantined';
  if (file.isProtected) return 'protected';
  if (rule.keepAvatars && avatars.has(file.id)) return 'avatar';
  if (listed.has(file.id)) return 'listed';
  if (stickers.has(file.id)) return 'sticker';
  if (isNewest) return 'newest';
  // Nobody knows whether it is one of the newest.
  if (keepsNewest(rule) && !isLikelyTime(file.createdTs)) return 'odd-date';
  // A time in seconds, zero or below says nothing about the file's age. A sweep deletes such a file, so its plan says so.
  if (!isLikelyTime(date) && rule.method === 'exact') return 'odd-date';
  // DELETE removes the record of a link preview but looks for its file in the wrong place (`media_repository.py:1704`):
  // the file would stay on disk for good, while Synapse clears previews itself after some days. A sweep deletes them, so its plan says so.
  if (file.isLinkPreview && rule.method === 'exact') return 'link-preview';
  return 'delete';
}

const keepsNewest = ({ keepNewest = 0 }: Rule): boolean => keepNewest > 0;

/** Each owner's newest uploads, so many as the rule keeps. Link previews and unfinished uploads are nobody's files, and don't count. */
function newestOf(files: readonly MediaFile[], rule: Rule): ReadonlySet<MediaFile> {
  if (!keepsNewest(rule)) return new Set();
  const counted = files.filter((file) => file.bytes !== null && !file.isLinkPreview && isLikelyTime(file.createdTs));
  const newest = new Set<MediaFile>();
  for (const own of Map.groupBy(counted, ({ owner }) => owner).values()) {
    own.sort((a, b) => b.createdTs - a.createdTs || (a.id < b.id ? -1 : 1));
    for (const file of own.slice(0, rule.keepNewest)) newest.add(file);
  }
  return newest;
}

export interface Total {
  key: string;
  files: number;
  bytes: number;
}

export interface Plan {
  rule: Rule;
  files: readonly MediaFile[];
  verdicts: readonly Verdict[];
  /** Indexes into `files`, in the order of `files`. */
  byVerdict: Readonly<Record<Verdict, readonly number[]>>;
  totals: Readonly<Record<Verdict, { files: number; bytes: number }>>;
  /** Of what will be deleted: by month of the rule's date (ascending, gaps filled), by type and by user (largest first). */
  months: readonly Total[];
  types: readonly Total[];
  owners: readonly Total[];
}

export function makePlan(
  files: readonly MediaFile[],
  rule: Rule,
  avatars: ReadonlySet<string>,
  kept: Kept = NOTHING,
): Plan {
  const newest = newestOf(files, rule);
  const verdicts: Verdict[] = [];
  const byVerdict = perVerdict((): number[] => []);
  const totals = perVerdict(() => ({ files: 0, bytes: 0 }));
  const months = new Map<number, Total>();
  const types = new Map<string, Total>();
  const owners = new Map<string, Total>();
  for (const [index, file] of files.entries()) {
    const verdict = verdictOf(file, rule, avatars, kept, newest.has(file));
    const bytes = file.bytes ?? 0;
    verdicts.push(verdict);
    byVerdict[verdict].push(index);
    totals[verdict].files += 1;
    totals[verdict].bytes += bytes;
    if (verdict !== 'delete') continue;
    count(months, monthNumber(ruleDate(rule.by, file)), monthName, bytes);
    count(types, file.type ?? t`unknown`, String, bytes);
    count(owners, file.owner, String, bytes);
  }
  return {
    rule,
    files,
    verdicts,
    byVerdict,
    totals,
    months: withGaps(months),
    types: largestFirst(types),
    owners: largestFirst(owners),
  };
}

function perVerdict<T>(make: () => T): Record<Verdict, T> {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, make()])) as Record<Verdict, T>;
}

function count<Key>(into: Map<Key, Total>, key: Key, name: (key: Key) => string, bytes: number): void {
  const total = into.get(key) ?? { key: name(key), files: 0, bytes: 0 };
  total.files += 1;
  total.bytes += bytes;
  into.set(key, total);
}

/** Months since year 0, in the browser's time zone. Cheaper than a formatted string for each of 100,000 files. */
function monthNumber(ms: number): number {
  if (!isTime(ms)) return NO_MONTH;
  const date = new Date(ms);
  return date.getFullYear() * 12 + date.getMonth();
}

/** For files with a date that no calendar has. Before all others. */
const NO_MONTH = -1;

/** `2026-11` */
function monthName(number: number): string {
  if (number === NO_MONTH) return t`impossible date`;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** A longer span means that a clock was wrong, and a plot of each month would be unreadable. */
const MAX_MONTHS = 240;

function withGaps(months: ReadonlyMap<number, Total>): Total[] {
  const odd = months.get(NO_MONTH);
  if (odd !== undefined) return [odd, ...withGaps(new Map([...months].filter(([number]) => number !== NO_MONTH)))];
  const numbers = [...months.keys()].toSorted((a, b) => a - b);
  const first = numbers[0];
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return [];
  if (last - first > MAX_MONTHS) return numbers.flatMap((number) => months.get(number) ?? []);
  return Array.from(
    { length: last - first + 1 },
    (_, step) => months.get(first + step) ?? { key: monthName(first + step), files: 0, bytes: 0 },
  );
}

function largestFirst(totals: ReadonlyMap<string, Total>): Total[] {
  return [...totals.values()].toSorted((a, b) => b.bytes - a.bytes || b.files - a.files || (a.key < b.key ? -1 : 1));
}
