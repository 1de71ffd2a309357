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
import { isolated } from '~/lib/shown-text';

/** All files that a user uploaded. */
export function UserMedia({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const list = useMemo(() => filesOf(userId), [userId]);
  const { data: bytes } = useQuery(users.mediaBytes(homeserver, userId));
  return (
    <>
      {bytes != null && (
        <Text size="sm" mb="xs">
          {`${formatBytes(bytes)} in all, by the homeserver’s statistics.`}
        </Text>
      )}
      <ListPage list={list} />
    </>
  );
}

const filesOf = (userId: string): ListDefinition<ShownMedia, MediaListState, object> => ({
  name: `files of ${isolated(userId)}`,
  label: 'Media',
  noun: 'file',
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
  // What is done to files is done to files that were named.
  selectsEverything: false,
  query: (state, { homeserver }) => users.media(homeserver, userId, mediaPageQuery(state)),
  Actions: ({ selected }) => <SelectedFiles selected={selected} userId={userId} />,
  empty: {
    unmatched: { title: 'No files', text: 'No file matches.' },
    none: { title: 'No files', text: 'This user has uploaded nothing, or it was deleted.' },
  },
});

function SelectedFiles({ selected, userId }: { selected: Selected<object>; userId: string }) {
  const { serverName } = useSession();
  const openWith = useOpenWith();
  const take = (kind: string) => {
    const ids = 'ids' in selected ? selected.ids.map((id) => `mxc://${serverName}/${id}`) : [];
    openWith(paths.bulk(kind), { media: { ids, origin: `of ${isolated(userId)}` } });
  };
  return <BulkMenu entity="media" onChoose={({ kind }) => take(kind)} />;
}
