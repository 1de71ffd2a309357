import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { IconDoorEnter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { memberId } from '~/actions/member/member';
import { lacks } from '~/api/since';
import type { Membership } from '~/api/user-details';
import { useSession } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { useOpenWith } from '~/entities/list/use-open-with';
import { MembersInSight, RoomInSight } from '~/entities/room/RoomInSight';
import { membershipMark } from '~/entities/member/membership';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { FilterChips } from '~/ui/FilterChips';
import { Marks } from '~/ui/Marks';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Section } from '~/ui/Section';
import { InviteCounts } from './InviteCounts';
import { SelectableTable } from '~/entities/list/SelectableTable';
import { MembershipMenu } from './MembershipMenu';

export const MEMBERSHIP_COLUMNS: readonly Column<Membership>[] = [
  {
    id: 'room',
    header: msg`Room`,
    width: 'minmax(15rem, 3fr)',
    cell: ({ room_id }) => <RoomInSight roomId={room_id} />,
  },
  {
    id: 'membership',
    header: msg`Membership`,
    width: 'minmax(8rem, 1fr)',
    cell: ({ membership }) => (membership === 'join' ? t`joined` : <Marks marks={[membershipMark(membership)]} />),
  },
  {
    id: 'members',
    header: msg`Members`,
    width: '6rem',
    align: 'end',
    cell: ({ room_id }) => <MembersInSight roomId={room_id} />,
  },
];

interface UserRoomsProps {
  userId: string;
  /** Of this homeserver, and not deactivated: can be joined to rooms. */
  canJoin?: boolean;
  /** Of this homeserver: what they sent and joined is counted. */
  isCounted?: boolean;
}

/** A user's rooms. The answer has only IDs: names are asked for row by row, for the rows in sight. */
export function UserRooms({ userId, canJoin = false, isCounted = false }: UserRoomsProps) {
  const { homeserver } = useSession();
  const reading = useQuery(userDetails.memberships(homeserver, userId));
  const openWith = useOpenWith();
  return (
    <Section
      unread={t`Could not load the rooms`}
      refresh={t`Refresh rooms`}
      tools={
        canJoin && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDoorEnter size={16} aria-hidden />}
            onClick={() => openWith(paths.joinRooms(), { users: { ids: [userId] } })}
          >
            <Trans>Join to rooms…</Trans>
          </Button>
        )
      }
      reading={reading}
    >
      {({ rows, odd, areAll }) => (
        <>
          <OddRowsNote odd={odd} />
          <Memberships userId={userId} rows={rows} areAll={areAll} />
          {isCounted && <InviteCounts userId={userId} />}
        </>
      )}
    </Section>
  );
}

type Shown = 'join' | 'invite' | 'ban' | 'leave' | 'other';

const groupOf = ({ membership }: Membership): Shown =>
  membership === 'join' || membership === 'invite' || membership === 'ban' || membership === 'leave'
    ? membership
    : 'other';

const CHIPS: readonly { value: Shown; label: ReturnType<typeof msg> }[] = [
  { value: 'join', label: msg`joined` },
  { value: 'invite', label: msg`invited` },
  { value: 'ban', label: msg`banned` },
  { value: 'leave', label: msg`left` },
  { value: 'other', label: msg`other` },
];

const ORDER: readonly Shown[] = CHIPS.map(({ value }) => value);

const byGroup = (one: Membership, other: Membership): number =>
  ORDER.indexOf(groupOf(one)) - ORDER.indexOf(groupOf(other)) || (one.room_id < other.room_id ? -1 : 1);

interface MembershipsProps {
  userId: string;
  rows: readonly Membership[];
  areAll: boolean;
}

function Memberships({ userId, rows, areAll }: MembershipsProps) {
  const { version } = useSession();
  const [only, setOnly] = useState<Shown | null>(null);
  const sorted = useMemo(() => rows.toSorted(byGroup), [rows]);
  const counts = useMemo(() => Map.groupBy(sorted, groupOf), [sorted]);
  const shown = only === null ? sorted : (counts.get(only) ?? []);
  const joined = counts.get('join')?.length ?? 0;
  const columns = useMemo(() => withMenu(userId), [userId]);
  // A single kind of them needs no filter.
  const chips = CHIPS.flatMap((chip) => {
    const count = counts.get(chip.value)?.length ?? 0;
    return count === 0 ? [] : [{ ...chip, count }];
  });
  const lacking = areAll ? null : lacks(version, 'memberships');
  return (
    <>
      {chips.length > 1 && <FilterChips<Shown> label={t`Membership`} chips={chips} value={only} onChange={setOnly} />}
      {lacking !== null && (
        <Text size="sm" c="dimmed">
          {lackingWords(wordsOf(lacking))}
        </Text>
      )}
      <SelectableTable
        label={t`Rooms`}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        entity="member"
        idOf={({ room_id }) => memberId(userId, room_id)}
        canSelect={isIn}
        caption={countWords(joined)}
        scrollKey={only ?? ''}
        empty={
          <EmptyNote
            title={t`No rooms`}
          >{t`This user is not in any room that users of this homeserver are in.`}</EmptyNote>
        }
      />
    </>
  );
}

const isIn = ({ membership }: Membership): boolean => membership === 'join';

const keyOf = ({ room_id }: Membership): string => room_id;

const countWords = (count: number): string => t`In ${plural(count, { one: '# room', other: '# rooms' })}`;

const lackingWords = (reason: string): string =>
  t`Rooms that they left, are invited to or banned from are unknown. ${reason}`;

const withMenu = (userId: string): readonly Column<Membership>[] => [
  ...MEMBERSHIP_COLUMNS,
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    align: 'end',
    cell: ({ room_id, membership }) => membership === 'join' && <MembershipMenu userId={userId} roomId={room_id} />,
  },
];
