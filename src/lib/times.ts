/**
 * Times in ms since 1970 come from homeservers, from imports into their databases, and from proxies: one may be in microseconds
 * or in seconds, negative, text, or missing. These say what it is, and never throw.
 */

/** The last ms of the year 9999: later ones are no time that anybody meant, and a `Date` ends at 8.64e15. */
const LATEST = 253_402_300_799_999;
/** 9 September 2001, long before the first homeserver. Times in seconds stay below it for 30,000 years. */
const EARLIEST_LIKELY = 1_000_000_000_000;
export const LATEST_UNLIKELY = EARLIEST_LIKELY - 1;

/** Whether a calendar has it: from the year 1 to 9999. */
export function isTime(ms: unknown): ms is number {
  return typeof ms === 'number' && Number.isFinite(ms) && Math.abs(ms) <= LATEST && new Date(ms).getFullYear() > 0;
}

/** Whether something can have happened on a homeserver then. One in seconds, zero or below can’t be right. */
export const isLikelyTime = (ms: unknown): ms is number => isTime(ms) && ms >= EARLIEST_LIKELY;

/** As programs write it, in UTC; null where no calendar has it. @param ms epoch ms */
export const isoTime = (ms: number | null | undefined): string | null =>
  isTime(ms) ? new Date(ms).toISOString() : null;
