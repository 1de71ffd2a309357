import type { RoomRow } from '~/api/rooms';
import type { UserRow } from '~/api/users';
import { day, startOfWeek } from '~/lib/dates';
import { serverOf } from '~/lib/mxid';
import { isLikelyTime } from '~/lib/times';

/** Counts of whole lists. Pure: rows go in, numbers come out. */

export interface Count {
  readonly key: string;
  readonly value: number;
}

/** Accounts by the week in which they were made, the oldest week first. Weeks begin on Monday, in the browser's time zone. */
export function newByWeek(users: readonly UserRow[], weeks: number, now: number): Count[] {
  const starts = Array.from({ length: weeks }, (_, index) => startOfWeek(now, weeks - 1 - index));
  const counts = starts.map(() => 0);
  for (const { creation_ts: at } of users) {
    if (!isLikelyTime(at)) continue;
    const week = starts.findLastIndex((start) => start <= at);
    if (week !== -1) counts[week] = (counts[week] ?? 0) + 1;
  }
  return starts.map((start, index) => ({ key: day(start), value: counts[index] ?? 0 }));
}

export interface Active {
  readonly active: number;
  readonly inactive: number;
  /** Synapse does not say. */
  readonly unknown: number;
}

/** How many accounts that can sign in were used since then. */
export function activeSince(users: readonly UserRow[], since: number): Active {
  const counts = { active: 0, inactive: 0, unknown: 0 };
  for (const { deactivated, last_seen_ts: seen } of users) {
    if (deactivated) continue;
    if (!isLikelyTime(seen)) counts.unknown += 1;
    else if (seen >= since) counts.active += 1;
    else counts.inactive += 1;
  }
  return counts;
}

/** The most first; those without a key last. */
export function countBy<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
): { counts: Count[]; none: number } {
  const known = new Map<string, number>();
  let none = 0;
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) none += 1;
    else known.set(key, (known.get(key) ?? 0) + 1);
  }
  const counts = [...known].map(([key, value]) => ({ key, value }));
  return { counts: counts.toSorted((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1)), none };
}

/** Newer rooms (version 12) have no server in their ID: then it is the one of whoever made it. */
export function originOf({ room_id: id, creator }: Pick<RoomRow, 'room_id' | 'creator'>): string | null {
  const colon = id.indexOf(':');
  if (colon !== -1) return id.slice(colon + 1);
  return creator == null ? null : serverOf(creator);
}

export type KindOfUser = 'deactivated' | 'guest' | 'appservice' | 'typed' | 'admin' | 'user';

/** Each account once: the first that is so. IDs that begin with an underscore are those of bridges, as far as IDs show it. */
export function kindOf({ deactivated, is_guest: guest, admin, user_type: type, name }: UserRow): KindOfUser {
  if (deactivated) return 'deactivated';
  if (guest) return 'guest';
  if (type != null && type !== '') return 'typed';
  if (name.startsWith('@_')) return 'appservice';
  return admin ? 'admin' : 'user';
}
