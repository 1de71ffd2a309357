import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { masAccounts } from '~/data/mas-accounts';
import { useSession } from '~/data/session';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { wordsOf } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { Notice } from '~/ui/Notice';
import { Outside } from '~/ui/Outside';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { MAS_TABS } from './mas-tabs';
import { MasAccountFacts } from './MasAccountFacts';

/** A user of this homeserver’s name whom Synapse does not know. MAS may: it makes the account on Synapse, and that can fail. */
export function NotOnSynapse({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const { data } = useQuery(masAccounts.one(homeserver, userId));
  if (data == null) {
    return (
      <EmptyNote title={t`User not found`}>
        <Trans>
          This homeserver has never had a user <Outside as="id" text={userId} />. Deactivated accounts would still be
          found.
        </Trans>
      </EmptyNote>
    );
  }
  return (
    <Stack gap="lg">
      <Notice tone="warning" title={t`Only MAS knows this account`}>
        <Trans>
          Synapse has no user <Outside as="id" text={userId} />, so nobody can use the account: MAS could not create it
          there. On the server, “mas-cli manage provision-all-users” creates what is missing.
        </Trans>
      </Notice>
      <Group>
        <ActionMenu entity="user" id={userId} look="page" />
      </Group>
      <TabsInUrl
        label={t`About this user`}
        tabs={[
          { id: 'account', label: t`Account`, content: <MasAccountFacts userId={userId} /> },
          ...MAS_TABS.map(({ id, label, content }) => ({ id, label: wordsOf(label), content: content(userId) })),
        ]}
      />
    </Stack>
  );
}
