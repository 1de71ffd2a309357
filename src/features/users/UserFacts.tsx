import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { lacks } from '~/api/since';
import type { User } from '~/api/users';
import { shownId } from '~/lib/shown-text';
import { Facts, type Fact } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { userBadges } from '~/entities/user/badges';
import { Outside } from '~/ui/Outside';
import { wordsOf } from '~/lib/words';

/** Everything that the homeserver says about an account. */
export function UserFacts({ user, version }: { user: User; version: string }) {
  return (
    <Stack gap="lg">
      <Facts facts={accountFacts(user, version)} />
      <div>
        <Title order={2} size="h4" mb="xs">
          <Trans>External IDs</Trans>
        </Title>
        {user.external_ids.length === 0 ? (
          <Text size="sm" c="dimmed">
            <Trans>None: this account isn’t linked to any sign-in provider.</Trans>
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
    </Stack>
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

const idOr = (value: string | null | undefined, otherwise: string) =>
  value == null || value === '' ? otherwise : <Id value={value} />;

function accountFacts(user: User, version: string): Fact[] {
  const marks = userBadges(user);
  const none = t`none`;
  const lacking = lacks(version, 'suspended');
  return [
    { name: t`User ID`, value: <Id value={user.name} /> },
    { name: t`Display name`, value: <Outside text={user.displayname} none={none} longest={2000} /> },
    { name: t`Status`, value: marks.length === 0 ? t`Active` : <Marks marks={marks} /> },
    ...(lacking === null ? [] : [{ name: t`Suspended`, value: unknownBecause(wordsOf(lacking)) }]),
    { name: t`Created`, value: <Moment ms={user.creation_ts} /> },
    {
      name: t`Last seen`,
      value:
        user.last_seen_ts == null ? (
          // `user_ips` is pruned (`store/client_ips.py:807-816`, `config/server.py:668`).
          <Trans>unknown: Synapse deletes this after 28 days, unless configured otherwise</Trans>
        ) : (
          <Moment ms={user.last_seen_ts} />
        ),
    },
    { name: t`Type`, value: <Outside text={user.user_type} none={t`regular user`} /> },
    { name: t`Application service`, value: idOr(user.appservice_id, none) },
    { name: t`Avatar`, value: idOr(user.avatar_url, none) },
    { name: t`Consent to the terms`, value: consent(user) ?? none },
    {
      name: t`Consent notice sent`,
      value: user.consent_server_notice_sent == null ? t`never` : <Outside text={user.consent_server_notice_sent} />,
    },
  ];
}

const unknownBecause = (reason: string): string => t`unknown. ${reason}`;

/** To which version of the terms, and when. */
function consent({ consent_version, consent_ts }: User) {
  if (consent_version == null) return null;
  const version = <Outside text={consent_version} />;
  const time = <Moment ms={consent_ts} />;
  return (
    <Trans>
      {version}, {time}
    </Trans>
  );
}
