import { queryOptions } from '@tanstack/react-query';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { day as dayOf } from '~/lib/dates';

/**
 * A few numbers of each homeserver, one small record a day, on this browser's disk: Synapse keeps no history of them. No name, no ID
 * and no token is in it.
 */

export const TREND_NUMBERS = ['users', 'rooms', 'failing', 'mediaBytes', 'mediaFiles', 'active'] as const;
export type TrendNumber = (typeof TREND_NUMBERS)[number];
export type Numbers = Partial<Record<TrendNumber, number>>;

export interface TrendDay extends Numbers {
  readonly baseUrl: string;
  /** `2026-11-24`, in the browser's time zone. */
  readonly day: string;
  /** Epoch ms: when it was written last. */
  readonly at: number;
}

/** How far a background update was when it was seen here. */
interface SeenUpdate {
  readonly count: number;
  /** Epoch ms: since when it is no further. */
  readonly since: number;
}

interface Schema extends DBSchema {
  days: { key: [baseUrl: string, day: string]; value: TrendDay };
  updates: { key: [baseUrl: string, name: string]; value: SeenUpdate };
}

/** Two years and a bit: what is older is forgotten. */
const MOST_DAYS = 800;

let opened: Promise<IDBPDatabase<Schema>> | null = null;

/** @throws where the browser forbids storage, as private windows may */
function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('glia-trends', 1, {
    upgrade(db) {
      db.createObjectStore('days', { keyPath: ['baseUrl', 'day'] });
      db.createObjectStore('updates');
    },
    blocking: close,
    terminated: () => {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

function close(): void {
  void opened?.then((db) => db.close());
  opened = null;
}

const of = (baseUrl: string): IDBKeyRange => IDBKeyRange.bound([baseUrl], [baseUrl, []]);

/** Puts today's numbers to those that are already there. A number that can't be a count is left out. */
export async function noteNumbers(baseUrl: string, numbers: Numbers, now: number = Date.now()): Promise<void> {
  const known = Object.fromEntries(Object.entries(numbers).filter(([, value]) => Number.isFinite(value) && value >= 0));
  if (Object.keys(known).length === 0) return;
  const transaction = (await database()).transaction('days', 'readwrite');
  const day = dayOf(now);
  const before = await transaction.store.get([baseUrl, day]);
  await transaction.store.put({ ...before, ...known, baseUrl, day, at: now });
  const keys = await transaction.store.getAllKeys(of(baseUrl));
  for (const key of keys.slice(0, Math.max(0, keys.length - MOST_DAYS))) await transaction.store.delete(key);
  await transaction.done;
}

/** Oldest first. */
export const readTrend = async (baseUrl: string): Promise<TrendDay[]> => (await database()).getAll('days', of(baseUrl));

/** Forgets everything of this homeserver. */
export async function forgetTrend(baseUrl: string): Promise<void> {
  const transaction = (await database()).transaction(['days', 'updates'], 'readwrite');
  await transaction.objectStore('days').delete(of(baseUrl));
  await transaction.objectStore('updates').delete(of(baseUrl));
  await transaction.done;
}

/** @returns since when this browser saw the update no further than it is now, epoch ms */
export async function noteUpdate(
  baseUrl: string,
  name: string,
  count: number,
  now: number = Date.now(),
): Promise<number> {
  const transaction = (await database()).transaction('updates', 'readwrite');
  const before = await transaction.store.get([baseUrl, name]);
  const since = before?.count === count ? before.since : now;
  await transaction.store.put({ count, since }, [baseUrl, name]);
  await transaction.done;
  return since;
}

/** About the bytes that it takes. */
export const sizeOfTrend = (days: readonly TrendDay[]): number => JSON.stringify(days).length;

export const trends = {
  of: (baseUrl: string) =>
    queryOptions({
      queryKey: ['trend', baseUrl],
      queryFn: () => readTrend(baseUrl),
      staleTime: Infinity,
      retry: false,
    }),
} as const;

/** How much a number changed since about so many days ago; null where there is no such record, or the number is missing. */
export function change(
  days: readonly TrendDay[],
  number: TrendNumber,
  span: number,
): { by: number; since: string } | null {
  const known = days.filter((one) => one[number] !== undefined);
  const last = known.at(-1);
  if (last === undefined) return null;
  // The record nearest to that day; nobody opens the page each day.
  const wanted = last.at - span * DAY_MS;
  const earlier = known.slice(0, -1).toSorted((a, b) => Math.abs(a.at - wanted) - Math.abs(b.at - wanted))[0];
  if (earlier === undefined) return null;
  return { by: (last[number] ?? 0) - (earlier[number] ?? 0), since: earlier.day };
}

const DAY_MS = 86_400_000;
