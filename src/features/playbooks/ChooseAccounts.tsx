import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useMemo } from 'react';
import { spamForm, unavailable, type SpamInput } from '~/actions/playbook/spam-wave';
import { hasWildcards } from '~/api/wildcards';
import type { Session } from '~/data/session';
import { ActionForm } from '~/entities/action/ActionForm';
import { UserChooser } from '~/entities/user/UserChooser';
import { asServer } from '~/job-store/action-jobs';
import { ownUsers } from '~/lib/own-users';
import { textKey } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { useUserIds } from '~/ui/use-user-ids';
import { WildcardNote } from '~/ui/WildcardNote';
import { StepActions } from '~/ui/wizard/StepActions';
import { requestsPerAccount, saysSomething, type AccountFilter, type Accounts } from './accounts';
import type { SpamChoice } from './choice';
import classes from './playbooks.module.css';

interface ChooseAccountsProps {
  session: Session;
  choice: SpamChoice;
  onChange(part: Partial<SpamChoice>): void;
  onPlan(accounts: Accounts, input: SpamInput): void;
}

/** Which accounts, and what is done with each. */
export function ChooseAccounts({ session, choice, onChange, onPlan }: ChooseAccountsProps) {
  const { t } = useLingui();
  const { from, handed, text, filter } = choice;
  const server = asServer(session);
  const form = spamForm(server);
  const values = choice.values ?? form.initial;
  const entered = form.read(values);
  const lacking = unavailable(server);
  const { parsed, settled } = useUserIds(text, session.serverName, 'never');
  const { ids, problems } = useMemo(() => ownUsers(parsed, session.serverName), [parsed, session.serverName]);
  const accounts = accountsOf();
  return (
    <Stack gap="lg">
      <div className={classes.card}>
        <UserChooser
          label={t`Which accounts sent the spam?`}
          session={session}
          choice={choice}
          onChange={onChange}
          sources={{ filter: { label: t`Accounts that match what I enter` }, handed: {}, named: {} }}
          named={{ label: t`Accounts`, parsed, problems }}
        />
        {from === 'filter' && (
          <Filter
            value={filter}
            requests={requestsPerAccount(session)}
            onChange={(next) => onChange({ filter: next })}
          />
        )}
        <Text size="sm" c="dimmed" mt="md">
          {!session.mas ? (
            <Trans>
              Your own account, server admins, bots, support accounts and the accounts of application services are
              always left out. The plan names each with the reason.
            </Trans>
          ) : session.homeserver.mas ? (
            <Trans>
              Your own account, accounts that MAS gives admin rights, bots, support accounts and the accounts of
              application services are always left out. The plan names each with the reason. MAS does not show which
              admins are named only in its configuration (admin_users): check that none of them is in the plan.
            </Trans>
          ) : (
            <Trans>
              Your own account, bots, support accounts and the accounts of application services are always left out. The
              plan names each with the reason. Who is a server admin is kept in MAS, whose Admin API Glia can’t reach:
              check that no admin is in the plan.
            </Trans>
          )}
        </Text>
      </div>
      <div className={classes.card}>
        <Stack gap="md">
          <Title order={3} size="h4">
            <Trans>What is done with each, in this order</Trans>
          </Title>
          {lacking.length > 0 && (
            <Notice tone="warning" title={t`Not all steps are possible on this homeserver`}>
              {lacking.map((one) => (
                <Text key={textKey(one)} size="sm">
                  <bdi>{wordsOf(one)}</bdi>
                </Text>
              ))}
            </Notice>
          )}
          <ActionForm
            fields={form.fields}
            values={values}
            problems={'problems' in entered ? entered.problems : {}}
            onChange={(next) => onChange({ values: next })}
          />
          <Text size="sm" c="dimmed">
            <Trans>
              Last, Glia checks that no message, file or room is left, and names in the report what is. If a step fails
              for an account, that account stops there and the others continue.
            </Trans>
          </Text>
        </Stack>
      </div>
      <StepActions
        next={{
          label: t`Review`,
          disabled:
            typeof accounts === 'string'
              ? accounts
              : 'problems' in entered
                ? t`Some fields are not filled in correctly.`
                : null,
          onClick: () => typeof accounts !== 'string' && 'input' in entered && onPlan(accounts, entered.input),
        }}
      />
    </Stack>
  );

  function accountsOf(): Accounts | string {
    if (from === 'filter') return saysSomething(filter) ? { filter } : t`Enter what the accounts have in common first.`;
    if (from === 'handed' && handed && 'ids' in handed) return { ids: handed.ids };
    if (!settled) return t`Still reading what you pasted.`;
    return ids.length === 0 ? t`Enter at least one account first.` : { ids };
  }
}

interface FilterProps {
  value: AccountFilter;
  /** For each account that matches. */
  requests: number;
  onChange(value: AccountFilter): void;
}

function Filter({ value, requests, onChange }: FilterProps) {
  const { t } = useLingui();
  const set = (part: Partial<AccountFilter>) => onChange({ ...value, ...part });
  return (
    <Stack gap="md" mt="md">
      <Group gap="md" align="flex-start">
        <TextInput
          type="date"
          label={t`Created on or after`}
          value={value.after}
          onChange={(event) => set({ after: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t`Created on or before`}
          value={value.before}
          onChange={(event) => set({ before: event.currentTarget.value })}
        />
      </Group>
      <TextInput
        label={t`Name contains`}
        description={t`Searches display names and the part of user IDs before the colon.`}
        value={value.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {hasWildcards(value.name) && <WildcardNote text={value.name.trim()} />}
      <TextInput
        label={t`Email address at`}
        description={t`A domain, such as example.com. Exactly this domain, not its subdomains.`}
        value={value.domain}
        onChange={(event) => set({ domain: event.currentTarget.value })}
      />
      <TextInput
        label={t`Seen from IP address`}
        description={t`Costs one more request for each account that matches the rest. Synapse forgets addresses after 28 days.`}
        value={value.ip}
        onChange={(event) => set({ ip: event.currentTarget.value })}
      />
      <Switch
        label={t`Only accounts whose messages were reported`}
        checked={value.onlyReported}
        onChange={(event) => set({ onlyReported: event.currentTarget.checked })}
      />
      <Text size="sm" c="dimmed">
        <Trans>
          An account has to match all that you enter. Glia lists the users with one request per 1,000, then reads each
          match with up to {requests} requests. You can cancel this at any time.
        </Trans>
      </Text>
    </Stack>
  );
}
