import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useSession } from '~/data/session';
import { withWords } from '~/locales/language';
import { MORE_SCREENS, NAVIGATION, NEW_JOBS, whyAbsent, type Screen } from './navigation';
import classes from './PaletteField.module.css';

const CommandPalette = lazy(async () => ({
  default: (await withWords('palette', import('~/features/palette/CommandPalette'))).CommandPalette,
}));

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** In the header: opens the palette of commands, as Ctrl+K, ⌘K and “/” do. */
export function PaletteField() {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  // Its code is loaded when it is first wanted; then it stays, for the dialog that it may have opened.
  const [isWanted, setWanted] = useState(false);
  if (opened && !isWanted) setWanted(true);
  const screens = useScreens();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!asksForPalette(event) || document.querySelector('[aria-modal="true"]') !== null) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
  return (
    <>
      <UnstyledButton className={classes.field} visibleFrom="sm" onClick={open} aria-haspopup="dialog">
        <IconSearch size={16} aria-hidden />
        <span className={classes.words}>{t`Find or do something`}</span>
        <Kbd size="xs">{isMac ? '⌘ K' : t`Ctrl K`}</Kbd>
      </UnstyledButton>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        hiddenFrom="sm"
        aria-label={t`Find or do something`}
        aria-haspopup="dialog"
        onClick={open}
      >
        <IconSearch size={20} stroke={1.6} aria-hidden />
      </ActionIcon>
      {isWanted && (
        <Suspense fallback={null}>
          <CommandPalette opened={opened} screens={screens} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

/** Fields of these kinds take no text: “/” there is no letter. */
const NO_TEXT = /^(?:checkbox|radio|button|submit|range|color|file)$/;

function asksForPalette(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (key.toLowerCase() === 'k') return (ctrlKey || metaKey) && !altKey && !shiftKey;
  if (key !== '/' || ctrlKey || metaKey || altKey) return false;
  if (target instanceof HTMLInputElement) return NO_TEXT.test(target.type);
  return !(target instanceof HTMLElement && (target.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(target.tagName)));
}

function useScreens() {
  const session = useSession();
  return useMemo(() => {
    const of = (screen: Screen, group: Screen['label'] | null) => {
      const { to, label, icon: Icon } = screen;
      const picture = <Icon size={18} stroke={1.6} aria-hidden />;
      return { to, label, group, reason: whyAbsent(screen, session), picture };
    };
    return [
      ...NAVIGATION.flatMap(({ label, screens }) => screens.map((screen) => of(screen, label))),
      ...[...MORE_SCREENS, ...NEW_JOBS].map((screen) => of(screen, null)),
    ];
  }, [session]);
}
