import dayjs from 'dayjs';
import { byLocale } from './locale';
import { withValues } from './text';
import { isLikelyTime, isTime } from './times';
import { wordsOf } from './words';

/** Nothing here throws: what no calendar has is shown as it came. */

const oddTime = (ms: unknown): string =>
  wordsOf(ms === null || ms === undefined ? NO_TIME : withValues(ODD_TIME, { value: shortly(ms) }));
const NO_TIME = /*i18n*/ { id: 'time.unknown', message: 'unknown' };
const ODD_TIME = /*i18n*/ { id: 'time.odd', message: 'invalid time: {value}' } as const;

/** What came instead of a value, as text that fits a cell. */
function shortly(value: unknown): string {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : (JSON.stringify(value) ?? '?');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

const spans = byLocale((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
const SPANS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** `3 months ago`, `yesterday`, in whole spans that have passed. @param ms epoch ms */
export function relative(ms: number, now: number = Date.now()): string {
  if (!isLikelyTime(ms)) return oddTime(ms);
  const seconds = (ms - now) / 1000;
  for (const [unit, length] of SPANS) {
    if (Math.abs(seconds) >= length) return spans().format(Math.trunc(seconds / length), unit);
  }
  return spans().format(0, 'second');
}

/** `2026-11-24 15:04:05` in the browser's time zone. @param ms epoch ms */
export const exact = (ms: number): string => (isTime(ms) ? dayjs(ms).format('YYYY-MM-DD HH:mm:ss') : oddTime(ms));

/** `2026-11-24` in the browser's time zone. @param ms epoch ms */
export const day = (ms: number): string => (isTime(ms) ? dayjs(ms).format('YYYY-MM-DD') : oddTime(ms));

/** `14:02` where that was today, else `2026-11-24 14:02`, in the browser's time zone. @param ms epoch ms */
export function clock(ms: number, now: number = Date.now()): string {
  if (!isTime(ms)) return oddTime(ms);
  return dayjs(ms).format(day(ms) === day(now) ? 'HH:mm' : 'YYYY-MM-DD HH:mm');
}

/** Local midnight at the start of `YYYY-MM-DD`, as epoch ms; null when that is no day of the calendar. */
export function startOfDay(text: string): number | null {
  const parsed = dayjs(text);
  // dayjs folds 2026-02-31 into March: only what comes back as it went in is a day.
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parsed.isValid() && parsed.format('YYYY-MM-DD') === text
    ? parsed.valueOf()
    : null;
}

/** The last ms of a day. @param start its midnight, as `startOfDay` gives it */
export const endOfDay = (start: number): number => dayjs(start).endOf('day').valueOf();

/** Local midnight of the Monday of that week, so many weeks before, as epoch ms. */
export function startOfWeek(ms: number, weeksBefore = 0): number {
  const midnight = dayjs(ms).startOf('day');
  return midnight.subtract(((midnight.day() + 6) % 7) + 7 * weeksBefore, 'day').valueOf();
}

/** `26 Nov 2024, 00:00`: the month in words, since 11/12 is two days. In the browser's time zone. @param ms epoch ms */
export const moment = (ms: number): string => moments().format(ms);

const moments = byLocale(
  // English as Glia writes it: the day before the month, 24 hours.
  (tag) => new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, { dateStyle: 'medium', timeStyle: 'short' }),
);

/** `1 h 05 min`, `3 min 20 s`, `12 s`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return wordsOf(NO_DURATION);
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return wordsOf(withValues(SECONDS, { seconds }));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return wordsOf(withValues(MINUTES, { minutes, seconds: twoDigits(seconds % 60) }));
  return wordsOf(withValues(HOURS, { hours: Math.floor(minutes / 60), minutes: twoDigits(minutes % 60) }));
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
const NO_DURATION = /*i18n*/ { id: 'time.no-duration', message: 'an unknown time' };
const SECONDS = /*i18n*/ { id: 'time.short-seconds', message: '{seconds} s' } as const;
const MINUTES = /*i18n*/ { id: 'time.short-minutes', message: '{minutes} min {seconds} s' } as const;
const HOURS = /*i18n*/ { id: 'time.short-hours', message: '{hours} h {minutes} min' } as const;
