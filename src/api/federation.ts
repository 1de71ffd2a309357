import * as z from 'zod/mini';
import { everyPage } from './pages';
import { path, request, type Homeserver } from './request';
import { legibly, listTotal, nextOffset, rowsOf, type Legible, type OddRow, type Rows } from './rows';

/** Federation: the servers that this one has sent something to (`synapse/rest/admin/federation.py`). All throw HomeserverError. */

export const destinationSchema = z.object({
  destination: z.string(),
  /** When it last failed, ms; 0: the last attempt got through. */
  retry_last_ts: z.nullish(z.number()),
  /** How long Synapse waits after that, ms. */
  retry_interval: z.nullish(z.number()),
  /** Since when it fails, ms. */
  failure_ts: z.nullish(z.number()),
  /** A position in this server's stream of events, not a time; null: nothing got through yet. */
  last_successful_stream_ordering: z.nullish(z.number()),
});
export type Destination = z.output<typeof destinationSchema>;

export const DESTINATION_ORDERS = [
  'destination',
  'failure_ts',
  'retry_last_ts',
  'retry_interval',
  'last_successful_stream_ordering',
] as const;
export type DestinationOrder = (typeof DESTINATION_ORDERS)[number];

export interface DestinationsQuery {
  from?: number;
  limit?: number;
  /** In its name, upper and lower case alike; an SQL LIKE. */
  destination?: string;
  order_by?: DestinationOrder;
  dir?: 'f' | 'b';
}

interface DestinationsPage extends Rows<Destination> {
  total: number;
  next: number | undefined;
}

const destinationsSchema = z.object({
  destinations: rowsOf(destinationSchema),
  total: listTotal,
  next_token: nextOffset,
});

export async function listDestinations(
  hs: Homeserver,
  query: DestinationsQuery,
  signal?: AbortSignal,
): Promise<DestinationsPage> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/federation/destinations`,
    feature: 'destinations',
    query: { ...query },
    schema: destinationsSchema,
    signal,
  });
  return { ...answer.destinations, total: answer.total, next: answer.next_token };
}

/** Whether the last attempt to reach it failed: Synapse then waits before it tries again. */
export const isFailing = ({ retry_last_ts: last }: Pick<Destination, 'retry_last_ts'>): boolean =>
  last != null && last > 0;

/** Rows of one request. */
const PAGE = 1000;

/**
 * Those that fail. Synapse has no filter for it: sorted by their last failure they come first, so that no more is read than
 * them and one page. PostgreSQL puts those without a value before them.
 */
export async function failingDestinations(
  hs: Homeserver,
  destination: string | undefined,
  signal?: AbortSignal,
): Promise<Rows<Destination>> {
  const rows: Destination[] = [];
  const odd: OddRow<Destination>[] = [];
  await everyPage(
    (from) => listDestinations(hs, { destination, from, limit: PAGE, order_by: 'retry_last_ts', dir: 'b' }, signal),
    (page) => {
      rows.push(...page.rows.filter(isFailing));
      odd.push(...page.odd);
      const isEnd = page.rows.some(({ retry_last_ts: last }) => last != null && last <= 0);
      return isEnd ? 0 : page.rows.length + page.odd.length;
    },
  );
  return { rows, odd };
}

export interface FailingServers {
  /** Those of one page that fail, the longest first where the time is known. */
  readonly failing: readonly Destination[];
  /** There may be more. */
  readonly isPart: boolean;
}

/**
 * Those that fail longest, mostly by one request. PostgreSQL puts servers that don't fail last, SQLite first: only where these fill a
 * page is the list asked for from its other end.
 */
export async function longestFailing(hs: Homeserver, signal?: AbortSignal): Promise<FailingServers> {
  const ask = (dir: 'f' | 'b') => listDestinations(hs, { limit: PAGE, order_by: 'failure_ts', dir }, signal);
  const first = await ask('f');
  const isOtherEnd = first.next !== undefined && first.rows.every(({ failure_ts: since }) => since == null);
  const page = isOtherEnd ? await ask('b') : first;
  const failing = page.rows.filter(isFailing);
  const last = page.rows.at(-1);
  return {
    failing: failing.toSorted((one, other) => (one.failure_ts ?? Infinity) - (other.failure_ts ?? Infinity)),
    isPart: page.next !== undefined && last !== undefined && isFailing(last),
  };
}

/** All of them, page by page. @param onRead how many there are so far */
export async function allDestinations(
  hs: Homeserver,
  destination: string | undefined,
  signal?: AbortSignal,
): Promise<Rows<Destination>> {
  const rows: Destination[] = [];
  const odd: OddRow<Destination>[] = [];
  await everyPage(
    (from) => listDestinations(hs, { destination, from, limit: PAGE, order_by: 'destination' }, signal),
    (page) => {
      rows.push(...page.rows);
      odd.push(...page.odd);
      return page.rows.length + page.odd.length;
    },
  );
  return { rows, odd };
}

/** One of them, though a field of it may be odd. 404 for a server that this one has never sent anything to. */
export function legibleDestination(hs: Homeserver, name: string, signal?: AbortSignal): Promise<Legible<Destination>> {
  return request(hs, {
    path: path`/_synapse/admin/v1/federation/destinations/${name}`,
    feature: 'destinations',
    schema: legibly(destinationSchema),
    signal,
  });
}

const destinationRoomSchema = z.object({ room_id: z.string(), stream_ordering: z.nullish(z.number()) });
export type DestinationRoom = z.output<typeof destinationRoomSchema>;

const destinationRoomsSchema = z.object({
  rooms: rowsOf(destinationRoomSchema),
  total: listTotal,
  next_token: nextOffset,
});

/** The rooms that this server shares with it, by their IDs. */
export async function destinationRooms(
  hs: Homeserver,
  name: string,
  query: { from: number; limit: number; dir: 'f' | 'b' },
  signal?: AbortSignal,
): Promise<Rows<DestinationRoom> & { total: number }> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/federation/destinations/${name}/rooms`,
    feature: 'destination-rooms',
    query,
    schema: destinationRoomsSchema,
    signal,
  });
  return { ...answer.rooms, total: answer.total };
}
