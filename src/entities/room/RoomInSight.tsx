import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useRoomInSight } from '~/data/rooms';
import { useSession } from '~/data/session';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { shownText } from '~/lib/shown-text';
import { Picture } from '~/ui/Picture';
import { Who } from '~/ui/Who';
import { RoomLink } from './RoomLink';

/** A room of which a list knows only the ID: its name is asked for once the row is in sight, and what replaced it is said. */
export function RoomInSight({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const room = useRoomInSight(homeserver, roomId);
  const name = shownText(room?.name) ?? shownText(room?.canonical_alias);
  const next = room?.tombstoned === true ? room.replacement_room : null;
  return (
    <div style={{ minWidth: 0 }}>
      <Who
        picture={<Picture name={name ?? '·'} square />}
        name={name}
        unnamed={room ? t`no name` : t`Room`}
        id={roomId}
        to={paths.room(roomId)}
      />
      {next != null && (
        <Text size="xs" c="dimmed">
          <Trans>
            Replaced by <RoomLink roomId={next} />
          </Trans>
        </Text>
      )}
    </div>
  );
}

/** How many are in it, likewise. */
export function MembersInSight({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const count = useRoomInSight(homeserver, roomId)?.joined_members;
  return count == null ? '' : formatCount(count);
}
