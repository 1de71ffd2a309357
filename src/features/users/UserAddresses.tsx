import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { User } from '~/api/users';
import { shownId } from '~/lib/shown-text';
import { Facts } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';

/** By what a user is found, and where passwords are reset. */
export function UserAddresses({ user }: { user: User }) {
  return (
    <div>
      <Title order={2} size="h4" mb="xs">
        <Trans>Email addresses and phone numbers</Trans>
      </Title>
      {user.threepids.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>None</Trans>
        </Text>
      ) : (
        <Facts
          facts={user.threepids.map(({ medium, address, added_at, validated_at }) => ({
            key: `${medium} ${address}`,
            name: mediumWords(medium),
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
