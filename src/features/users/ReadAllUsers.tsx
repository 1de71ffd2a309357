import { plural, t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { READ_PAGE } from '~/data/list-reader';
import type { Session } from '~/data/session';
import type { UserListState } from '~/data/user-list';
import { createdIn, rowFiltersSet } from '~/data/user-rows';
import type { UsersProgress } from '~/data/users-reader';
import { ListProgress, ReadList, type ReadControl, type ReadWords } from '~/entities/list/ReadList';
import { formatCount } from '~/lib/numbers';
import { lastSeenNote } from './last-seen';
import { rowFilterWords } from './row-filter-words';

const WORDS: ReadWords = {
  read: (count) => plural(count, { one: '# user read', other: '# users read' }),
  readOf: (done, all) => t`${done} of ${all} users read`,
};

/** In place of the list: what must be read to show it, what that costs, and how far it is. It never starts by itself. */
export function ReadAllUsers({ state, session, ...control }: ReadControl & { state: UserListState; session: Session }) {
  const words = rowFilterWords(state);
  const note = state.seen === 'any' ? null : lastSeenNote(session.version);
  return (
    <ReadList
      {...control}
      words={WORDS}
      title={rowFiltersSet(state) > 0 ? t`Synapse can’t filter the list this way` : t`Read the whole list`}
      isPart={createdIn(state) !== null}
    >
      {words !== null && <Text size="sm">{t`Your filter: ${words}.`}</Text>}
      <Text size="sm">{costWords(state)}</Text>
      {note !== null && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </ReadList>
  );
}

function costWords(state: UserListState): string {
  const page = formatCount(READ_PAGE);
  if (state.created_to !== '') {
    return t`Glia can find where these dates begin in the list, with up to 20 small requests, and read that part: one request for each ${page} users. Reading changes nothing.`;
  }
  if (createdIn(state) !== null) {
    return t`Glia can read the newest accounts, back to this date, and filter them here: one request for each ${page} users. Reading changes nothing.`;
  }
  return t`Glia can read the whole list and filter it here: one request for each ${page} users. Reading changes nothing.`;
}

interface ReadProgressProps {
  progress: UsersProgress | null;
  /** Only a part of the list is read, and nobody knows how large it is. */
  isPart?: boolean;
  onCancel(): void;
}

/** How far the reading is, and the way out of it. */
export function ReadProgress(props: ReadProgressProps) {
  return <ListProgress {...props} words={WORDS} />;
}
