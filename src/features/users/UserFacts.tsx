import { Stack, Text, Title } from '@mantine/core';
import { has, lacks } from '~/api/since';
import type { User } from '~/api/users';
import { shownId } from '~/lib/shown-text';
import { Facts, type Fact } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { userBadges } from '~/entities/user/badges';
import { Outside } from '~/ui/Outside';
import { wordsOf } from '~/lib/words';

/** All that the homeserver tells about an account. */
export function UserFacts({ user, version }: { user: User; version: string }) {
  return (
    <Stack gap="lg">
      <Facts facts={accountFacts(user, version)} />
      <div>
        <Title order={2} size="h4" mb="xs">
          External ids
        </Title>
        {user.external_ids.length === 0 ? (
          <Text size="sm" c="dimmed">
            None: this account is not linked to a sign-in elsewhere.
          </Text>
        ) : (
          <Facts
            facts={user.external_ids.map(({ auth_provider, external_id }) => ({
              key: `${auth_provider} ${external_id}`,
              name: shownId(auth_provider),
              value: <Id value={external_id} />,
            }))}
          />
        )}
      </div>
      <div>
        <Title order={2} size="h4" mb="xs">
          E-mail addresses and phone numbers
        </Title>
        {user.threepids.length === 0 ? (
          <Text size="sm" c="dimmed">
            None.
          </Text>
        ) : (
          <Facts
            facts={user.threepids.map(({ medium, address, added_at, validated_at }) => ({
              key: `${medium} ${address}`,
              name: medium === 'msisdn' ? 'phone' : shownId(medium),
              value: (
                <>
                  <Id value={address} />{' '}
                  <Text span size="xs" c="dimmed">
                    added <Moment ms={added_at} />, confirmed <Moment ms={validated_at} />
                  </Text>
                </>
              ),
            }))}
          />
        )}
      </div>
    </Stack>
  );
}

function accountFacts(user: User, version: string): Fact[] {
  const marks = userBadges(user);
  return [
    { name: 'User id', value: <Id value={user.name} /> },
    { name: 'Display name', value: <Outside text={user.displayname} none="none" longest={2000} /> },
    {
      name: 'State',
      value: marks.length === 0 ? 'Active' : <Marks marks={marks} />,
    },
    ...(has(version, 'suspended')
      ? []
      : [{ name: 'Suspended', value: `unknown. ${wordsOf(lacks(version, 'suspended') ?? '')}` }]),
    { name: 'Created', value: <Moment ms={user.creation_ts} /> },
    {
      name: 'Last seen',
      value:
        user.last_seen_ts == null ? (
          // `user_ips` is pruned (`store/client_ips.py:807-816`, `config/server.py:668`).
          <>unknown: this answer forgets it after 28 days, unless the homeserver is set otherwise</>
        ) : (
          <Moment ms={user.last_seen_ts} />
        ),
    },
    { name: 'Type', value: <Outside text={user.user_type} none="none: a person’s account" /> },
    {
      name: 'Application service',
      value: user.appservice_id == null ? 'none' : <Id value={user.appservice_id} />,
    },
    {
      name: 'Avatar',
      value: user.avatar_url == null || user.avatar_url === '' ? 'none' : <Id value={user.avatar_url} />,
    },
    {
      name: 'Consent to the terms',
      value:
        user.consent_version == null ? (
          'none'
        ) : (
          <>
            <Outside text={user.consent_version} />, <Moment ms={user.consent_ts} />
          </>
        ),
    },
    {
      name: 'Asked for consent',
      value: user.consent_server_notice_sent == null ? 'never' : <Outside text={user.consent_server_notice_sent} />,
    },
  ];
}
