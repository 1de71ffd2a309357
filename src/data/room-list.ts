import * as z from 'zod/mini';
// A name of its own: the linter takes `z.catch` for a promise’s.
import { catch as orElse } from 'zod/mini';
import { has } from '~/api/since';
import { LARGEST_FIRST, ROOM_ORDERS, type RoomOrder, type RoomsQuery } from '~/api/rooms';
import { columnIds, oneOf, pageNumber, pageRange, pageSize, searchText } from './list-state';

/** Columns beside the one that says which room. */
export const ROOM_COLUMNS = [
  'state',
  'joined_members',
  'joined_local_members',
  'version',
  'creator',
  'history_visibility',
  'guest_access',
  'federatable',
  'state_events',
] as const;
export type RoomColumn = (typeof ROOM_COLUMNS)[number];

/** A number as it stands in a field; '' where none is meant. */
const countText = orElse(z.string().check(z.regex(/^\d{0,9}$/)), '');

/** The rooms list in the URL. */
export const roomListSchema = z.object({
  search_term: searchText,
  public_rooms: oneOf(['any', 'only', 'none'], 'any'),
  empty_rooms: oneOf(['any', 'only', 'none'], 'any'),
  /** Whether anybody of this homeserver is in it. */
  locals: oneOf(['any', 'some', 'none'], 'any'),
  encrypted: oneOf(['any', 'only', 'none'], 'any'),
  federated: oneOf(['any', 'only', 'none'], 'any'),
  room_type: oneOf(['any', 'room', 'space', 'other'], 'any'),
  join_rule: oneOf(['any', 'public', 'invite', 'knock', 'restricted', 'knock_restricted', 'other'], 'any'),
  /** Whether another room has replaced it: each room is asked about. */
  replaced: oneOf(['any', 'only', 'none'], 'any'),
  /** Exactly this version. */
  version_is: searchText,
  /** Exactly this server. */
  creator_server: searchText,
  /** How many members, both included. */
  members_from: countText,
  members_to: countText,
  /** More state events than this. */
  state_above: countText,
  /** `all`: the whole list is read before it is shown, which some filters need. */
  read: oneOf(['page', 'all'], 'page'),
  order_by: oneOf(ROOM_ORDERS, 'name'),
  /** `f` is ascending here, whatever the server means by it: see `roomDirection`. */
  dir: oneOf(['f', 'b'], 'f'),
  page: pageNumber,
  size: pageSize,
  columns: columnIds(ROOM_COLUMNS, ['state', 'joined_members', 'version', 'creator']),
});
export type RoomListState = z.output<typeof roomListSchema>;

export const USUAL_ROOM_LIST: RoomListState = z.parse(roomListSchema, {});

/**
 * What is asked of the server, and nothing about the page. Never both a search and a filter: the server would apply filters to rooms
 * found by their ID only (`store/room.py:833-862`), and list rooms that don't match. `room-rows.ts` applies them then.
 */
export function roomFilter(state: Pick<RoomListState, 'search_term' | 'public_rooms' | 'empty_rooms'>): RoomsQuery {
  if (state.search_term !== '') return { search_term: state.search_term };
  const query: RoomsQuery = {};
  if (state.public_rooms !== 'any') query.public_rooms = state.public_rooms === 'only';
  if (state.empty_rooms !== 'any') query.empty_rooms = state.empty_rooms === 'only';
  return query;
}

/** An older Synapse would ignore the filters, and the page would claim that they apply. */
export const answerableRoomList = (state: RoomListState, version: string): RoomListState =>
  has(version, 'room-filters') ? state : { ...state, public_rooms: 'any', empty_rooms: 'any' };

/** The server's `dir` for a true ascending or descending: by numbers it begins with the largest where it says `f`. */
export function roomDirection(order: RoomOrder, ascending: boolean): 'f' | 'b' {
  return ascending === LARGEST_FIRST.has(order) ? 'b' : 'f';
}

/** The one request of a page of the list. */
export function roomPageQuery(state: RoomListState): RoomsQuery {
  const dir = roomDirection(state.order_by, state.dir === 'f');
  return { ...roomFilter(state), order_by: state.order_by, dir, ...pageRange(state) };
}
