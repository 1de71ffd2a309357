import { Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { serverOf } from '~/lib/mxid';
import { needlesOf } from '~/lib/needles';
import { formatCount, plural } from '~/lib/numbers';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { FilterChips } from '~/ui/FilterChips';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Section } from '~/ui/Section';
import { TableCaption } from '~/ui/TableCaption';
import { UserLink } from '~/entities/user/UserLink';

export const MEMBER_COLUMNS: readonly Column<string>[] = [
  { id: 'user', header: 'User', width: 'minmax(12rem, 1fr)', cell: (userId) => <UserLink userId={userId} /> },
];

type From = 'here' | 'elsewhere';

/** Who is joined, in one answer: this server's users lead to their pages. */
export function RoomMembers({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(rooms.members(homeserver, roomId));
  return (
    <Section what="members" reading={reading}>
      {({ rows, odd }) => (
        <>
          <OddRowsNote odd={odd} />
          <MembersTable members={rows} />
        </>
      )}
    </Section>
  );
}

function MembersTable({ members }: { members: readonly string[] }) {
  const { serverName } = useSession();
  const [search, setSearch] = useState('');
  const [from, setFrom] = useState<From | null>(null);
  // Typing stays quick while 100,000 members are looked through.
  const searched = useDeferredValue(search);
  const here = useMemo(() => members.filter((userId) => serverOf(userId) === serverName).length, [members, serverName]);
  const shown = useMemo(() => {
    const needles = needlesOf(searched);
    return members.filter(
      (userId) =>
        needles.some((needle) => userId.toLowerCase().includes(needle)) &&
        (from === null || (serverOf(userId) === serverName) === (from === 'here')),
    );
  }, [members, searched, from, serverName]);
  return (
    <>
      <Group align="flex-end" gap="sm" mb="xs">
        {' '}
        <TextInput
          label="Search the members"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={{ base: '100%', sm: 320 }}
        />
        <FilterChips<From>
          label="Server"
          chips={[
            { value: 'here', label: 'of this server', count: here },
            { value: 'elsewhere', label: 'of other servers', count: members.length - here },
          ]}
          value={from}
          onChange={setFrom}
        />
      </Group>{' '}
      <TableCaption>
        {shown.length === members.length
          ? plural(members.length, 'member')
          : `${formatCount(shown.length)} of ${plural(members.length, 'member')}`}
      </TableCaption>
      <DataTable
        label="Members"
        columns={MEMBER_COLUMNS}
        rows={shown}
        rowKey={String}
        scrollKey={`${searched} ${from}`}
        empty={
          members.length === 0 ? (
            <EmptyNote title="Nobody is in this room">Who was in it has left.</EmptyNote>
          ) : (
            <EmptyNote title="No member matches">Clear the search or the filter.</EmptyNote>
          )
        }
      />
    </>
  );
}
