import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { isolatedWords, shownId } from '~/lib/shown-text';
import type { Column } from '~/ui/DataTable';
import { Marks, type Mark } from '~/ui/Marks';
import { Who } from '~/ui/Who';
import { localpartOf } from '~/entities/user/localpart';
import { UserPicture } from '~/entities/user/UserPicture';
import type { RoomMember } from './members';

/** Memberships other than being in the room, in a word. */
const MEMBERSHIPS: Readonly<Record<string, Mark>> = {
  invite: { label: 'invited', tone: 'note', meaning: 'Has an invitation, and has not answered it.' },
  knock: { label: 'asked to join', tone: 'note' },
  leave: { label: 'left', tone: 'plain', meaning: 'Left, was removed, or declined an invitation.' },
  ban: { label: 'banned', tone: 'grave', meaning: 'Can’t come back until a moderator lifts the ban.' },
};

function membershipMark(membership: string): Mark {
  const known = Object.hasOwn(MEMBERSHIPS, membership) ? MEMBERSHIPS[membership] : undefined;
  return known ?? { label: isolatedWords(membership, 40), tone: 'plain' };
}

/** As the clients name the usual levels. */
function powerWords(power: number | null): string {
  if (power === null) return 'unknown';
  if (power === Infinity) return 'creator';
  const number = power < 0 ? String(power) : formatCount(power);
  if (power >= 100) return `${number} · admin`;
  return power >= 50 ? `${number} · moderator` : number;
}

export const MEMBER_COLUMNS: readonly Column<RoomMember>[] = [
  {
    id: 'user',
    header: 'User',
    width: 'minmax(15rem, 3fr)',
    sortable: true,
    cell: ({ userId, name, avatarUrl }) => {
      const localpart = localpartOf(userId);
      return (
        <Who
          picture={<UserPicture name={name ?? localpart} mxcUrl={avatarUrl} />}
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
    header: 'Membership',
    width: 'minmax(8rem, 1fr)',
    sortable: true,
    cell: ({ membership }) => (membership === 'join' ? 'joined' : <Marks marks={[membershipMark(membership)]} />),
  },
  {
    id: 'power',
    header: 'Power level',
    width: 'minmax(8rem, 1fr)',
    sortable: true,
    cell: ({ power }) => powerWords(power),
  },
];
