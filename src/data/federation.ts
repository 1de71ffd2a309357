import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import {
  DESTINATION_ORDERS,
  destinationRooms,
  failingDestinations,
  legibleDestination,
  listDestinations,
  type Destination,
  type DestinationRoom,
} from '~/api/federation';
import type { Homeserver } from '~/api/request';
import { shownRows } from '~/api/rows';
import type { ListAnswer, ListQuery } from './list-query';
import { columnIds, oneOf, pageNumber, pageRange, pageSize, searchText } from './list-state';

/** Columns beside the one that says which server. */
export const DESTINATION_COLUMNS = [
  'state',
  'failure_ts',
  'retry_last_ts',
  'next',
  'retry_interval',
  'last_successful_stream_ordering',
] as const;
export type DestinationColumn = (typeof DESTINATION_COLUMNS)[number];

/** The list of servers in the URL. */
export const destinationListSchema = z.object({
  destination: searchText,
  failing: oneOf(['any', 'only'], 'any'),
  order_by: oneOf(DESTINATION_ORDERS, 'destination'),
  dir: oneOf(['f', 'b'], 'f'),
  page: pageNumber,
  size: pageSize,
  columns: columnIds(DESTINATION_COLUMNS, ['state', 'failure_ts', 'retry_last_ts', 'next']),
});
export type DestinationListState = z.output<typeof destinationListSchema>;

export const USUAL_DESTINATION_LIST: DestinationListState = z.parse(destinationListSchema, {});

/** What finds all that match. */
export interface DestinationFilter {
  destination?: string;
  failing?: true;
}

export const destinationFilter = ({ destination, failing }: DestinationListState): DestinationFilter => ({
  ...(destination !== '' && { destination }),
  ...(failing === 'only' && { failing: true }),
});

/** The rooms of one server: they have no order but that of their IDs. */
export const destinationRoomsSchema = z.object({
  order_by: oneOf(['room_id'], 'room_id'),
  dir: oneOf(['f', 'b'], 'f'),
  page: pageNumber,
  size: pageSize,
  columns: columnIds(['members'], ['members']),
});
export type DestinationRoomsState = z.output<typeof destinationRoomsSchema>;

export const federation = {
  list: (hs: Homeserver, state: DestinationListState): ListQuery<ListAnswer<Destination>> =>
    state.failing === 'only' ? failing(hs, state) : pageOf(hs, state),
  one: (hs: Homeserver, name: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'federation', 'one', name],
      queryFn: ({ signal }) => legibleDestination(hs, name, signal),
    }),
  rooms: (hs: Homeserver, name: string, state: DestinationRoomsState): ListQuery<ListAnswer<DestinationRoom>> => {
    const query = { ...pageRange(state), dir: state.dir };
    return {
      queryKey: [hs.baseUrl, 'federation', 'rooms', name, query],
      queryFn: async ({ signal }) => {
        const answer = await destinationRooms(hs, name, query, signal);
        return { rows: shownRows(answer), odd: answer.odd, total: answer.total, from: query.from };
      },
    };
  },
} as const;

function pageOf(hs: Homeserver, state: DestinationListState): ListQuery<ListAnswer<Destination>> {
  const { order_by, dir } = state;
  const query = { ...destinationFilter(state), order_by, dir, ...pageRange(state) };
  return {
    queryKey: [hs.baseUrl, 'destinations', 'list', query],
    queryFn: async ({ signal }) => {
      const { from } = query;
      // No server has such a name, and Synapse refuses to look for it.
      if (!isAscii(state.destination)) return { rows: [], odd: [], total: 0, from };
      const answer = await listDestinations(hs, query, signal);
      return { rows: shownRows(answer), odd: answer.odd, total: answer.total, from };
    },
  };
}

/** Synapse has no filter for it: those that fail are read once, and each page and order is made of them. */
function failing(hs: Homeserver, state: DestinationListState): ListQuery<ListAnswer<Destination>> {
  const { destination } = destinationFilter(state);
  const { from, limit } = pageRange(state);
  return {
    queryKey: [hs.baseUrl, 'destinations', 'failing', destination ?? ''],
    queryFn: async ({ signal }) => {
      if (!isAscii(state.destination)) return { rows: [], odd: [], total: 0, from: 0 };
      const { rows, odd } = await failingDestinations(hs, destination, signal);
      return { rows, odd, total: rows.length, from: 0 };
    },
    select: ({ rows, odd, total }) => ({
      rows: sortDestinations(rows, state).slice(from, from + limit),
      odd,
      total,
      from,
    }),
  };
}

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

/** As the homeserver would sort them; what has no value comes last. */
export function sortDestinations(
  rows: readonly Destination[],
  { order_by, dir }: Pick<DestinationListState, 'order_by' | 'dir'>,
): Destination[] {
  const turn = dir === 'b' ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [one[order_by] ?? null, other[order_by] ?? null];
    if (a === b) return one.destination < other.destination ? -1 : 1;
    if (a === null || b === null) return a === null ? 1 : -1;
    return a < b ? -turn : turn;
  });
}
