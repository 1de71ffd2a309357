import { msg, t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { masServer } from '~/data/mas-server';
import { useSession } from '~/data/session';
import { Emails } from '~/entities/mas/Emails';
import { paths } from '~/lib/paths';
import { isolated } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { Facts, type Fact } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { Page } from '~/ui/Page';
import { SearchField } from '~/ui/SearchField';
import { Section } from '~/ui/Section';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { Clients } from './Clients';
import { Upstream } from './Upstream';

/** Matrix Authentication Service itself: how it is set up, and what it keeps that belongs to no single account. */
export function MasPage() {
  return (
    <Page
      title={t`Authentication service`}
      about={t`Matrix Authentication Service (MAS) signs the users of this homeserver in.`}
      actions={
        <Group gap="xs">
          <Button component={Link} to={paths.masSessions()} size="xs" variant="default">
            {t`Sessions`}
          </Button>
          <Button component={Link} to={paths.policy()} size="xs" variant="default">
            {t`Policy data`}
          </Button>
        </Group>
      }
    >
      <TabsInUrl
        label={t`About MAS`}
        tabs={[
          { id: 'config', label: t`Configuration`, content: <Config /> },
          { id: 'clients', label: t`OAuth clients`, content: <Clients /> },
          { id: 'upstream', label: t`Upstream providers`, content: <Upstream /> },
          { id: 'emails', label: t`Email addresses`, content: <EmailSearch /> },
        ]}
      />
    </Page>
  );
}

function EmailSearch() {
  const [address, setAddress] = useState('');
  return (
    <>
      <SearchField
        label={t`Email address`}
        placeholder={t`anna@example.org`}
        description={t`The whole address: MAS can’t search for a part of one.`}
        value={address}
        onSearch={setAddress}
      />
      <Emails address={address} />
    </>
  );
}

const yes = (value: boolean | undefined): string =>
  value === undefined ? t`not known to this MAS` : value ? t`yes` : t`no`;

function Config() {
  const { homeserver, serverName } = useSession();
  const version = useQuery(masServer.version(homeserver));
  const reading = useQuery(masServer.config(homeserver));
  return (
    <Section unread={t`Could not load the configuration`} refresh={t`Refresh configuration`} reading={reading}>
      {(config) => {
        const other = config.server_name === serverName ? null : isolated(config.server_name);
        const own = isolated(serverName);
        const needsToken = config.password_registration_token_required ?? config.registration_token_required;
        const facts: Fact[] = [
          {
            name: t`Version`,
            value:
              version.data ?? (version.data === null ? t`not known: MAS 1.3 and older don’t say it` : t`not known`),
          },
          { name: t`Address`, value: <Id value={homeserver.mas?.baseUrl ?? ''} /> },
          {
            name: t`Server name`,
            value:
              other === null ? (
                <Id value={config.server_name} />
              ) : (
                t`${other}. This homeserver is ${own}: this MAS belongs to another one.`
              ),
          },
          { name: t`Sign-in with a password`, value: yes(config.password_login_enabled) },
          { name: t`Registration with a password`, value: yes(config.password_registration_enabled) },
          { name: t`Registration needs a token`, value: yes(needsToken) },
          { name: t`Registration needs an email address`, value: yes(config.password_registration_email_required) },
          { name: t`CAPTCHA`, value: yes(config.captcha_enabled) },
          { name: t`Users may change their email addresses`, value: yes(config.email_change_allowed) },
          { name: t`Users may change their display name`, value: yes(config.displayname_change_allowed) },
          { name: t`Users may change their password`, value: yes(config.password_change_allowed) },
          { name: t`Users may recover their account by mail`, value: yes(config.account_recovery_allowed) },
          { name: t`Users may deactivate their account`, value: yes(config.account_deactivation_allowed) },
          { name: t`Weakest password allowed`, value: wordsOfStrength(config.minimum_password_complexity) },
          {
            name: t`Your access token`,
            value: t`may do everything in MAS’s Admin API. MAS knows no finer rights. These settings are read only: they stand in MAS’s configuration file.`,
          },
        ];
        return <Facts facts={facts} />;
      }}
    </Section>
  );
}

const STRENGTHS = [
  msg`0 of 4: anything`,
  msg`1 of 4: very guessable`,
  msg`2 of 4: somewhat guessable`,
  msg`3 of 4: safely unguessable`,
  msg`4 of 4: very unguessable`,
] as const;

const wordsOfStrength = (score: number): string => wordsOf(STRENGTHS[score] ?? String(score));
