import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Group, Stack, Text, Title } from '@mantine/core';
import { addExternalId, setExternalIds } from '~/actions/user/external-ids-change';
import { removeExternalIds } from '~/actions/user/external-ids';
import type { User } from '~/api/users';
import { ActionPencil } from '~/entities/action/ActionPencil';
import { isolated, shownId } from '~/lib/shown-text';
import { Facts } from '~/ui/Facts';
import { Id } from '~/ui/Id';

/** The links to accounts elsewhere, by provider: what is removed are all of one provider. */
export function UserExternalIds({ user }: { user: User }) {
  const byProvider = Map.groupBy(user.external_ids, ({ auth_provider }) => auth_provider);
  return (
    <div>
      <Group gap={6} mb={4}>
        <Title order={2} size="h4">
          <Trans>External IDs</Trans>
        </Title>
        <ActionPencil actions={[setExternalIds]} id={user.name} seen={user} />
        <ActionPencil actions={[addExternalId]} id={user.name} seen={user} look="plus" />
      </Group>
      {byProvider.size === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>None: this account isn’t linked to any sign-in provider.</Trans>
        </Text>
      ) : (
        <Facts
          facts={[...byProvider].map(([provider, ids]) => ({
            key: provider,
            name: shownId(provider),
            value: (
              <Stack gap={2} align="flex-start">
                {ids.map(({ external_id }) => (
                  <Id key={external_id} value={external_id} />
                ))}
              </Stack>
            ),
            edit: (
              <ActionPencil
                actions={[removeExternalIds]}
                id={user.name}
                seen={user}
                input={{ provider }}
                look="x"
                label={removeWords(provider)}
              />
            ),
          }))}
        />
      )}
    </div>
  );
}

function removeWords(provider: string): string {
  const name = isolated(provider);
  return t`Remove the external IDs of ${name}`;
}
