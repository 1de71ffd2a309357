import { msg, plural, t } from '@lingui/core/macro';
import { Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { ShownMedia } from '~/api/media';
import { readParams, writeParams } from '~/data/list-state';
import { mediaListSchema, mediaPageQuery, USUAL_MEDIA_LIST, type MediaListState } from '~/data/media-list';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { BulkMenu } from '~/entities/action/BulkMenu';
import type { ListDefinition, Selected } from '~/entities/list/list';
import { ListPage } from '~/entities/list/ListPage';
import { useOpenWith } from '~/entities/list/use-open-with';
import { MEDIA_ORDER_GROUPS, OF_FILE, WHICH_FILE } from '~/entities/media/columns';
import { MediaGrid } from '~/entities/media/MediaGrid';
import { AllFiles } from './AllFiles';
import { formatBytes } from '~/lib/bytes';
import { paths } from '~/lib/paths';

type View = 'table' | 'grid';

/** All files that a user uploaded, as a table or as cards with pictures. */
export function UserMedia({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const [search, setSearch] = useSearchParams();
  const view: View = search.get('view') === 'grid' ? 'grid' : 'table';
  const list = useMemo(() => filesOf(userId, view), [userId, view]);
  const { data: bytes } = useQuery(users.mediaBytes(homeserver, userId));
  const show = (next: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('view');
        if (next === 'grid') after.set('view', next);
        return after;
      },
      { preventScrollReset: true },
    );
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Text size="sm">{bytes != null && bytesWords(bytes)}</Text>
        <AllFiles userId={userId} />
        <SegmentedControl
          size="xs"
          aria-label={t`View`}
          data={[
            { value: 'table', label: t`Table` },
            { value: 'grid', label: t`Pictures` },
          ]}
          value={view}
          onChange={show}
        />
      </Group>
      <ListPage list={list} />
    </>
  );
}

const NO_FILES = { title: msg`No files`, text: msg`This user has not uploaded any files, or they were deleted.` };

function bytesWords(bytes: number): string {
  const size = formatBytes(bytes);
  return t`Total size: ${size}, according to the homeserver’s statistics`;
}

const filesOf = (userId: string, view: View): ListDefinition<ShownMedia, MediaListState, object> => ({
  name: JSON.stringify(['media', userId]),
  words: {
    label: msg`Media`,
    all: (total) => msg`${plural(total, { one: '# file', other: '# files' })}`,
    some: (first, last, total) => msg`${first}–${last} of ${plural(total, { one: '# file', other: '# files' })}`,
    unread: msg`Could not load the files`,
    refresh: msg`Refresh files`,
  },
  params: {
    read: (params) => readParams(mediaListSchema, params),
    write: (state) => writeParams({ ...state }, USUAL_MEDIA_LIST),
  },
  usual: USUAL_MEDIA_LIST,
  keyOf: ({ media_id }) => media_id,
  which: WHICH_FILE,
  columns: OF_FILE,
  menu: ({ media_id }, { serverName }) => (
    <ActionMenu entity="media" id={`mxc://${serverName}/${media_id}`} look="row" />
  ),
  orders: () => MEDIA_ORDER_GROUPS,
  filter: () => ({}),
  ...(view === 'grid' && { Rows: MediaGrid }),
  // An action on files takes files by name, never all that match.
  selectsEverything: false,
  query: (state, { homeserver }) => users.media(homeserver, userId, mediaPageQuery(state)),
  Actions: ({ selected }) => <SelectedFiles selected={selected} userId={userId} />,
  empty: {
    unmatched: NO_FILES,
    none: NO_FILES,
  },
});

function SelectedFiles({ selected, userId }: { selected: Selected<object>; userId: string }) {
  const { serverName } = useSession();
  const openWith = useOpenWith();
  const take = (kind: string) => {
    const ids = 'ids' in selected ? selected.ids.map((id) => `mxc://${serverName}/${id}`) : [];
    openWith(paths.bulk(kind), { media: { ids, userId } });
  };
  return <BulkMenu entity="media" onChoose={({ kind }) => take(kind)} />;
}
