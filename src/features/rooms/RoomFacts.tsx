import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Room } from '~/api/rooms';
import { lacks } from '~/api/since';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { formatCount } from '~/lib/numbers';
import { Facts, type Fact } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { UserLink } from '~/entities/user/UserLink';
import { Outside } from '~/ui/Outside';
import { wordsOf } from '~/lib/words';

/** All that the homeserver tells about a room. */
export function RoomFacts({ room }: { room: Room }) {
  const facts: Fact[] = [
    { name: 'Room id', value: <Id value={room.room_id} /> },
    { name: 'Name', value: text(room.name, 'none') },
    { name: 'Alias', value: room.canonical_alias == null ? 'none' : <Id value={room.canonical_alias} /> },
    { name: 'Topic', value: text(room.topic, 'none') },
    { name: 'Members', value: count(room.joined_members) },
    { name: 'Members of this server', value: count(room.joined_local_members) },
    { name: 'Their devices', value: count(room.joined_local_devices) },
    { name: 'In the room directory', value: yesNo(room.public, 'yes: public', 'no') },
    { name: 'Join rule', value: text(room.join_rules, 'unknown') },
    { name: 'Guests', value: text(room.guest_access, 'unknown') },
    { name: 'History for', value: text(room.history_visibility, 'unknown') },
    { name: 'Encryption', value: text(room.encryption, 'none') },
    { name: 'Federated', value: yesNo(room.federatable, 'yes', 'no: only users of this server may join') },
    { name: 'Type', value: text(room.room_type, 'a room') },
    { name: 'Version', value: text(room.version, 'unknown') },
    {
      name: 'Creator',
      value: room.creator == null ? 'unknown' : <UserLink userId={room.creator} />,
    },
    { name: 'State events', value: count(room.state_events) },
    { name: 'Avatar', value: room.avatar == null || room.avatar === '' ? 'none' : <Id value={room.avatar} /> },
    { name: 'Forgotten', value: yesNo(room.forgotten, 'yes, by all who were in it from this server', 'no') },
    { name: 'Replaced', value: yesNo(room.tombstoned, 'yes', 'no') },
    { name: 'Blocked', value: <Block roomId={room.room_id} /> },
  ];
  return <Facts facts={facts} />;
}

const text = (value: string | null | undefined, none: string) => <Outside text={value} none={none} longest={2000} />;
const count = (value: number | null | undefined): string => (value == null ? 'unknown' : formatCount(value));
const yesNo = (value: boolean | null | undefined, yes: string, no: string): string =>
  value == null ? 'unknown: not told by this version of Synapse' : value ? yes : no;

/** Whether joins are refused: a question of its own. */
function Block({ roomId }: { roomId: string }) {
  const { homeserver, version } = useSession();
  const lacking = lacks(version, 'room-block');
  const { data, error, refetch } = useQuery({ ...rooms.block(homeserver, roomId), enabled: lacking === null });
  if (lacking !== null) return `unknown. ${wordsOf(lacking)}`;
  if (error) {
    return (
      <>
        could not be read: <bdi>{error.message}</bdi>{' '}
        <Button variant="subtle" size="compact-xs" onClick={() => void refetch()}>
          Try again
        </Button>
      </>
    );
  }
  if (!data) return '…';
  if (!data.block) return 'no';
  return data.user_id == null ? (
    'yes'
  ) : (
    <>
      yes, by <UserLink userId={data.user_id} />
    </>
  );
}
