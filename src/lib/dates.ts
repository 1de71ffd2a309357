import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime';

dayjs.extend(relativeTime);

/** `3 months ago`. @param ms epoch ms */
export const relative = (ms: number): string => dayjs(ms).fromNow();

/** `2026-11-24 15:04:05` in the browser's time zone. @param ms epoch ms */
export const exact = (ms: number): string => dayjs(ms).format('YYYY-MM-DD HH:mm:ss');

/** `2026-11-24` in the browser's time zone. @param ms epoch ms */
export const day = (ms: number): string => dayjs(ms).format('YYYY-MM-DD');

/** `2026-11` in the browser's time zone. @param ms epoch ms */
export const month = (ms: number): string => dayjs(ms).format('YYYY-MM');

/** Local midnight at the start of `YYYY-MM-DD`, as epoch ms; null when that is no day of the calendar. */
export function startOfDay(text: string): number | null {
  const parsed = dayjs(text);
  // dayjs folds 2026-02-31 into March: only what comes back as it went in is a day.
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parsed.isValid() && parsed.format('YYYY-MM-DD') === text
    ? parsed.valueOf()
    : null;
}

/** `26 Nov 2024, 00:00`: the month in words, since 11/12 is two days. In the browser's time zone. @param ms epoch ms */
export const moment = (ms: number): string => dayjs(ms).format('D MMM YYYY, HH:mm');

/** `1 h 05 min`, `3 min 20 s`, `12 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
