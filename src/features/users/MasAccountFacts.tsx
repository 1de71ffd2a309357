import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Group, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { makeAdmin, revokeAdmin } from '~/actions/user/admin';
import { masAccounts, type MasFacts } from '~/data/mas-accounts';
import { useSession } from '~/data/session';
import { ActionPencil } from '~/entities/action/ActionPencil';
import { ErrorNote } from '~/ui/ErrorNote';
import { Facts } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';

const IN_MAS = { label: msg`MAS`, tone: 'note' } as const;
export const ON_SYNAPSE = { label: msg`Synapse`, tone: 'plain' } as const;

/** What MAS keeps of an account, where its Admin API can be used. */
export function MasAccountFacts({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const { data, error, isPending, refetch } = useQuery(masAccounts.one(homeserver, userId));
  if (!homeserver.mas) return null;
  return (
    <section aria-label={t`Account in MAS`}>
      <Group gap="xs" mb={4}>
        <Title order={2} size="h4">
          <Trans>Sign-in</Trans>
        </Title>
        <Marks marks={[IN_MAS]} />
      </Group>
      {error && <ErrorNote title={t`Could not read the account in MAS`} error={error} onRetry={() => void refetch()} />}
      {isPending && <Skeleton h={120} aria-busy role="status" aria-label={t`Loading`} />}
      {data === null && (
        <Text size="sm">
          <Trans>
            MAS has no account of this name: only Synapse has this user. Bridges make such users (ghosts); nobody can
            sign in with them. What Glia changes about them, it changes in Synapse.
          </Trans>
        </Text>
      )}
      {data && <Facts facts={factsOf(data, userId)} />}
    </section>
  );
}

const factsOf = ({ id, created, locked, deactivated, admin, legacyGuest }: MasFacts, userId: string) => [
  { name: t`ID in MAS`, value: <Id value={id} /> },
  { name: t`Created in MAS`, value: <Moment ms={created} /> },
  { name: t`Locked`, value: locked === null ? t`no` : <Moment ms={locked} /> },
  { name: t`Deactivated`, value: deactivated === null ? t`no` : <Moment ms={deactivated} /> },
  {
    name: t`May become server admin`,
    value: admin ? t`yes, at the next sign-in that asks for it` : t`no`,
    edit: <ActionPencil actions={[makeAdmin, revokeAdmin]} id={userId} seen={null} />,
  },
  { name: t`Guest before MAS`, value: legacyGuest ? t`yes` : t`no` },
];
