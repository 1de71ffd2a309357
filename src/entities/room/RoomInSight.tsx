import { t } from '@lingui/core/macro';
import { useRoomInSight } from '~/data/rooms';
import { useSession } from '~/data/session';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { shownText } from '~/lib/shown-text';
import { Picture } from '~/ui/Picture';
import { Who } from '~/ui/Who';

/** A room of which a list knows only the ID: its name is asked for once the row is in sight. */
export function RoomInSight({ roomId }: { roomId: string }) {
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

/** How many are in it, likewise. */
export function MembersInSight({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const count = useRoomInSight(homeserver, roomId)?.joined_members;
  return count == null ? '' : formatCount(count);
}
