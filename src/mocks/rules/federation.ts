import type { Answer } from '../answer';
import { bad, notFound, ok } from '../answer';
import type { Call, Route } from '../call';
import { route } from '../call';
import { like } from '../params';
import { sortRows, textNext } from '../sort';
import type { Destination } from '../state';

const ORDER = [
  'destination',
  'retry_last_ts',
  'retry_interval',
  'failure_ts',
  'last_successful_stream_ordering',
] as const;

const shown = ({ rooms: _rooms, ...rest }: Destination): Omit<Destination, 'rooms'> => rest;

function list({ query, state }: Call): Answer {
  const from = query.integer('from', 0);
  const limit = query.integer('limit', 100);
  const term = query.text('destination');
  const orderBy = query.oneOf('order_by', ORDER, 'destination');
  const dir = query.dir();
  const fits = term === undefined ? () => true : like(`%${term.toLowerCase()}%`);
  const rows = [...state.destinations.values()].filter(({ destination }) => fits(destination.toLowerCase()));
  const sorted = sortRows(rows, (row) => row[orderBy], dir === 'b', {
    key: (row) => row.destination,
    descending: false,
  });
  return ok({
    destinations: sorted.slice(from, from + limit).map(shown),
    total: rows.length,
    ...textNext(from, limit, rows.length),
  });
}

function find(call: Call): Destination {
  const found = call.state.destinations.get(call.part('destination'));
  if (!found) throw notFound('Unknown destination');
  return found;
}

function rooms(call: Call): Answer {
  const { rooms: all } = find(call);
  const from = call.query.integer('from', 0);
  const limit = call.query.integer('limit', 100);
  const sorted = sortRows(all, (row) => row.room_id, call.query.dir() === 'b');
  return ok({ rooms: sorted.slice(from, from + limit), total: all.length, ...textNext(from, limit, all.length) });
}

/** Not idempotent: 400 the second time (§5.6.6). */
function resetConnection(call: Call): Answer {
  const found = find(call);
  if (found.retry_last_ts === 0) throw bad('The retry timing does not need to be reset for this destination.');
  found.retry_last_ts = 0;
  found.retry_interval = 0;
  found.failure_ts = null;
  return ok({});
}

const V1 = '/_synapse/admin/v1/federation/destinations';

export const federationRoutes: readonly Route[] = [
  route(V1, { GET: list }, { since: '1.49' }),
  route(`${V1}/{destination}`, { GET: (call) => ok(shown(find(call))) }, { since: '1.49' }),
  route(`${V1}/{destination}/rooms`, { GET: rooms }, { since: '1.52' }),
  route(`${V1}/{destination}/reset_connection`, { POST: resetConnection }, { since: '1.52' }),
];
