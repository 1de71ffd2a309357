import { msg } from '@lingui/core/macro';
import type { UserRow } from '~/api/users';
import type { UserColumn } from '~/data/user-list';
import { paths } from '~/lib/paths';
import { shownId, shownText } from '~/lib/shown-text';
import type { Column } from '~/ui/DataTable';
import { localpartOf } from './localpart';
import { Moment } from '~/ui/Moment';
import { Who } from '~/ui/Who';
import { UserPicture } from './UserPicture';
import { UserState } from './UserState';
import { Outside } from '~/ui/Outside';

export const WHICH_USER: Column<UserRow> = {
  id: 'name',
  header: msg`User`,
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

export const OF_USER: Readonly<Record<UserColumn, Omit<Column<UserRow>, 'id'>>> = {
  state: { header: msg`Status`, width: 'minmax(9rem, 1.2fr)', cell: (user) => <UserState user={user} /> },
  user_type: {
    header: msg`Type`,
    width: 'minmax(5rem, 0.5fr)',
    sortable: true,
    cell: (user) => <Outside text={user.user_type} longest={60} />,
  },
  creation_ts: {
    header: msg`Created`,
    width: 'minmax(7.5rem, 0.7fr)',
    sortable: true,
    cell: (user) => <Moment ms={user.creation_ts} />,
  },
  last_seen_ts: {
    header: msg`Last seen`,
    width: 'minmax(7.5rem, 0.7fr)',
    sortable: true,
    cell: (user) => <Moment ms={user.last_seen_ts} />,
  },
};
