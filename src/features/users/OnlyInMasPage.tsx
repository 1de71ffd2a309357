import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { masAccounts, type OnlyInMas } from '~/data/mas-accounts';
import { useSession } from '~/data/session';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { UserLink } from '~/entities/user/UserLink';
import { paths } from '~/lib/paths';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { ErrorNote } from '~/ui/ErrorNote';
import { Marks, type Mark } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { Page } from '~/ui/Page';

const USERS = { label: msg`Users`, to: paths.users() };

/** Accounts that MAS has and Synapse has not: the users list is Synapse’s, and can’t show them. */
export function OnlyInMasPage() {
  const { homeserver } = useSession();
  return (
    <Page title={t`Accounts that only MAS knows`} parent={USERS}>
      {homeserver.mas ? (
        <List />
      ) : (
        <EmptyNote title={t`MAS can’t be asked`}>
          <Trans>
            This page needs Matrix Authentication Service in front of the homeserver, and a sign-in through it or a
            token with the scope urn:mas:admin.
          </Trans>
        </EmptyNote>
      )}
    </Page>
  );
}

function List() {
  const { homeserver, serverName } = useSession();
  /** Where each page so far began. */
  const [begins, setBegins] = useState<readonly (string | null)[]>([null]);
  const { data, error, isPending, refetch } = useQuery(
    masAccounts.onlyInMas(homeserver, serverName, begins.at(-1) ?? null),
  );
  const [read, found, next] = [data?.read ?? 0, data?.rows.length ?? 0, data?.next ?? null];
  const page = begins.length;
  return (
    <Stack gap="sm">
      <Text size="sm">
        <Trans>
          MAS makes each account on Synapse, too. Where that failed, only MAS has it: nobody can use it, and it is not
          in the list of users. On the server, “mas-cli manage provision-all-users” creates what is missing.
        </Trans>
      </Text>
      {error && <ErrorNote title={t`Could not read the accounts`} error={error} onRetry={() => void refetch()} />}
      <Text size="sm" c="dimmed" role="status">
        {data &&
          t`Page ${page}: ${plural(read, { one: '# account of MAS was', other: '# accounts of MAS were' })} looked up on Synapse, ${plural(found, { 0: 'none is', one: '# is', other: '# are' })} missing there.`}
      </Text>
      <DataTable
        label={t`Accounts that only MAS knows`}
        columns={COLUMNS}
        rows={data?.rows ?? []}
        rowKey={keyOf}
        loading={isPending}
        empty={<EmptyNote title={t`Synapse has all accounts of this page`} />}
      />
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={begins.length === 1}
          onClick={() => setBegins(begins.slice(0, -1))}
        >
          <Trans>Previous page</Trans>
        </Button>
        <Button size="xs" variant="default" disabled={next === null} onClick={() => setBegins([...begins, next])}>
          <Trans>Next page</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

const keyOf = ({ id }: OnlyInMas): string => id;

const COLUMNS: readonly Column<OnlyInMas>[] = [
  { id: 'user', header: msg`User`, width: 'minmax(15rem, 2fr)', cell: ({ userId }) => <UserLink userId={userId} /> },
  { id: 'state', header: msg`Status`, width: 'minmax(9rem, 1fr)', cell: (one) => <Marks marks={marksOf(one)} /> },
  {
    id: 'created',
    header: msg`Created`,
    width: 'minmax(7.5rem, 0.7fr)',
    cell: ({ created }) => <Moment ms={created} />,
  },
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    cell: ({ userId }) => <ActionMenu entity="user" id={userId} look="row" />,
  },
];

function marksOf({ locked, deactivated, admin }: OnlyInMas): Mark[] {
  const marks: (Mark | false)[] = [
    deactivated !== null && { label: msg`deactivated`, tone: 'grave' },
    locked !== null && { label: msg`locked`, tone: 'grave' },
    admin && { label: msg`admin`, tone: 'note' },
  ];
  return marks.filter((one) => one !== false);
}
