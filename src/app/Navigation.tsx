import { Trans, useLingui } from '@lingui/react/macro';
import { Collapse, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconExternalLink, IconPlus } from '@tabler/icons-react';
import { Link as RouterLink, useLocation } from 'react-router';
import { config } from '~/data/config';
import { useSession } from '~/data/session';
import { NewReports } from '~/entities/report/NewReports';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { Outside } from '~/ui/Outside';
import classes from './Navigation.module.css';
import { family, NAVIGATION, NEW_JOBS, whyAbsent, type Screen } from './navigation';

/** All screens. What this homeserver can't serve stays, greyed: its page says why. */
export function Navigation() {
  const { t } = useLingui();
  const { mas } = useSession();
  const here = family(useLocation().pathname);
  const [isOpen, { toggle }] = useDisclosure(NEW_JOBS.some(({ to }) => family(to) === here));
  return (
    <>
      {NAVIGATION.map(({ label, screens }) => (
        <div key={screens[0]?.to} className={classes.section}>
          {label !== null && (
            <Text size="xs" fw={600} c="dimmed" px="sm" py={4}>
              {wordsOf(label)}
            </Text>
          )}
          {screens
            .filter(({ isOfMas }) => mas || !isOfMas)
            .map((screen) => (
              <To key={screen.to} screen={screen} />
            ))}
        </div>
      ))}
      <NavLink
        component="button"
        type="button"
        label={t`New bulk job`}
        leftSection={<IconPlus size={18} stroke={1.6} aria-hidden />}
        rightSection={<IconChevronDown size={14} stroke={1.6} aria-hidden className={classes.chevron} />}
        aria-expanded={isOpen}
        className={classes.link}
        onClick={toggle}
      />
      <Collapse expanded={isOpen} keepMounted={false}>
        <div className={classes.under}>
          {NEW_JOBS.map((screen) => (
            <To key={screen.to} screen={screen} />
          ))}
        </div>
      </Collapse>
      <Links />
    </>
  );
}

/** Pages of whoever runs this Glia: `menu` of its config.json. */
function Links() {
  const { menu } = config();
  if (menu.length === 0) return null;
  return (
    <div className={classes.section}>
      <Text size="xs" fw={600} c="dimmed" px="sm" py={4}>
        <Trans>Links</Trans>
      </Text>
      {menu.map(({ label, url }) => (
        <NavLink
          key={`${label} ${url}`}
          href={url}
          target="_blank"
          rel="noreferrer"
          label={<Outside text={label} />}
          leftSection={<IconExternalLink size={18} stroke={1.6} aria-hidden />}
          className={classes.link}
        />
      ))}
    </div>
  );
}

function To({ screen }: { screen: Screen }) {
  const { t } = useLingui();
  const session = useSession();
  const { pathname } = useLocation();
  const { to, label, icon: Icon } = screen;
  const isHere = family(to) === family(pathname);
  const isAbsent = whyAbsent(screen, session) !== null;
  return (
    <NavLink
      component={RouterLink}
      to={to}
      label={wordsOf(label)}
      leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
      {...(to === paths.reports() && { rightSection: <NewReports /> })}
      active={isHere}
      aria-current={isHere ? 'page' : undefined}
      {...(isAbsent && { 'data-absent': true, 'aria-description': t`Not available on this homeserver` })}
      className={classes.link}
    />
  );
}
