import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Menu, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconChevronDown, IconPalette, IconUserPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import { hostOf, keepColors, loadLooks, useAccountLooks } from '~/data/account-looks';
import { adding, isSame, ownerOf, showAccount, useAccounts, useSession, type AccountState } from '~/data/session';
import { isolated } from '~/lib/shown-text';
import { IN_MAIN } from '~/ui/in-main';
import { Outside } from '~/ui/Outside';
import { cssColor } from './account-color';
import { AccountDialog } from './AccountDialog';
import { AccountMark } from './AccountMark';
import classes from './AccountSwitcher.module.css';
import { useOthersJobs } from './open-jobs';

/** In the header of every page, where a tab has several accounts: which of them is shown, and the way to the others. */
export function AccountSwitcher() {
  const { t } = useLingui();
  const session = useSession();
  const accounts = useAccounts();
  const { name, color } = useAccountLooks()(session);
  const [isChoosing, choosing] = useDisclosure();
  useEffect(() => {
    void loadLooks().then(() => keepColors(accounts));
  }, [accounts]);
  const shownName = isolated(name);
  return (
    <>
      <div className={classes.stripe} style={{ background: cssColor(color) }} />
      <Menu
        position="bottom-start"
        withinPortal
        portalProps={IN_MAIN}
        withInitialFocusPlaceholder={false}
        menuItemTabIndex={0}
      >
        <Menu.Target>
          <UnstyledButton
            className={classes.target}
            aria-label={t`Switch account. Shown: ${shownName}`}
            title={isolated(session.homeserver.baseUrl)}
          >
            <span className={classes.words}>
              <Text span size="sm" component="span" display="block" truncate>
                <AccountMark session={session} />
              </Text>
              <Text size="xs" c="dimmed" component="span" display="block" truncate className={classes.detail}>
                <Outside as="id" text={session.userId} />
              </Text>
            </span>
            <IconChevronDown size={16} aria-hidden style={{ flex: 'none' }} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {accounts.map((account) => (
            <AccountItem
              key={`${account.session.homeserver.baseUrl} ${account.session.userId}`}
              account={account}
              isShown={isSame(ownerOf(account.session), ownerOf(session))}
            />
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPalette size={16} />} onClick={choosing.open}>
            <Trans>Name and color of this account…</Trans>
          </Menu.Item>
          <Menu.Item leftSection={<IconUserPlus size={16} />} onClick={() => adding.set(true)}>
            <Trans>Add an account…</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChoosing && <AccountDialog session={session} onClose={choosing.close} />}
    </>
  );
}

function AccountItem({ account, isShown }: { account: AccountState; isShown: boolean }) {
  const { t } = useLingui();
  const { session, status } = account;
  const owner = ownerOf(session);
  const count = useOthersJobs().find((one) => isSame(ownerOf(one.session), owner))?.count ?? 0;
  return (
    <Menu.Item
      aria-current={isShown ? 'true' : undefined}
      onClick={() => showAccount(owner)}
      rightSection={isShown ? <IconCheck size={16} aria-label={t`Shown now`} /> : null}
    >
      <span className={classes.item}>
        <AccountMark session={session} />
        <Text span size="xs" c="dimmed" display="block" truncate>
          <Outside as="id" text={session.userId} /> · <Outside as="id" text={hostOf(session.homeserver.baseUrl)} />
        </Text>
        {status === 'expired' && (
          <Text span size="xs" c="var(--mantine-color-error)" display="block">
            <Trans>Its token is not accepted any more. Switch to it to sign in again.</Trans>
          </Text>
        )}
        {count > 0 && (
          <Text span size="xs" display="block">
            {plural(count, { one: '# job is not finished', other: '# jobs are not finished' })}
          </Text>
        )}
      </span>
    </Menu.Item>
  );
}
