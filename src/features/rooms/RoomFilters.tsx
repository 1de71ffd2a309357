import { Text } from '@mantine/core';
import { has, lacks } from '~/api/since';
import type { RoomListState } from '~/data/rooms';
import type { FiltersProps } from '~/entities/list/list';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';
import { wordsOf } from '~/lib/words';

const PUBLIC = [
  { value: 'any', label: 'All' },
  { value: 'only', label: 'Public' },
  { value: 'none', label: 'Not public' },
] as const;
const EMPTY = [
  { value: 'any', label: 'All' },
  { value: 'only', label: 'Empty' },
  { value: 'none', label: 'Not empty' },
] as const;

/** Filters rest while one searches, since the server can't combine them (see `roomFilter`), and hold again afterwards. */
export function RoomFilters({ state, session, onChange }: FiltersProps<RoomListState>) {
  const { version } = session;
  const canFilter = has(version, 'room-filters');
  const { public_rooms, empty_rooms, search_term } = state;
  const isSearching = search_term !== '';
  const set = [public_rooms, empty_rooms].filter((value) => value !== 'any').length;
  const note = !canFilter
    ? `Rooms can’t be filtered by “public” and “empty”. ${wordsOf(lacks(version, 'room-filters') ?? '')}`
    : isSearching && set > 0
      ? 'Your filters don’t apply while you search, because Synapse ignores some of them then. Clear the search to use them again.'
      : null;
  return (
    <>
      <FilterRow
        set={set}
        search={
          <SearchField
            label="Search"
            placeholder="In the name or the alias, or a whole room id"
            value={search_term}
            onSearch={(text) => onChange({ search_term: text }, { replace: true })}
          />
        }
      >
        {canFilter && (
          <>
            <FilterChoice
              label="Public"
              choices={PUBLIC}
              value={public_rooms}
              disabled={isSearching}
              onChange={(value) => onChange({ public_rooms: value })}
            />
            <FilterChoice
              label="Empty"
              choices={EMPTY}
              value={empty_rooms}
              disabled={isSearching}
              onChange={(value) => onChange({ empty_rooms: value })}
            />
          </>
        )}
      </FilterRow>
      {note !== null && (
        <Text size="xs" c="dimmed" role="status">
          {note}
        </Text>
      )}
    </>
  );
}
