import { queryOptions } from '@tanstack/react-query';
import { everyPage } from '~/api/pages';
import type { Homeserver } from '~/api/request';
import { listRooms, type RoomRow } from '~/api/rooms';
import { listUploaders, type Uploader } from '~/api/statistics';
import { keyText, readingProgress } from './read-on-demand';

/** Whole lists, for statistics that Synapse does not have: one request for each thousand rows, one after the other. */

/** Rows of one request. */
export const WHOLE_PAGE = 1000;

export interface WholeList<Row> {
  /** Each once, though the list may change while its pages are read. */
  readonly rows: readonly Row[];
  /** Rows that could not be read: they are counted nowhere. */
  readonly odd: number;
  /** So many more there were, by the last answer: the list changed while it was read. */
  readonly missing: number;
}

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly odd: readonly unknown[];
  readonly total: number;
  readonly next: number | undefined;
}

async function readWhole<Row>(
  queryKey: readonly unknown[],
  ask: (from: number) => Promise<Page<Row>>,
  keyOf: (row: Row) => string,
  signal: AbortSignal,
): Promise<WholeList<Row>> {
  const key = keyText(queryKey);
  const rows = new Map<string, Row>();
  let [odd, last] = [0, 0];
  readingProgress.set({ key, read: 0, total: null });
  await everyPage(
    async (from) => {
      signal.throwIfAborted();
      return ask(from);
    },
    (page) => {
      for (const row of page.rows) rows.set(keyOf(row), row);
      odd += page.odd.length;
      const total = Number.isNaN(page.total) ? null : page.total;
      last = total ?? 0;
      if (!signal.aborted) readingProgress.set({ key, read: rows.size + odd, total });
      return page.rows.length + page.odd.length;
    },
  );
  return { rows: [...rows.values()], odd, missing: Math.max(0, last - rows.size - odd) };
}

const KEPT = {
  retry: false,
  staleTime: Infinity,
  gcTime: Infinity,
  structuralSharing: false,
} as const;

export const wholeLists = {
  rooms: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'rooms', 'whole'],
      queryFn: ({ signal, queryKey }): Promise<WholeList<RoomRow>> =>
        readWhole(
          queryKey,
          async (from) => {
            const { rooms: rows, ...page } = await listRooms(hs, { from, limit: WHOLE_PAGE }, signal);
            return { rows, ...page };
          },
          ({ room_id: id }) => id,
          signal,
        ),
      ...KEPT,
    }),
  uploaders: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'statistics', 'whole'],
      queryFn: ({ signal, queryKey }): Promise<WholeList<Uploader>> =>
        readWhole(
          queryKey,
          async (from) => {
            // By their IDs: no other order is stable from page to page.
            const query = { from, limit: WHOLE_PAGE, order_by: 'user_id' } as const;
            const { users: rows, ...page } = await listUploaders(hs, query, signal);
            return { rows, ...page };
          },
          ({ user_id: id }) => id,
          signal,
        ),
      ...KEPT,
    }),
} as const;
