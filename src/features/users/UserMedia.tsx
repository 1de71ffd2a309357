import { msg, plural, t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
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
import { formatBytes } from '~/lib/bytes';
import { paths } from '~/lib/paths';

/** All files that a user uploaded. */
export function UserMedia({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const list = useMemo(() => filesOf(userId), [userId]);
  const { data: bytes } = useQuery(users.mediaBytes(homeserver, userId));
  return (
    <>
      {bytes != null && (
        <Text size="sm" mb="xs">
          {bytesWords(bytes)}
        </Text>
      )}
      <ListPage list={list} />
    </>
  );
}

const NO_FILES = { title: msg`No files`, text: msg`This user has not uploaded any files, or they were deleted.` };

function bytesWords(bytes: number): string {
  const size = formatBytes(bytes);
  return t`Total size: ${size}, according to the homeserver’s statistics`;
}

const filesOf = (userId: string): ListDefinition<ShownMedia, MediaListState, object> => ({
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
