import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useRoomInSight } from '~/data/rooms';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { formatCount, plural } from '~/lib/numbers';
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
  { id: 'room', header: 'Room', width: 'minmax(15rem, 3fr)', cell: (roomId) => <RoomCell roomId={roomId} /> },
  { id: 'members', header: 'Members', width: '6rem', align: 'end', cell: (roomId) => <Members roomId={roomId} /> },
];

/** Rooms that a user is joined to. The answer has ids only; names are asked for row by row, of those in sight. */
export function UserRooms({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(users.joinedRooms(homeserver, userId));
  return (
    <Section unread={t`The rooms could not be read`} refresh={t`Refresh rooms`} reading={reading}>
      {({ rows, odd }) => (
        <>
          <OddRowsNote odd={odd} />
          <TableCaption>{`In ${plural(rows.length, 'room')}`}</TableCaption>
          <DataTable
            label="Rooms"
            columns={JOINED_ROOM_COLUMNS}
            rows={rows}
            rowKey={String}
            empty={<EmptyNote title="In no room">This user is joined to no room that this homeserver is in.</EmptyNote>}
          />
        </>
      )}
    </Section>
  );
}

function RoomCell({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const room = useRoomInSight(homeserver, roomId);
  const name = shownText(room?.name) ?? shownText(room?.canonical_alias);
  return (
    <Who
      picture={<Picture name={name ?? '·'} square />}
      name={name}
      unnamed={room ? 'no name' : 'a room'}
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
