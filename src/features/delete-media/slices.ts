import { day, exact, startOfDay } from '~/lib/dates';
import { withValues, type Text } from '~/lib/text';
import { isTime } from '~/lib/times';
import { ruleDate, type Plan } from './plan';

/**
 * Synapse deletes by date in slices of time, oldest first, so that no proxy times out. Each request deletes everything older than
 * its own date, so a slice also deletes what the one before it left.
 */
export interface Slice {
  /** Epoch ms, inclusive; the oldest slice has no beginning. */
  fromTs: number | null;
  /** Epoch ms, exclusive: the server's `before_ts`. */
  beforeTs: number;
}

export interface LocalSlice extends Slice {
  /** Indexes into the plan's files. */
  planned: readonly number[];
  bytes: number;
}

/**
 * The ID of a slice in its job: its `before_ts` to the ms, in UTC. In local time and seconds, two slices could have the same ID:
 * in one second, or an hour apart when the clocks are set back.
 */
export const sliceId = ({ beforeTs }: Slice): string => `before ${new Date(beforeTs).toISOString()}`;

/** `2026-10-01 to 2026-11-01`, the last day excluded. With the time where a slice begins within a day. */
export const sliceName = ({ fromTs, beforeTs }: Slice): Text =>
  fromTs === null
    ? withValues(BEFORE, { until: moment(beforeTs) })
    : withValues(FROM, { from: moment(fromTs), until: moment(beforeTs) });
const BEFORE = /*i18n*/ { id: 'media.month.before', message: 'before {until}' } as const;
const FROM = /*i18n*/ { id: 'media.month', message: '{from} to {until}' } as const;

/** Midnight as the day alone. */
const moment = (ms: number): string => (startOfDay(day(ms)) === ms ? day(ms) : exact(ms));

/** Synapse answers 400 to smaller dates, because it takes them for seconds (`media.py:445-494`). */
const MIN_BEFORE_TS = 30_000_000_000;

/** Each file takes Synapse some ms on disk and in the database: so many are deleted well before a proxy times out. */
export const FILES_A_SLICE = 500;

/** A slice for each month that has planned files, more where a month has many. The last one ends at the plan's own date. */
export function localSlices(plan: Plan, filesASlice = FILES_A_SLICE): LocalSlice[] {
  const { files, rule } = plan;
  const dated = plan.byVerdict.delete
    .flatMap((index) => {
      const file = files[index];
      return file === undefined ? [] : [{ index, ts: ruleDate(rule.by, file), bytes: file.bytes ?? 0 }];
    })
    .toSorted((a, b) => a.ts - b.ts);
  const slices: LocalSlice[] = [];
  let fromTs: number | null = null;
  let planned: number[] = [];
  let bytes = 0;
  let monthEnd = -Infinity;
  let previousTs = -Infinity;
  for (const { index, ts, bytes: size } of dated) {
    // `before_ts` can't separate files of the same millisecond.
    const full = planned.length >= filesASlice && ts !== previousTs && ts >= MIN_BEFORE_TS;
    if (planned.length > 0 && (ts >= monthEnd || full)) {
      const beforeTs: number = full && ts < monthEnd ? ts : monthEnd;
      slices.push({ fromTs, beforeTs, planned, bytes });
      fromTs = beforeTs;
      planned = [];
      bytes = 0;
    }
    if (ts >= monthEnd)
      monthEnd = Math.min(Math.max(isTime(ts) ? startOfNextMonth(ts) : 0, MIN_BEFORE_TS), rule.beforeTs);
    planned.push(index);
    bytes += size;
    previousTs = ts;
  }
  if (planned.length > 0) slices.push({ fromTs, beforeTs: rule.beforeTs, planned, bytes });
  return slices;
}

/** How many months back there is a remote slice for each month. The first slice also has all that is older. */
const REMOTE_MONTHS = 36;

/** The remote media cache can't be listed, so there is a slice for each month of the last three years, and one for all that is older. */
export function remoteSlices(beforeTs: number, months = REMOTE_MONTHS): Slice[] {
  const slices: Slice[] = [];
  let fromTs: number | null = null;
  for (let back = months; back >= 0; back -= 1) {
    const end = back === 0 ? beforeTs : startOfMonth(beforeTs, -back + 1);
    // No empty slice if the date is the first of a month.
    if (fromTs !== null && end <= fromTs) continue;
    slices.push({ fromTs, beforeTs: end });
    fromTs = end;
  }
  return slices;
}

function startOfMonth(ms: number, shift: number): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth() + shift, 1).getTime();
}

const startOfNextMonth = (ms: number) => startOfMonth(ms, 1);
