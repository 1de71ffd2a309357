import type { RoomsQuery } from '~/api/rooms';
import { commaList, withValues, type Text } from '~/lib/text';
import type { Handover } from './handover';

/** Rooms that a list or a job handed over, in words. */

/** “All 12 rooms that match the list’s filter: empty” */
export function handedRoomsWords(rooms: NonNullable<Handover['rooms']>): Text {
  if ('filter' in rooms) return withValues(ALL, { count: rooms.total, filter: roomFilterWords(rooms.filter) });
  const [roomId] = rooms.ids;
  if (rooms.ids.length === 1 && roomId !== undefined) return withValues(ONLY, { roomId });
  return withValues(rooms.from === 'job' ? LEFT_BY_JOB : SELECTED, { count: rooms.ids.length });
}

/** A filter of the rooms list in words. */
export function roomFilterWords({ search_term: word, public_rooms: listed, empty_rooms: empty }: RoomsQuery): Text {
  const parts = [
    word !== undefined && word !== '' && withValues(NAME, { word }),
    listed !== undefined && (listed ? LISTED : NOT_LISTED),
    empty !== undefined && (empty ? EMPTY : NOT_EMPTY),
  ].filter((part) => part !== false);
  return parts.length === 0 ? EVERY : commaList(parts);
}

const ALL = /*i18n*/ {
  id: 'selection.rooms-matching',
  message:
    '{count, plural, one {The # room that matches the list’s filter: {filter}} other {All # rooms that match the list’s filter: {filter}}}',
} as const;
const ONLY = /*i18n*/ { id: 'selection.room-only', message: 'Only {roomId}' } as const;
const SELECTED = /*i18n*/ {
  id: 'selection.rooms-selected',
  message: 'Only the {count, plural, one {# room} other {# rooms}} selected in the list',
} as const;
const LEFT_BY_JOB = /*i18n*/ {
  id: 'selection.rooms-left-by-job',
  message: 'Only the {count, plural, one {# room} other {# rooms}} that the job did not change',
} as const;
const NAME = /*i18n*/ { id: 'filter.room-name', message: 'name or alias contains “{word}”' } as const;
const LISTED = /*i18n*/ { id: 'filter.room-listed', message: 'listed in the room directory' };
const NOT_LISTED = /*i18n*/ { id: 'filter.room-not-listed', message: 'not listed in the room directory' };
const EMPTY = /*i18n*/ { id: 'filter.room-empty', message: 'empty' };
const NOT_EMPTY = /*i18n*/ { id: 'filter.room-not-empty', message: 'not empty' };
const EVERY = /*i18n*/ { id: 'filter.every-room', message: 'all rooms' };
