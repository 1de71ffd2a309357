import { msg, t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import type { RoomRow } from '~/api/rooms';
import type { RoomColumn } from '~/data/room-list';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { shownText } from '~/lib/shown-text';
import type { Column } from '~/ui/DataTable';
import { UserLink } from '~/entities/user/UserLink';
import { Marks } from '~/ui/Marks';
import { Picture } from '~/ui/Picture';
import { Who } from '~/ui/Who';
import { roomBadges } from './badges';
import { Outside } from '~/ui/Outside';

export const WHICH_ROOM: Column<RoomRow> = {
  id: 'name',
  header: msg`Room`,
  width: 'minmax(15rem, 2.2fr)',
  sortable: true,
  cell: (room) => {
    const name = shownText(room.name);
    const alias = shownText(room.canonical_alias);
    return (
      <Who
        picture={<Picture name={name ?? alias ?? '·'} square />}
        name={name ?? alias}
        unnamed={t`no name`}
        alias={name === null ? null : alias}
        id={room.room_id}
        to={paths.room(room.room_id)}
      />
    );
  },
};

const count = (value: number | null | undefined): ReactNode => (value == null ? t`unknown` : formatCount(value));
const text = (value: string | null | undefined): ReactNode => <Outside text={value} longest={60} />;

export const OF_ROOM: Readonly<Record<RoomColumn, Omit<Column<RoomRow>, 'id'>>> = {
  state: { header: msg`Status`, width: 'minmax(9rem, 1.3fr)', cell: (room) => <Marks marks={roomBadges(room)} /> },
  joined_members: {
    header: msg`Members`,
    width: 'minmax(5.5rem, 0.5fr)',
    align: 'end',
    sortable: true,
    cell: (room) => count(room.joined_members),
  },
  joined_local_members: {
    header: msg`Local members`,
    width: 'minmax(7rem, 0.5fr)',
    align: 'end',
    sortable: true,
    cell: (room) => count(room.joined_local_members),
  },
  version: {
    header: msg`Version`,
    width: 'minmax(4.5rem, 0.4fr)',
    align: 'end',
    sortable: true,
    cell: (room) => text(room.version),
  },
  creator: {
    header: msg`Creator`,
    width: 'minmax(9rem, 1fr)',
    sortable: true,
    cell: (room) => (room.creator == null || room.creator === '' ? '' : <UserLink userId={room.creator} />),
  },
  history_visibility: {
    header: msg`History visibility`,
    width: 'minmax(7rem, 0.6fr)',
    sortable: true,
    cell: (room) => text(room.history_visibility),
  },
  guest_access: {
    header: msg`Guest access`,
    width: 'minmax(6rem, 0.5fr)',
    sortable: true,
    cell: (room) => text(room.guest_access),
  },
  federatable: {
    header: msg`Federated`,
    width: 'minmax(6rem, 0.5fr)',
    sortable: true,
    cell: (room) => (room.federatable == null ? t`unknown` : room.federatable ? t`yes` : t`no`),
  },
  state_events: {
    header: msg`State events`,
    width: 'minmax(6.5rem, 0.5fr)',
    align: 'end',
    sortable: true,
    cell: (room) => count(room.state_events),
  },
};
