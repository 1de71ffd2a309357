import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useSession } from '~/data/session';
import { serverOf } from '~/lib/mxid';
import { paths } from '~/lib/paths';
import { Id } from '~/ui/Id';
import { Outside } from '~/ui/Outside';

/** A user's id: with a page to go to where it is one of ours. */
export function UserId({ userId }: { userId: string }) {
  const { serverName } = useSession();
  if (serverOf(userId) !== serverName) return <Id value={userId} />;
  return (
    <Anchor
      component={Link}
      to={paths.user(userId)}
      ff="monospace"
      fz="0.8125rem"
      truncate
      maw="100%"
      display="inline-block"
      style={{ verticalAlign: 'bottom' }}
    >
      <Outside as="id" text={userId} />
    </Anchor>
  );
}
