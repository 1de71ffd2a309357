import type { RoomRow } from '~/api/rooms';
import { fitsRoomSearch } from '~/api/wildcards';
import { serverOf } from '~/lib/mxid';
import type { RoomListState } from './room-list';
import type { Replaced } from './room-replaced';

/** What Synapse can't filter by, though its list says it of each room: the rows that were read are filtered here. */

const RULES: ReadonlySet<string> = new Set(['public', 'invite', 'knock', 'restricted', 'knock_restricted']);

const numberIn = (text: string): number | null => (text === '' ? null : Number(text));

/** How many filters are set that only rows that were read can be held against. */
export function roomRowFiltersSet(state: RoomListState): number {
  const { locals, encrypted, federated, room_type, join_rule, replaced } = state;
  const { version_is, creator_server, members_from, members_to, state_above } = state;
  const choices = [locals, encrypted, federated, room_type, join_rule, replaced].filter((value) => value !== 'any');
  const texts = [version_is, creator_server, state_above].filter((text) => text !== '');
  return choices.length + texts.length + (members_from !== '' || members_to !== '' ? 1 : 0);
}

/** A search and a filter of Synapse's own: it would apply the filter to a part of what it finds. */
export const searchesWithFilter = ({ search_term, public_rooms, empty_rooms }: RoomListState): boolean =>
  search_term !== '' && (public_rooms !== 'any' || empty_rooms !== 'any');

/** Whether the whole list must be read before anything can be shown that holds for all of it. */
export const needsAllRooms = (state: RoomListState): boolean =>
  state.read === 'all' || roomRowFiltersSet(state) > 0 || searchesWithFilter(state);

const holds = (choice: 'any' | 'only' | 'none', is: boolean): boolean => choice === 'any' || (choice === 'only') === is;

function isOfType(wanted: RoomListState['room_type'], type: string | null | undefined): boolean {
  if (wanted === 'any') return true;
  if (wanted === 'space') return type === 'm.space';
  const isRegular = type == null || type === '';
  return wanted === 'room' ? isRegular : !isRegular && type !== 'm.space';
}

function hasRule(wanted: RoomListState['join_rule'], rule: string | null | undefined): boolean {
  if (wanted === 'any') return true;
  return wanted === 'other' ? !RULES.has(rule ?? '') : rule === wanted;
}

/** What is not known fits no bound. */
function isWithin(count: number | null | undefined, from: number | null, to: number | null): boolean {
  if (from === null && to === null) return true;
  return count != null && count >= (from ?? 0) && count <= (to ?? Infinity);
}

export function fitsRoomRow(state: RoomListState, room: RoomRow): boolean {
  const above = numberIn(state.state_above);
  return (
    holds(state.public_rooms, room.public === true) &&
    holds(state.empty_rooms, room.joined_members === 0) &&
    (state.locals === 'any' || (state.locals === 'none') === (room.joined_local_members === 0)) &&
    holds(state.encrypted, room.encryption != null && room.encryption !== '') &&
    holds(state.federated, room.federatable === true) &&
    isOfType(state.room_type, room.room_type) &&
    hasRule(state.join_rule, room.join_rules) &&
    (state.version_is === '' || room.version === state.version_is) &&
    (state.creator_server === '' || serverOf(room.creator ?? '') === state.creator_server.toLowerCase()) &&
    isWithin(room.joined_members, numberIn(state.members_from), numberIn(state.members_to)) &&
    (above === null || (room.state_events ?? 0) > above) &&
    fitsRoomSearch(state.search_term === '' ? {} : { search_term: state.search_term }, room)
  );
}

/** Of the rooms that were asked about; one that could not be told fits neither. */
export const fitsReplaced = ({ replaced }: RoomListState, found: Replaced, { room_id }: RoomRow): boolean =>
  replaced === 'any' || found.get(room_id) === (replaced === 'only');

/** The rows that fit what the list says of them, in its order; what is unknown comes last. */
export function findRoomRows(rooms: readonly RoomRow[], state: RoomListState): RoomRow[] {
  const { order_by, dir } = state;
  const sign = dir === 'b' ? -1 : 1;
  return rooms
    .filter((room) => fitsRoomRow(state, room))
    .toSorted((a, b) => {
      const [one, other] = [sortable(a[order_by]), sortable(b[order_by])];
      if (one === other) return compare(a.room_id, b.room_id);
      if (one === null) return 1;
      if (other === null) return -1;
      return sign * compare(one, other);
    });
}

/** Versions are numbers in a text; names are told apart by their letters, not by capitals. */
function sortable(value: string | number | boolean | null | undefined): string | number | null {
  if (value == null) return null;
  if (typeof value !== 'string') return Number(value);
  return /^\d+$/.test(value) ? value.padStart(20, '0') : value.toLowerCase();
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
