import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Group, Stack, Title } from '@mantine/core';
import { makeAdmin, revokeAdmin } from '~/actions/user/admin';
import { setDisplayName } from '~/actions/user/profile';
import { setUserType } from '~/actions/user/user-type';
import { lacks } from '~/api/since';
import type { User } from '~/api/users';
import { ActionPencil } from '~/entities/action/ActionPencil';
import { UserState } from '~/entities/user/UserState';
import { useSession } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { Facts, type Fact } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { MasAccountFacts, ON_SYNAPSE } from './MasAccountFacts';
import { UserAccountData } from './UserAccountData';
import { AvatarPencil } from './UserAvatar';
import { UserAddresses } from './UserAddresses';
import { UserExternalIds } from './UserExternalIds';
import { UserFeatures } from './UserFeatures';
import { RateLimit, RateLimitPencil } from './UserRateLimit';

/** Everything that the homeserver says about an account, and beside each fact what changes it. */
export function UserFacts({ user, version }: { user: User; version: string }) {
  const { homeserver, mas } = useSession();
  const hasMasFacts = homeserver.mas !== undefined;
  return (
    <Stack gap="lg">
      <MasAccountFacts userId={user.name} />
      <section aria-label={t`Account in Synapse`}>
        {mas && (
          <Group gap="xs" mb={4}>
            <Title order={2} size="h4">
              <Trans>Profile and use</Trans>
            </Title>
            <Marks marks={[ON_SYNAPSE]} />
          </Group>
        )}
        <Facts facts={accountFacts(user, version).filter(({ inMas }) => !(hasMasFacts && inMas))} />
      </section>
      <UserExternalIds user={user} />
      <UserAddresses user={user} />
      <UserFeatures userId={user.name} />
      <UserAccountData userId={user.name} />
    </Stack>
  );
}

const idOr = (value: string | null | undefined, otherwise: string) =>
  value == null || value === '' ? otherwise : <Id value={value} />;

/** `inMas`: MAS’s word counts, where it can be asked. */
function accountFacts(user: User, version: string): (Fact & { inMas?: true })[] {
  const none = t`none`;
  const lacking = lacks(version, 'suspended');
  const { name: id } = user;
  return [
    { name: t`User ID`, value: <Id value={id} /> },
    {
      name: t`Display name`,
      value: <Outside text={user.displayname} none={none} longest={2000} />,
      edit: <ActionPencil actions={[setDisplayName]} id={id} seen={user} />,
    },
    { name: t`Avatar`, value: idOr(user.avatar_url, none), edit: <AvatarPencil user={user} /> },
    { name: t`Status`, value: <UserState user={user} none={t`Active`} /> },
    ...(lacking === null ? [] : [{ name: t`Suspended`, value: unknownBecause(wordsOf(lacking)) }]),
    {
      name: t`Server admin`,
      inMas: true,
      value: user.admin ? t`yes` : t`no`,
      edit: <ActionPencil actions={[makeAdmin, revokeAdmin]} id={id} seen={user} />,
    },
    {
      name: t`Type`,
      value: <Outside text={user.user_type} none={t`regular user`} />,
      edit: <ActionPencil actions={[setUserType]} id={id} seen={user} />,
    },
    { name: t`Rate limit`, value: <RateLimit userId={id} />, edit: <RateLimitPencil userId={id} /> },
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
    { name: t`Application service`, value: idOr(user.appservice_id, none) },
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
