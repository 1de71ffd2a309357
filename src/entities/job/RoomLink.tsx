import { Link } from 'react-router';
import { paths } from '~/lib/paths';
import { Id } from '~/ui/Id';

/** The ID of a room, as a link to its page. */
export function RoomLink({ roomId }: { roomId: string }) {
  return (
    <Link to={paths.room(roomId)}>
      <Id value={roomId} plain />
    </Link>
  );
}
