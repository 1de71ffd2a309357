import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  Menu,
  NavLink,
  ScrollArea,
  Skeleton,
  Text,
  Tooltip,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconDeviceDesktop,
  IconDoorEnter,
  IconHome,
  IconListCheck,
  IconLogout,
  IconMoon,
  IconPhotoX,
  IconSun,
  IconUnlink,
  IconUserCircle,
  IconUsers,
  IconMessages,
} from '@tabler/icons-react';
import { Suspense, useEffect } from 'react';
import { NavLink as RouterLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { tokenKeeping, useSession } from '~/data/session';
import { SignOutDialog } from '~/features/login/SignOutDialog';
import { hoursOrDays } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { guardDoubleClicks } from '~/ui/double-click';
import { Logo } from '~/ui/Logo';
import { Toasts } from '~/ui/Toasts';
import { RunningJobs } from './RunningJobs';
import classes from './Shell.module.css';
import { isolated } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';
import { wordsOf } from '~/lib/words';

const SECTIONS = [
  {
    label: null,
    links: [
      { to: paths.home(), label: 'Home', icon: IconHome },
      { to: paths.users(), label: 'Users', icon: IconUsers },
      { to: paths.rooms(), label: 'Rooms', icon: IconMessages },
    ],
  },
  {
    label: 'Bulk jobs',
    links: [
      { to: paths.joinRooms(), label: 'Join users to rooms', icon: IconDoorEnter },
      { to: paths.deleteMedia(), label: 'Delete media by date', icon: IconPhotoX },
      { to: paths.externalIds(), label: 'Remove external IDs', icon: IconUnlink },
      { to: paths.jobs(), label: 'Activity', icon: IconListCheck },
    ],
  },
] as const;

/** The first part of the path: a wizard's other steps are still “here”. */
const family = (path: string) => path.split('/')[1] ?? '';

/** The frame of every page: where one acts, as whom, and what is running. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure();
  const [signingOut, signOutDialog] = useDisclosure();
  const location = useLocation();
  const session = useSession();

  useEffect(close, [location.pathname, close]);
  useEffect(() => guardDoubleClicks(window), []);

  return (
    <AppShell
      header={{ height: { base: session.demo ? 84 : 56 } }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'lg' }}
    >
      <a className="glia-skip" href="#main" onClick={skipToMain}>
        Skip to content
      </a>
      <AppShell.Header>
        {session.demo && (
          <Text component="p" className={classes.demo} role="note">
            Demo homeserver: sample data, reset on reload
          </Text>
        )}
        <Group h={56} px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" />
            <Logo />
            <div className={classes.where}>
              <Text size="sm" fw={600} truncate dir="ltr" title={isolated(session.homeserver.baseUrl)}>
                <Outside as="id" text={hostOf(session.homeserver.baseUrl)} />
              </Text>
              <Text size="xs" c="dimmed" truncate>
                Synapse <Outside text={session.version} />
                <span className={classes.account}>
                  {' '}
                  · <Outside as="id" text={session.userId} />
                </span>
              </Text>
            </div>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <RunningJobs />
            <ColorScheme />
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Account">
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
                </Menu.Label>
                <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOutDialog.open}>
                  Sign out…
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label="Main">
        <ScrollArea>
          {SECTIONS.map((section) => (
            <div key={section.label ?? 'top'} className={classes.section}>
              {section.label !== null && (
                <Text size="xs" fw={600} c="dimmed" px="sm" py={4}>
                  {section.label}
                </Text>
              )}
              {section.links.map(({ to, label, icon: Icon }) => {
                const here = family(to) === family(location.pathname);
                return (
                  <NavLink
                    key={to}
                    component={RouterLink}
                    to={to}
                    end={to === '/'}
                    label={label}
                    leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
                    active={here}
                    aria-current={here ? 'page' : undefined}
                    className={classes.link}
                  />
                );
              })}
            </div>
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        {/* A job that is read from disk, at an address that names it. */}
        <Suspense fallback={<Skeleton h={240} aria-busy aria-label="Reading the job" />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <SignOutDialog opened={signingOut} onClose={signOutDialog.close} />
      <Toasts />
      <ScrollRestoration />
    </AppShell>
  );
}

/** What was chosen at sign-in, or what the browser left of it. */
function keepingSentence(): string {
  const { overReload, forgetAfterMs } = tokenKeeping();
  const until = `Signs out after ${wordsOf(hoursOrDays(forgetAfterMs))} without use`;
  return overReload ? `${until}.` : `${until}, or when the page reloads.`;
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
const SCHEME_NAMES = { auto: 'system', light: 'light', dark: 'dark' } as const;
const SCHEME_ICONS = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;

function ColorScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = SCHEME_ICONS[colorScheme];
  const label = `Theme: ${SCHEME_NAMES[colorScheme]}`;
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
