import { plural, t } from '@lingui/core/macro';
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Room } from '~/api/rooms';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { Notice } from '~/ui/Notice';
import { RecountRooms } from './RecountRooms';

/** Below an empty rooms list: whether there are rooms nevertheless, as far as the admin's own show it. */
export function MissingStatistics() {
  const { homeserver, userId } = useSession();
  const mine = useQuery(rooms.joinedBy(homeserver, userId));
  const count = mine.data?.length ?? 0;
  if (count === 0) return null;
  return (
    <Stack align="center" gap="xs" mt="sm">
      {t`You are in ${plural(count, { one: '# room', other: '# rooms' })}, so Synapse’s statistics are missing. It can count the rooms again.`}
      <RecountRooms />
    </Stack>
  );
}

/** Above the facts of a room: its numbers are missing, or are zero although somebody is in it. */
export function RoomWithoutStatistics({ room }: { room: Room }) {
  const { homeserver } = useSession();
  const isUncounted = room.joined_members == null;
  const isZero = room.joined_members === 0;
  const members = useQuery({ ...rooms.members(homeserver, room.room_id), enabled: isZero });
  const present = members.data?.rows.length ?? 0;
  if (!isUncounted && !(isZero && present > 0)) return null;
  return (
    <Notice tone="warning" title={isUncounted ? t`Synapse has no statistics of this room` : t`Synapse counted wrongly`}>
      <Stack gap="xs" align="flex-start">
        {isUncounted
          ? t`Its name, numbers and rules below are unknown for that reason, and the rooms list leaves it out. Its Members and State tabs are right.`
          : t`It says that nobody is in this room, but the list of members has ${plural(present, { one: '# user', other: '# users' })}. The Members tab is right.`}
        <RecountRooms />
      </Stack>
    </Notice>
  );
}
