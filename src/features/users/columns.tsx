import type { UserRow } from '~/api/users';
import type { UserColumn } from '~/data/users';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { paths } from '~/lib/paths';
import { shownId, shownText } from '~/lib/shown-text';
import type { Column } from '~/ui/DataTable';
import { Id } from '~/ui/Id';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { Who } from '~/ui/Who';
import { marksOf } from './marks';
import { UserPicture } from './UserPicture';
import { Outside } from '~/ui/Outside';

/** The part before the colon, without the `@`. */
export const localpartOf = (userId: string): string => /^@([^:]+)/.exec(userId)?.[1] ?? userId;

const WHO: Column<UserRow> = {
  id: 'name',
  header: 'User',
  width: 'minmax(15rem, 2.2fr)',
  sortable: true,
  cell: (user) => {
    const name = shownText(user.displayname);
    const localpart = localpartOf(user.name);
    return (
      <Who
        picture={<UserPicture name={name ?? localpart} mxcUrl={user.avatar_url} />}
        name={name}
        unnamed={shownId(localpart)}
        id={user.name}
        to={paths.user(user.name)}
      />
    );
  },
};

const OTHERS: Readonly<Record<UserColumn, Omit<Column<UserRow>, 'id'>>> = {
  state: { header: 'State', width: 'minmax(9rem, 1.2fr)', cell: (user) => <Marks marks={marksOf(user)} none="–" /> },
  user_type: {
    header: 'Type',
    width: 'minmax(5rem, 0.5fr)',
    sortable: true,
    cell: (user) => <Outside text={user.user_type} longest={60} />,
  },
  creation_ts: {
    header: 'Created',
    width: 'minmax(7.5rem, 0.7fr)',
    sortable: true,
    cell: (user) => <Moment ms={user.creation_ts} />,
  },
  last_seen_ts: {
    header: 'Last seen',
    width: 'minmax(7.5rem, 0.7fr)',
    sortable: true,
    cell: (user) => <Moment ms={user.last_seen_ts} />,
  },
  displayname: {
    header: 'Display name',
    width: 'minmax(9rem, 1fr)',
    sortable: true,
    cell: (user) => <Outside text={user.displayname} longest={60} />,
  },
  avatar_url: {
    header: 'Avatar',
    width: 'minmax(9rem, 1fr)',
    sortable: true,
    cell: (user) => (user.avatar_url == null || user.avatar_url === '' ? '–' : <Id value={user.avatar_url} />),
  },
};

const MENU: Column<UserRow> = {
  id: 'actions',
  header: 'Actions',
  width: '4.5rem',
  align: 'end',
  cell: ({ name }) => <ActionMenu entity="user" id={name} look="row" />,
};

export function userColumns(shown: readonly UserColumn[]): Column<UserRow>[] {
  return [WHO, ...shown.map((id): Column<UserRow> => ({ id, ...OTHERS[id] })), MENU];
}

export const headerOf = (id: UserColumn): string => OTHERS[id].header;
