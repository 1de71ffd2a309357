import { msg, t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  ActionIcon,
  AppShell,
  Burger,
  Drawer,
  Group,
  Menu,
  ScrollArea,
  Skeleton,
  Text,
  Tooltip,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconDeviceDesktop,
  IconLogout,
  IconMoon,
  IconPencilOff,
  IconSun,
  IconUserCircle,
  IconUserPlus,
} from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import { Outlet, ScrollRestoration, useLocation } from 'react-router';
import { noteVisit } from '~/data/recent-things';
import { config } from '~/data/config';
import { readOnlyReason } from '~/data/read-only';
import { adding, setReadOnly, tokenKeeping, useAccounts, useSession, type Session } from '~/data/session';
import { SignOutDialog } from '~/features/login/SignOutDialog';
import { hoursOrDays } from '~/lib/numbers';
import { ActsAsContext } from '~/ui/ActsAs';
import { guardDoubleClicks } from '~/ui/double-click';
import { Held } from '~/ui/held';
import { Logo } from '~/ui/Logo';
import { Toasts } from '~/ui/Toasts';
import { LanguageMenu } from './LanguageMenu';
import { Navigation } from './Navigation';
import { PaletteField } from './PaletteField';
import { ReadOnlyToggle } from './ReadOnlyToggle';
import { RunningJobs } from './RunningJobs';
import classes from './Shell.module.css';
import { whyNotAllowedAt } from './allowed-here';
import { Shortcuts } from './Shortcuts';
import { isolated } from '~/lib/shown-text';
import { NAME_AND_VERSION } from '~/lib/version';
import { wordsOf } from '~/lib/words';
import { Outside } from '~/ui/Outside';

// Most admins have one account, and no use for these.
const AccountSwitcher = lazy(async () => ({
  default: (await import('~/entities/session/AccountSwitcher')).AccountSwitcher,
}));
const AccountLine = lazy(async () => ({ default: (await import('~/entities/session/AccountLine')).AccountLine }));
const accountLine = (
  <Suspense fallback={null}>
    <AccountLine />
  </Suspense>
);

/** Of several accounts each dialog names the one that it acts as. */
export function Shell() {
  return (
    <ActsAsContext value={useAccounts().length > 1 ? accountLine : null}>
      <Frame />
    </ActsAsContext>
  );
}

/** The frame of every page: where one acts, as whom, and what is running. */
function Frame() {
  const { t } = useLingui();
  const [opened, { toggle, close }] = useDisclosure();
  const [signingOut, signOutDialog] = useDisclosure();
  const location = useLocation();
  const session = useSession();
  const isOneOfSeveral = useAccounts().length > 1;
  const held = readOnlyReason(session);
  const heldHere = held ?? whyNotAllowedAt(location.pathname);

  useEffect(close, [location.pathname, close]);
  useEffect(() => noteVisit(location.pathname), [location.pathname]);
  useEffect(() => guardDoubleClicks(window), []);

  return (
    <AppShell
      header={{ height: { base: session.demo ? 84 : 56 } }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: true } }}
      padding={{ base: 'md', sm: 'lg' }}
    >
      <a className="glia-skip" href="#main" onClick={skipToMain}>
        <Trans>Skip to content</Trans>
      </a>
      <AppShell.Header>
        {session.demo && (
          <Text component="p" className={classes.demo} role="note">
            <Trans>Demo homeserver: sample data, reset on reload</Trans>
          </Text>
        )}
        <Group h={56} px="md" gap="sm" wrap="nowrap" justify="space-between" className={classes.bar}>
          <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }} className={classes.start}>
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t`Navigation`} />
            <span className={classes.logo}>
              <Logo />
            </span>
            {isOneOfSeveral ? (
              <Suspense fallback={<Where session={session} />}>
                <AccountSwitcher />
              </Suspense>
            ) : (
              <Where session={session} />
            )}
          </Group>
          <PaletteField />
          <Group gap="xs" wrap="nowrap" className={classes.tools}>
            <RunningJobs />
            <ReadOnlyToggle />
            <LanguageMenu />
            <ColorScheme />
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`Account`}>
                  <IconUserCircle size={20} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label role="presentation">
                  <Outside as="id" text={session.userId} />
                  <br />
                  <Outside as="id" text={session.homeserver.baseUrl} />
                  <br />
                  {keepingSentence()}
                  <br />
                  {NAME_AND_VERSION}
                </Menu.Label>
                <Menu.Item
                  disabled={config().readOnly}
                  leftSection={<IconPencilOff size={16} />}
                  onClick={() => void setReadOnly(session.readOnly !== true)}
                >
                  {held !== null ? t`Turn read-only mode off` : t`Turn read-only mode on`}
                </Menu.Item>
                <Menu.Item leftSection={<IconUserPlus size={16} />} onClick={() => adding.set(true)}>
                  <Trans>Add an account…</Trans>
                </Menu.Item>
                <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOutDialog.open}>
                  <Trans>Sign out…</Trans>
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label={t`Main`} visibleFrom="sm">
        <ScrollArea>
          <Navigation />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        {/* A job that is read from disk, at an address that names it. */}
        <Suspense fallback={<Skeleton h={240} aria-busy role="status" aria-label={t`Loading the job`} />}>
          <Held value={heldHere === null ? null : wordsOf(heldHere)}>
            <Outlet />
          </Held>
        </Suspense>
      </AppShell.Main>
      <Drawer
        opened={opened}
        onClose={close}
        size={288}
        hiddenFrom="sm"
        title={t`Navigation`}
        closeButtonProps={{ 'aria-label': t`Close` }}
        attributes={{ header: { role: 'presentation' } }}
      >
        <nav aria-label={t`Main`}>
          <Navigation />
        </nav>
      </Drawer>
      <SignOutDialog opened={signingOut} onClose={signOutDialog.close} />
      <Shortcuts />
      <Toasts />
      <ScrollRestoration />
    </AppShell>
  );
}

function Where({ session }: { session: Session }) {
  return (
    <div className={classes.where}>
      <Text size="sm" fw={600} truncate dir="ltr" title={isolated(session.homeserver.baseUrl)}>
        <Outside as="id" text={hostOf(session.homeserver.baseUrl)} />
      </Text>
      <Text size="xs" c="dimmed" truncate>
        <Trans>
          Synapse <Outside text={session.version} />
        </Trans>
        <span className={classes.account}>
          {' '}
          · <Outside as="id" text={session.userId} />
        </span>
      </Text>
    </div>
  );
}

/** What was chosen at sign-in, or what the browser left of it. */
function keepingSentence(): string {
  const { overReload, forgetAfterMs } = tokenKeeping();
  const unused = wordsOf(hoursOrDays(forgetAfterMs));
  return overReload
    ? t`Signs out after ${unused} without use.`
    : t`Signs out after ${unused} without use, or when the page reloads.`;
}

/** The hash is the router's: following `#main` would leave the page, so the focus is moved by hand. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

function hostOf(baseUrl: string): string {
  return URL.parse(baseUrl)?.host ?? baseUrl;
}

const NEXT_SCHEME = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const SCHEME_LABELS = { auto: msg`Theme: system`, light: msg`Theme: light`, dark: msg`Theme: dark` } as const;
const SCHEME_ICONS = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;

function ColorScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = SCHEME_ICONS[colorScheme];
  const label = wordsOf(SCHEME_LABELS[colorScheme]);
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(NEXT_SCHEME[colorScheme])}
      >
        <Icon size={20} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
