import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { has, lacks } from '~/api/since';
import type { RoomListState } from '~/data/room-list';
import { roomRowFiltersSet } from '~/data/room-rows';
import type { FiltersProps } from '~/entities/list/list';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';
import { wordsOf } from '~/lib/words';
import { MoreRoomFilters } from './MoreRoomFilters';
import { EMPTY, LISTED } from './room-filter-words';

export function RoomFilters({ state, session, onChange }: FiltersProps<RoomListState>) {
  const { public_rooms, empty_rooms, search_term } = state;
  const set = [public_rooms, empty_rooms].filter((value) => value !== 'any').length + roomRowFiltersSet(state);
  const lacking = lacks(session.version, 'room-filters');
  return (
    <>
      <FilterRow
        set={set}
        search={
          <SearchField
            label={t`Search`}
            placeholder={t`Name, alias, room ID or link`}
            value={search_term}
            onSearch={(text) => onChange({ search_term: text }, { replace: true })}
          />
        }
      >
        {has(session.version, 'room-filters') && (
          <>
            <FilterChoice
              label={t`Room directory`}
              choices={LISTED}
              value={public_rooms}
              onChange={(value) => onChange({ public_rooms: value })}
            />
            <FilterChoice
              label={t`Empty`}
              choices={EMPTY}
              value={empty_rooms}
              onChange={(value) => onChange({ empty_rooms: value })}
            />
          </>
        )}
        <MoreRoomFilters state={state} session={session} onChange={onChange} />
      </FilterRow>
      {lacking !== null && (
        <Text size="xs" c="dimmed" role="status">
          {lackingWords(wordsOf(lacking))}
        </Text>
      )}
    </>
  );
}

const lackingWords = (reason: string): string => t`You can’t filter by “public” and “empty” here. ${reason}`;
