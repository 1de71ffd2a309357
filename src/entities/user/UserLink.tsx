import { useSession } from '~/data/session';
import { serverOf } from '~/lib/mxid';
import { paths } from '~/lib/paths';
import { Id } from '~/ui/Id';
import { IdLink } from '~/ui/IdLink';

/** A user ID, as a link to the user's page if it is a local user. */
export function UserLink({ userId }: { userId: string }) {
  const { serverName } = useSession();
  if (serverOf(userId) !== serverName) return <Id value={userId} />;
  return <IdLink value={userId} to={paths.user(userId)} />;
}
