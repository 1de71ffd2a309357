import { msg, plural, t } from '@lingui/core/macro';
import { Group, Menu, Skeleton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { memberId } from '~/actions/member/member';
import { makeRoomAdmin } from '~/actions/room/make-admin';
import type { ShownEvent } from '~/api/rooms';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { ActionIcon } from '~/entities/action/icons';
import { SelectableTable } from '~/entities/list/SelectableTable';
import { matching } from '~/lib/matching';
import { serverOf } from '~/lib/mxid';
import { needlesOf } from '~/lib/needles';
import { formatCount } from '~/lib/numbers';
import type { Column, Sort } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { ErrorNote } from '~/ui/ErrorNote';
import { FilterChips } from '~/ui/FilterChips';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { together, type Reading } from '~/ui/reading';
import { keysInTurns } from '~/ui/row-keys';
import { Section } from '~/ui/Section';
import { useInTurns } from '~/ui/use-in-turns';
import { MEMBER_COLUMNS } from './member-columns';
import {
  grouped,
  membersOf,
  removalProblem,
  sortedMembers,
  type MemberGroup,
  type MemberOrder,
  type RoomMember,
  type RoomMembers as Members,
} from './members';

/** Who is in the room, by the homeserver's list of members; their names and power levels come with the room's state. */
export function RoomMembers({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const list = useQuery(rooms.members(homeserver, roomId));
  const state = useQuery(rooms.state(homeserver, roomId));
  const [joined, events] = [list.data?.rows, state.data?.rows];
  const members = useInTurns(
    roomId,
    useCallback(() => ifRead(joined, events), [joined, events]),
  );
  const reading: Reading<Members> = {
    ...together([list, state]),
    data: members,
    error: list.error ?? (events ? state.error : null),
  };
  return (
    <Section unread={t`Could not load the members`} refresh={t`Refresh members`} reading={reading}>
      {(found) => (
        <>
          {state.error && !events && (
            <ErrorNote
              title={t`Could not load names, power levels, and who is invited, banned or left`}
              error={state.error}
              onRetry={() => void state.refetch()}
            />
          )}
          <OddRowsNote odd={list.data?.odd ?? []} />
          <MembersTable roomId={roomId} members={found} isStateKnown={events !== undefined} />
        </>
      )}
    </Section>
  );
}

interface MembersTableProps {
  roomId: string;
  members: Members;
  /** Only the state of the room names those who are not in it. */
  isStateKnown: boolean;
}

function MembersTable({ roomId, members, isStateKnown }: MembersTableProps) {
  const { serverName } = useSession();
  const [search, setSearch] = useState('');
  const [only, setOnly] = useState<MemberGroup | null>(null);
  const [sort, setSort] = useState({ column: 'power', descending: true });
  // Typing stays fast while 100,000 members are searched.
  const searched = useDeferredValue(search);
  const groups = useInTurns(
    roomId,
    useCallback(() => grouped(members.rows, serverName), [members, serverName]),
  );
  const shown = useInTurns(
    roomId,
    useCallback(() => toShow(groups, { searched, only, sort }), [groups, searched, only, sort]),
  );
  const [admin, setAdmin] = useState<string | null>(null);
  const columns = useColumns(roomId, members, setAdmin);
  if (!groups || !shown) return <Skeleton h={240} aria-busy />;
  const inRoom = groups.here.length + groups.elsewhere.length;
  return (
    <>
      <Group align="flex-end" gap="sm" mb="xs">
        <TextInput
          label={t`Search names and user IDs`}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={{ base: '100%', sm: 320 }}
        />
        <FilterChips<MemberGroup>
          label={t`Show`}
          chips={[
            { value: 'here', label: t`from this homeserver`, count: groups.here.length },
            { value: 'elsewhere', label: t`from other homeservers`, count: groups.elsewhere.length },
            ...(isStateKnown
              ? [{ value: 'others', label: t`invited, banned or left`, count: groups.others.length } as const]
              : []),
          ]}
          value={only}
          onChange={setOnly}
        />
      </Group>
      <SelectableTable
        label={t`Members`}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        entity="member"
        idOf={({ userId }) => memberId(userId, roomId)}
        caption={countWords(shown.length, inRoom, only === null)}
        sort={sort}
        onSort={setSort}
        scrollKey={`${searched} ${only} ${sort.column} ${sort.descending}`}
        empty={
          members.rows.length === 0 ? (
            <EmptyNote title={t`Nobody is in this room`} />
          ) : (
            <EmptyNote title={t`No members found`} />
          )
        }
      />
      {admin !== null && (
        <ActionDialog action={makeRoomAdmin} id={roomId} values={{ user: admin }} onClose={() => setAdmin(null)} />
      )}
    </>
  );
}

function* ifRead(joined: readonly string[] | undefined, events: readonly ShownEvent[] | undefined) {
  return joined && (yield* membersOf(joined, events ?? null));
}

interface Wanted {
  searched: string;
  only: MemberGroup | null;
  sort: Sort;
}

function* toShow(groups: Record<MemberGroup, readonly RoomMember[]> | undefined, { searched, only, sort }: Wanted) {
  if (!groups) return undefined;
  const rows = only === null ? [...groups.here, ...groups.elsewhere] : groups[only];
  const found = yield* matching(rows, textOf, needlesOf(searched));
  const inOrder = yield* sortedMembers(found, sort.column as MemberOrder, sort.descending);
  yield* keysInTurns(inOrder, keyOf);
  return inOrder;
}

function countWords(count: number, inRoom: number, isUnfiltered: boolean): string {
  if (count === inRoom && isUnfiltered) return t`${plural(inRoom, { one: '# member', other: '# members' })}`;
  const shown = formatCount(count);
  return t`${shown} shown, ${plural(inRoom, { one: '# member', other: '# members' })} in the room`;
}

const keyOf = ({ userId }: RoomMember): string => userId;

const textOf = ({ userId, name }: RoomMember): string => `${userId}\n${name ?? ''}`;

/** What can be done to a member, by how they stand to the room. */
const KINDS_OF: Readonly<Record<string, readonly string[]>> = {
  join: ['member.remove', 'member.ban'],
  ban: ['member.unban'],
};

/** The columns and the menu of each row: actions on the user, if it is a local one, and on the member. */
function useColumns(
  roomId: string,
  { rows, kick, ban }: Members,
  onMakeAdmin: (userId: string) => void,
): readonly Column<RoomMember>[] {
  const { serverName, userId: me } = useSession();
  return useMemo(() => {
    const myself = rows.find(({ userId }) => userId === me);
    const menu = (member: RoomMember) => {
      const { userId, membership } = member;
      const isIn = membership === 'join';
      const asMember = {
        entity: 'member',
        id: memberId(userId, roomId),
        kinds: KINDS_OF[membership] ?? ['member.ban'],
        reason: removalProblem(member, myself, isIn ? kick : ban),
      } as const;
      const makeAdmin = isIn && (
        <Menu.Item
          leftSection={<ActionIcon action={makeRoomAdmin} />}
          onClick={() => onMakeAdmin(userId)}
        >{t`Make room admin…`}</Menu.Item>
      );
      const isHere = serverOf(userId) === serverName;
      return isHere ? (
        <ActionMenu entity="user" id={userId} look="row" and={asMember}>
          {makeAdmin}
        </ActionMenu>
      ) : (
        <ActionMenu {...asMember} look="row">
          {makeAdmin}
        </ActionMenu>
      );
    };
    return [...MEMBER_COLUMNS, { id: 'actions', header: msg`Actions`, width: '4.5rem', align: 'end', cell: menu }];
  }, [roomId, rows, kick, ban, serverName, me, onMakeAdmin]);
}
