import { useSession } from '~/data/session';
import { serverOf } from '~/lib/mxid';
import { paths } from '~/lib/paths';
import { Id } from '~/ui/Id';
import { IdLink } from '~/ui/IdLink';

/** The ID of an item that is a user: a link where it is one of this homeserver. */
export function UserLink({ userId }: { userId: string }) {
  const { serverName } = useSession();
  if (serverOf(userId) !== serverName) return <Id value={userId} />;
  return <IdLink value={userId} to={paths.user(userId)} />;
}
