import { useSession } from '~/data/session';
import { serverOf } from '~/lib/mxid';
import { paths } from '~/lib/paths';
import { Id } from '~/ui/Id';
import { IdLink } from '~/ui/IdLink';

/** A user's id: with a page to go to where it is one of ours. */
export function UserLink({ userId }: { userId: string }) {
  const { serverName } = useSession();
  if (serverOf(userId) !== serverName) return <Id value={userId} />;
  return <IdLink value={userId} to={paths.user(userId)} />;
}
