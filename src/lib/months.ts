import dayjs from 'dayjs';

/** A month of the calendar, in the browser's time zone. Both ends are included, epoch ms. */
export interface Month {
  /** `2026-11` */
  readonly key: string;
  readonly from: number;
  readonly until: number;
}

/** The last so many months, the one that runs among them, in order. */
export function lastMonths(count: number, now: number = Date.now()): Month[] {
  return Array.from({ length: count }, (_, index) => {
    const month = dayjs(now).subtract(count - 1 - index, 'month');
    return {
      key: month.format('YYYY-MM'),
      from: month.startOf('month').valueOf(),
      until: month.endOf('month').valueOf(),
    };
  });
}
