import { plural, t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { READ_PAGE } from '~/data/list-reader';
import type { RoomListState } from '~/data/room-list';
import { roomRowFiltersSet, searchesWithFilter } from '~/data/room-rows';
import { ReadList, type ReadControl, type ReadWords } from '~/entities/list/ReadList';
import { formatCount } from '~/lib/numbers';
import { roomFilterSentence } from './room-filter-words';

export const READ_WORDS: ReadWords = {
  read: (count) => plural(count, { one: '# room read', other: '# rooms read' }),
  readOf: (done, all) => t`${done} of ${all} rooms read`,
};

/** In place of the list: what must be read to show it, and what that costs. It never starts by itself. */
export function ReadAllRooms({ state, ...control }: ReadControl & { state: RoomListState }) {
  const words = roomFilterSentence(state);
  const page = formatCount(READ_PAGE);
  const isSearch = state.search_term !== '';
  return (
    <ReadList
      {...control}
      words={READ_WORDS}
      title={
        roomRowFiltersSet(state) > 0 || searchesWithFilter(state)
          ? t`Synapse can’t filter the list this way`
          : t`Read the whole list`
      }
    >
      {words !== null && <Text size="sm">{t`Your filter: ${words}.`}</Text>}
      {searchesWithFilter(state) && (
        <Text size="sm">{t`While it searches, Synapse ignores “public” and “empty” for most rooms.`}</Text>
      )}
      <Text size="sm">
        {isSearch
          ? t`Glia can read the rooms that the search finds and filter them here: one request for each ${page} rooms. Reading changes nothing.`
          : t`Glia can read the whole list and filter it here: one request for each ${page} rooms. Reading changes nothing.`}
      </Text>
    </ReadList>
  );
}
