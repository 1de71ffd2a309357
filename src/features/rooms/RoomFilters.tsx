import { Text } from '@mantine/core';
import { lacks } from '~/api/since';
import type { RoomListState } from '~/data/rooms';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';
import { wordsOf } from '~/lib/words';

interface RoomFiltersProps {
  state: RoomListState;
  version: string;
  canFilter: boolean;
  onChange(patch: Partial<RoomListState>, options?: { replace?: boolean }): void;
}

const PUBLIC = [
  { value: 'any', label: 'All' },
  { value: 'only', label: 'Public only' },
  { value: 'none', label: 'Not public' },
] as const;
const EMPTY = [
  { value: 'any', label: 'All' },
  { value: 'only', label: 'Empty only' },
  { value: 'none', label: 'Not empty' },
] as const;

const NO_FILTERS = { public_rooms: 'any', empty_rooms: 'any' } as const;

/** A search and the filters put each other aside: the server can't combine them (see `roomListSchema`). */
export function RoomFilters({ state, version, canFilter, onChange }: RoomFiltersProps) {
  const { public_rooms, empty_rooms, search_term } = state;
  const set = [public_rooms, empty_rooms].filter((value) => value !== 'any').length;
  return (
    <>
      <FilterRow
        set={set}
        search={
          <SearchField
            label="Search"
            placeholder="In the name or the alias, or a whole room id"
            value={search_term}
            onSearch={(text) => onChange({ ...NO_FILTERS, search_term: text }, { replace: true })}
          />
        }
      >
        {canFilter && (
          <>
            <FilterChoice
              label="Public"
              choices={PUBLIC}
              value={public_rooms}
              onChange={(value) => onChange({ public_rooms: value, search_term: '' })}
            />
            <FilterChoice
              label="Empty"
              choices={EMPTY}
              value={empty_rooms}
              onChange={(value) => onChange({ empty_rooms: value, search_term: '' })}
            />
          </>
        )}
      </FilterRow>
      <Text size="xs" c="dimmed">
        {canFilter
          ? 'A search and the filters put each other aside: Synapse applies filters to a search only in part, and would list rooms that don’t match.'
          : `Rooms can’t be filtered by “public” and “empty”. ${wordsOf(lacks(version, 'room-filters') ?? '')}`}
      </Text>
    </>
  );
}
