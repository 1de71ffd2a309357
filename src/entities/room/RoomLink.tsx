import { paths } from '~/lib/paths';
import { IdLink } from '~/ui/IdLink';

/** The ID of a room, as a link to its page. */
export function RoomLink({ roomId }: { roomId: string }) {
  return <IdLink value={roomId} to={paths.room(roomId)} />;
}
