import { queryOptions } from '@tanstack/react-query';
import {
  listEventReports,
  listRoomReports,
  listUserReports,
  oneUserReport,
  wholeEventReport,
  type ReportsPage,
} from '~/api/reports';
import { eventContext } from '~/api/event-context';
import type { Homeserver } from '~/api/request';
import { shownRows, type OddRow } from '~/api/rows';
import { createStore } from '~/lib/store';
import type { ListAnswer, ListQuery } from './list-query';
import type { ReadProgress } from './list-reader';
import { pageRange } from './list-state';
import {
  inOrder,
  keyOfReport,
  listsOf,
  messageReport,
  reportFilter,
  userReport,
  type Report,
  type ReportFilter,
  type ReportListState,
} from './report-list';

/** Rows of one request, where more than a page is read. */
export const REPORTS_PAGE = 1000;

interface Range {
  from: number;
  limit: number;
  dir: 'f' | 'b';
}

interface Part {
  readonly rows: readonly Report[];
  readonly odd: readonly OddRow[];
  readonly total: number;
  readonly next: number | undefined;
}

const NOTHING: Part = { rows: [], odd: [], total: 0, next: undefined };

const asPart = <Row>(page: ReportsPage<Row>, make: (row: Row) => Report): Part => ({
  rows: shownRows(page).map(make),
  odd: page.odd,
  total: page.total,
  next: page.next,
});

async function messagesPart(hs: Homeserver, filter: ReportFilter, range: Range, signal?: AbortSignal): Promise<Part> {
  const { sender, reporter, room } = filter;
  const query = {
    user_id: reporter || undefined,
    room_id: room || undefined,
    event_sender_user_id: sender || undefined,
  };
  return asPart(await listEventReports(hs, { ...query, ...range }, signal), messageReport);
}

async function usersPart(hs: Homeserver, filter: ReportFilter, range: Range, signal?: AbortSignal): Promise<Part> {
  const query = { user_id: filter.reporter || undefined, target_user_id: filter.sender || undefined };
  return asPart(await listUserReports(hs, { ...query, ...range }, signal), userReport);
}

type Read = (range: Range) => Promise<Part>;

/** From the first on: two lists that the homeserver sorts are one only if both are read up to there. */
async function upTo(read: Read, end: number, dir: 'f' | 'b'): Promise<Part> {
  const rows: Report[] = [];
  const odd: OddRow[] = [];
  let from = 0;
  for (;;) {
    const page = await read({ from, limit: Math.min(REPORTS_PAGE, end - from), dir });
    rows.push(...page.rows);
    odd.push(...page.odd);
    const held = page.rows.length + page.odd.length;
    if (page.next === undefined || page.next <= from || held === 0 || page.next >= end)
      return { rows, odd, total: page.total, next: page.next };
    from = page.next;
  }
}

/** One page of the queue. Of one kind it is one request; of both, the lists are merged from their beginnings on. */
async function queuePage(hs: Homeserver, state: ReportListState, signal: AbortSignal): Promise<ListAnswer<Report>> {
  const filter = reportFilter(state);
  const { dir } = state;
  const { from, limit } = pageRange(state);
  const { messages, users } = listsOf(filter);
  const ofMessages: Read = (range) => messagesPart(hs, filter, range, signal);
  const ofUsers: Read = (range) => usersPart(hs, filter, range, signal);
  if (!messages || !users) {
    if (!messages && !users) return { ...NOTHING, from };
    const part = await (messages ? ofMessages : ofUsers)({ from, limit, dir });
    return { rows: part.rows, odd: part.odd, total: part.total, from };
  }
  const [one, other] = await Promise.all([upTo(ofMessages, from + limit, dir), upTo(ofUsers, from + limit, dir)]);
  const rows = inOrder([...one.rows, ...other.rows], dir).slice(from, from + limit);
  return { rows, odd: [...one.odd, ...other.odd], total: one.total + other.total, from };
}

export interface AllReports {
  readonly reports: readonly Report[];
  /** Rows that could not be read at all. */
  readonly lost: number;
  /** As many fewer than the homeserver said: some were dismissed while Glia read. */
  readonly missing: number;
}

/** How far a reading of all is, and of which it is. */
export const allReportsProgress = createStore<(ReadProgress & { readonly key: string; readonly total: number }) | null>(
  null,
);

/** All that match, page by page, the oldest first: what is reported meanwhile comes at the end. */
export async function readAllReports(
  hs: Homeserver,
  filter: ReportFilter,
  signal?: AbortSignal,
  key = '',
): Promise<AllReports> {
  const found = new Map<string, Report>();
  const { messages, users } = listsOf(filter);
  let [lost, total, requests] = [0, 0, 0];
  const readers = [
    ...(messages ? [(range: Range) => messagesPart(hs, filter, range, signal)] : []),
    ...(users ? [(range: Range) => usersPart(hs, filter, range, signal)] : []),
  ];
  for (const read of readers) {
    let from: number | undefined = 0;
    let ofList = 0;
    while (from !== undefined) {
      const page: Part = await read({ from, limit: REPORTS_PAGE, dir: 'f' });
      requests += 1;
      for (const report of page.rows) found.set(keyOfReport(report), report);
      lost += page.odd.filter(({ legible }) => legible === undefined).length;
      ofList = Math.max(ofList, page.total);
      const held = page.rows.length + page.odd.length;
      from = page.next !== undefined && page.next > from && held > 0 ? page.next : undefined;
      if (key !== '' && !signal?.aborted)
        allReportsProgress.set({ key, read: found.size, total: total + ofList, requests });
    }
    total += ofList;
  }
  const reports = inOrder([...found.values()], 'b');
  return { reports, lost, missing: Math.max(0, total - reports.length - lost) || 0 };
}

export const reports = {
  list: (hs: Homeserver, state: ReportListState): ListQuery<ListAnswer<Report>> => ({
    queryKey: [hs.baseUrl, 'reports', 'list', reportFilter(state), state.dir, pageRange(state)],
    queryFn: ({ signal }) => queuePage(hs, state, signal),
  }),
  /** Read at the admin’s word only. */
  all: (hs: Homeserver, filter: ReportFilter) => {
    const queryKey = [hs.baseUrl, 'reports', 'all', filter] as const;
    return queryOptions({
      queryKey,
      queryFn: ({ signal }) => readAllReports(hs, filter, signal, JSON.stringify(queryKey)),
      enabled: false,
      retry: false,
      staleTime: Infinity,
      gcTime: Infinity,
      structuralSharing: false,
    });
  },
  message: (hs: Homeserver, id: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'reports', 'message', id],
      queryFn: ({ signal }) => wholeEventReport(hs, id, signal),
    }),
  /**
   * One whose own page is a 404, found in the list: one request for each 1,000 reports, so only at the admin’s word. Null: it is not
   * there either.
   */
  listedMessage: (hs: Homeserver, id: string) => {
    const queryKey = [hs.baseUrl, 'reports', 'listed', id] as const;
    return queryOptions({
      queryKey,
      queryFn: async ({ signal }) => {
        const filter = { kind: 'messages', sender: '', reporter: '', room: '' } as const;
        const all = await readAllReports(hs, filter, signal, JSON.stringify(queryKey));
        return all.reports.find((report) => String(report.id) === id) ?? null;
      },
      enabled: false,
      retry: false,
      // Somebody may dismiss it: it is not shown again from memory.
      gcTime: 0,
    });
  },
  user: (hs: Homeserver, id: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'reports', 'user', id],
      queryFn: ({ signal }) => oneUserReport(hs, id, signal),
    }),
  /** The event alone, or with those around it: what people wrote is not read again without a word, and not kept for long. */
  context: (hs: Homeserver, event: { roomId: string; eventId: string }, around: number) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'reports', 'context', event, around],
      queryFn: ({ signal }) => eventContext(hs, event, around, signal),
      gcTime: 60_000,
    }),
  /** Null: this homeserver has no list of them. Asked once. */
  ofRooms: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'room-reports'],
      queryFn: ({ signal }) => listRoomReports(hs, signal),
      staleTime: Infinity,
      retry: false,
    }),
} as const;
