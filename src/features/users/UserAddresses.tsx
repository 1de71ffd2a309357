import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { addThreepid, removeThreepids, setThreepids } from '~/actions/user/threepids';
import type { User } from '~/api/users';
import { ActionPencil } from '~/entities/action/ActionPencil';
import { isolated, shownId } from '~/lib/shown-text';
import { Facts } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';

/** By what a user is found, and where passwords are reset. */
export function UserAddresses({ user }: { user: User }) {
  return (
    <div>
      <Group gap={6} mb={4}>
        <Title order={2} size="h4">
          <Trans>Email addresses and phone numbers</Trans>
        </Title>
        <ActionPencil actions={[setThreepids]} id={user.name} seen={user} />
        <ActionPencil actions={[addThreepid]} id={user.name} seen={user} look="plus" />
      </Group>
      {user.threepids.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>None</Trans>
        </Text>
      ) : (
        <Facts
          facts={user.threepids.map(({ medium, address, added_at, validated_at }) => ({
            key: `${medium} ${address}`,
            name: mediumWords(medium),
            edit: (
              <ActionPencil
                actions={[removeThreepids]}
                id={user.name}
                seen={user}
                values={{ what: address }}
                look="x"
                label={removeWords(address)}
              />
            ),
            value: (
              <>
                <Id value={address} />{' '}
                <Text span size="xs" c="dimmed">
                  <Threepid added={<Moment ms={added_at} />} confirmed={<Moment ms={validated_at} />} />
                </Text>
              </>
            ),
          }))}
        />
      )}
    </div>
  );
}

function removeWords(address: string): string {
  const shown = isolated(address);
  return t`Remove ${shown}`;
}

function mediumWords(medium: string): string {
  if (medium === 'email') return t`email`;
  return medium === 'msisdn' ? t`phone` : shownId(medium);
}

function Threepid({ added, confirmed }: { added: ReactNode; confirmed: ReactNode }) {
  return (
    <Trans>
      added {added}, confirmed {confirmed}
    </Trans>
  );
}
