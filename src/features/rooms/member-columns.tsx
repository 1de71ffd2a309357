import { useSession } from '~/data/session';
import { msg, t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { paths } from '~/lib/paths';
import { shownId } from '~/lib/shown-text';
import type { Column } from '~/ui/DataTable';
import { Outside } from '~/ui/Outside';
import { Marks } from '~/ui/Marks';
import { Who } from '~/ui/Who';
import { membershipMark } from '~/entities/member/membership';
import { powerWords } from '~/entities/member/power';
import { localpartOf } from '~/entities/user/localpart';
import { UserPicture } from '~/entities/user/UserPicture';
import type { RoomMember } from './members';

/** A picture of another homeserver is left out: to show it, this one would fetch and keep what a stranger chose. */
function MemberPicture({ name, mxcUrl }: { name: string; mxcUrl: string | null }) {
  const { serverName } = useSession();
  return <UserPicture name={name} mxcUrl={mxcUrl?.startsWith(`mxc://${serverName}/`) ? mxcUrl : null} />;
}

export const MEMBER_COLUMNS: readonly Column<RoomMember>[] = [
  {
    id: 'user',
    header: msg`User`,
    width: 'minmax(15rem, 3fr)',
    sortable: true,
    cell: ({ userId, name, avatarUrl }) => {
      const localpart = localpartOf(userId);
      return (
        <Who
          picture={<MemberPicture name={name ?? localpart} mxcUrl={avatarUrl} />}
          name={name}
          unnamed={shownId(localpart)}
          id={userId}
          to={paths.user(userId)}
        />
      );
    },
  },
  {
    id: 'membership',
    header: msg`Membership`,
    width: 'minmax(8rem, 1fr)',
    sortable: true,
    cell: ({ membership, reason }) =>
      membership === 'join' ? (
        t`joined`
      ) : (
        <div style={{ minWidth: 0 }}>
          <Marks marks={[membershipMark(membership)]} />
          {reason !== null && (
            <Text size="sm" c="dimmed">
              <Outside text={reason} longest={200} />
            </Text>
          )}
        </div>
      ),
  },
  {
    id: 'power',
    header: msg`Power level`,
    width: 'minmax(8rem, 1fr)',
    sortable: true,
    cell: ({ power }) => powerWords(power),
  },
];
