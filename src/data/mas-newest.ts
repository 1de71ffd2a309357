import type { OddRow } from '~/api/rows';
import type { MasPage, MasPaging } from '~/api/mas/paging';

/** A part of a list of MAS, newest first. MAS has no order but that of creation, and shows the last so many before a cursor. */
export interface NewestOf<Row> {
  readonly rows: readonly Row[];
  readonly odd: readonly OddRow[];
  /** All that match, as MAS counts them; undefined: not counted. */
  readonly total: number | undefined;
  /** Before which one the older ones come; null: there are none. */
  readonly older: string | null;
}

/** Whoever has them is looked up, one by one. */
const PAGE = 50;

/** Only the first part is counted. */
export const newestPage = (before: string | null): MasPaging => ({
  last: PAGE,
  ...(before === null ? {} : { before, count: false }),
});

/** @param rows those to show, in the order of the page */
export const newestOf = <Row>(page: MasPage<unknown>, rows: readonly Row[]): NewestOf<Row> => ({
  rows: rows.toReversed(),
  odd: page.rows.odd,
  total: page.total,
  older: page.hasMore ? (page.start ?? null) : null,
});
