import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Connection } from '~/api/user-details';
import { useSession } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { DataTable, type Column } from '~/ui/DataTable';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Outside } from '~/ui/Outside';
import { Section } from '~/ui/Section';
import { TableCaption } from '~/ui/TableCaption';

export const CONNECTION_COLUMNS: readonly Column<Connection>[] = [
  {
    id: 'ip',
    header: msg`IP address`,
    width: 'minmax(10rem, 1fr)',
    cell: ({ ip }) => (ip == null || ip === '' ? t`unknown` : <Id value={ip} />),
  },
  {
    id: 'seen',
    header: msg`Last seen`,
    width: 'minmax(7.5rem, 0.7fr)',
    cell: ({ last_seen }) => <Moment ms={last_seen} />,
  },
  {
    id: 'agent',
    header: msg`Client`,
    width: 'minmax(14rem, 3fr)',
    cell: ({ user_agent }) => <Outside text={user_agent} none={t`unknown`} />,
  },
];

/** Those of one address and client come once for each session. */
const keyOf = ({ ip, last_seen, user_agent }: Connection): string => JSON.stringify([ip, last_seen, user_agent]);

const lastFirst = (one: Connection, other: Connection): number => (other.last_seen ?? 0) - (one.last_seen ?? 0);

/** From which addresses and with which clients the user came lately: sessions that ended are among them. */
export function UserConnections({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(userDetails.connections(homeserver, userId));
  return (
    <Section
      unread={t`Could not load the IP addresses`}
      refresh={t`Refresh IP addresses`}
      tools={
        <Title order={2} size="h4">
          <Trans>IP addresses</Trans>
        </Title>
      }
      reading={reading}
    >
      {({ rows, odd }) => (
        <>
          <OddRowsNote odd={odd} />
          {rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>None: Synapse deletes them after 28 days, unless configured otherwise.</Trans>
            </Text>
          ) : (
            <Table rows={rows} />
          )}
        </>
      )}
    </Section>
  );
}

function Table({ rows }: { rows: readonly Connection[] }) {
  const sorted = useMemo(() => rows.toSorted(lastFirst), [rows]);
  const addresses = new Set(rows.map(({ ip }) => ip)).size;
  return (
    <>
      <TableCaption>{countWords(addresses)}</TableCaption>
      <DataTable label={t`IP addresses`} columns={CONNECTION_COLUMNS} rows={sorted} rowKey={keyOf} maxHeight="24rem" />
    </>
  );
}

const countWords = (count: number): string => plural(count, { one: '# IP address', other: '# IP addresses' });
