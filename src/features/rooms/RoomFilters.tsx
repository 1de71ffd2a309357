import { msg, t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { has, lacks } from '~/api/since';
import type { RoomListState } from '~/data/rooms';
import type { FiltersProps } from '~/entities/list/list';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';
import { wordsOf } from '~/lib/words';

const LISTED = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Listed` },
  { value: 'none', label: msg`Not listed` },
] as const;
const EMPTY = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Empty` },
  { value: 'none', label: msg`Not empty` },
] as const;

/** The server can't combine a search with filters (see `roomFilter`): they are off during a search, and on again afterwards. */
export function RoomFilters({ state, session, onChange }: FiltersProps<RoomListState>) {
  const canFilter = has(session.version, 'room-filters');
  const { public_rooms, empty_rooms, search_term } = state;
  const isSearching = search_term !== '';
  const set = [public_rooms, empty_rooms].filter((value) => value !== 'any').length;
  const note = noteOf(session.version, isSearching && set > 0);
  return (
    <>
      <FilterRow
        set={set}
        search={
          <SearchField
            label={t`Search`}
            placeholder={t`Name, alias or full room ID`}
            value={search_term}
            onSearch={(text) => onChange({ search_term: text }, { replace: true })}
          />
        }
      >
        {canFilter && (
          <>
            <FilterChoice
              label={t`Room directory`}
              choices={LISTED}
              value={public_rooms}
              disabled={isSearching}
              onChange={(value) => onChange({ public_rooms: value })}
            />
            <FilterChoice
              label={t`Empty`}
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

/** @param isOff filters are set, and a search keeps them from being used */
function noteOf(version: string, isOff: boolean): string | null {
  const lacking = lacks(version, 'room-filters');
  if (lacking !== null) {
    const reason = wordsOf(lacking);
    return t`You can’t filter rooms here. ${reason}`;
  }
  return isOff
    ? t`Your filters don’t apply while you search, because Synapse ignores some of them then. Clear the search to use them again.`
    : null;
}
