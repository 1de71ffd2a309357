import { msg, plural, t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useRoomInSight } from '~/data/rooms';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { shownText } from '~/lib/shown-text';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Picture } from '~/ui/Picture';
import { Section } from '~/ui/Section';
import { TableCaption } from '~/ui/TableCaption';
import { Who } from '~/ui/Who';

export const JOINED_ROOM_COLUMNS: readonly Column<string>[] = [
  { id: 'room', header: msg`Room`, width: 'minmax(15rem, 3fr)', cell: (roomId) => <RoomCell roomId={roomId} /> },
  { id: 'members', header: msg`Members`, width: '6rem', align: 'end', cell: (roomId) => <Members roomId={roomId} /> },
];

/** The rooms that a user is in. The answer has only IDs: names are asked for row by row, for the rows in sight. */
export function UserRooms({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(users.joinedRooms(homeserver, userId));
  return (
    <Section unread={t`Could not load the rooms`} refresh={t`Refresh rooms`} reading={reading}>
      {({ rows, odd }) => (
        <>
          <OddRowsNote odd={odd} />
          <TableCaption>{countWords(rows.length)}</TableCaption>
          <DataTable
            label={t`Rooms`}
            columns={JOINED_ROOM_COLUMNS}
            rows={rows}
            rowKey={String}
            empty={
              <EmptyNote
                title={t`No rooms`}
              >{t`This user is not in any room that users of this homeserver are in.`}</EmptyNote>
            }
          />
        </>
      )}
    </Section>
  );
}

const countWords = (count: number): string => t`In ${plural(count, { one: '# room', other: '# rooms' })}`;

function RoomCell({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const room = useRoomInSight(homeserver, roomId);
  const name = shownText(room?.name) ?? shownText(room?.canonical_alias);
  return (
    <Who
      picture={<Picture name={name ?? '·'} square />}
      name={name}
      unnamed={room ? t`no name` : t`Room`}
      id={roomId}
      to={paths.room(roomId)}
    />
  );
}

function Members({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const count = useRoomInSight(homeserver, roomId)?.joined_members;
  return count == null ? '' : formatCount(count);
}
