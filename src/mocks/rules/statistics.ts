import type { Answer } from '../answer';
import { bad, ok } from '../answer';
import type { Call, Route } from '../call';
import { route } from '../call';
import { like } from '../params';
import { numericNext, sortRows } from '../sort';
import { stateEventCount } from './room-facts';

interface Row {
  user_id: string;
  displayname: string | null;
  media_count: number;
  media_length: number | null;
}

/** §4: `from_ts` and `until_ts` look at `created_ts`, both inclusive. No tie-break. Only users that own media appear. */
function usersMedia({ state, query }: Call): Answer {
  const orderBy = query.oneOf('order_by', ['user_id', 'displayname', 'media_length', 'media_count'], 'user_id');
  const from = query.integer('from', 0);
  const limit = query.integer('limit', 100);
  const fromTs = query.integer('from_ts', 0);
  const untilTs = query.integer('until_ts');
  if (untilTs !== undefined && untilTs <= fromTs) {
    throw bad('Query parameter until_ts must be greater than from_ts.', 'M_INVALID_PARAM');
  }
  const term = query.text('search_term');
  if (term === '') throw bad('Query parameter search_term cannot be an empty string.', 'M_INVALID_PARAM');
  const dir = query.dir();
  const byUser = new Map<string, Row>();
  for (const media of state.media.values()) {
    if (media.user_id === null || media.created_ts < fromTs || media.created_ts > (untilTs ?? Infinity)) continue;
    const row = byUser.get(media.user_id) ?? {
      user_id: media.user_id,
      displayname: state.users.get(media.user_id)?.displayname ?? null,
      media_count: 0,
      media_length: null,
    };
    row.media_count += 1;
    // SUM() ignores NULLs, and is NULL when there is nothing else.
    if (media.media_length !== null) row.media_length = (row.media_length ?? 0) + media.media_length;
    byUser.set(media.user_id, row);
  }
  const fits = term === undefined ? () => true : like(`%${term}%`);
  const rows = [...byUser.values()].filter(
    (row) => fits(row.user_id) || (row.displayname !== null && fits(row.displayname)),
  );
  const sorted = sortRows(rows, (row) => row[orderBy], dir === 'b');
  return ok({ users: sorted.slice(from, from + limit), total: rows.length, ...numericNext(from, limit, rows.length) });
}

/** Ten largest, by an estimate; PostgreSQL only (§4). */
function largestRooms({ state }: Call): Answer {
  if (state.config.sqlite) throw bad('Endpoint requires using PostgreSQL');
  const rooms = [...state.rooms.values()].map((room) => ({
    room_id: room.room_id,
    estimated_size: stateEventCount(room) * 1_480 + room.events.length * 2_310,
  }));
  return ok({ rooms: sortRows(rooms, (row) => row.estimated_size, true).slice(0, 10) });
}

export const statisticsRoutes: readonly Route[] = [
  route('/_synapse/admin/v1/statistics/users/media', { GET: usersMedia }, { since: '1.23' }),
  route('/_synapse/admin/v1/statistics/database/rooms', { GET: largestRooms }, { since: '1.83' }),
];
