import { msg, plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Combobox, Modal, ScrollArea, Text, TextInput, useCombobox, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useState, useSyncExternalStore, type KeyboardEvent, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { AnyAction } from '~/actions/action';
import { recentThings } from '~/data/recent-things';
import { selectionOf } from '~/data/selections';
import { useSession, type Session } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths, thingAt } from '~/lib/paths';
import { wordsOf, type Words } from '~/lib/words';
import classes from './CommandPalette.module.css';
import { commandsFor, type Command, type Ground, type Group, type PaletteScreen } from './commands';
import { CommandIcon } from './CommandIcon';

interface CommandPaletteProps {
  opened: boolean;
  screens: readonly (PaletteScreen & { readonly picture: ReactNode })[];
  onClose(): void;
}

/** Finds what was typed or pasted, goes to any screen, and begins any change: those open their dialog or their page first. */
export function CommandPalette({ opened, screens, onClose }: CommandPaletteProps) {
  const { t } = useLingui();
  const [chosen, choose] = useState<{ action: AnyAction; id: string } | null>(null);
  const navigate = useNavigate();
  const openWith = useOpenWith();
  const take = ({ opens }: Command) => {
    onClose();
    if ('to' in opens && opens.handing) openWith(opens.to, opens.handing);
    else if ('to' in opens) void navigate(opens.to);
    else choose(opens);
  };
  return (
    <>
      <Modal.Root opened={opened} onClose={onClose} size={640} yOffset="8dvh" returnFocus={chosen === null}>
        <Modal.Overlay />
        <Modal.Content aria-label={t`Search and commands`} radius="md">
          <Modal.Body p={0}>{opened && <Commands screens={screens} onTake={take} />}</Modal.Body>
        </Modal.Content>
      </Modal.Root>
      {chosen && <ActionDialog action={chosen.action} id={chosen.id} onClose={() => choose(null)} />}
    </>
  );
}

const GROUPS: Readonly<Record<Group, Words>> = {
  found: msg`Found`,
  selected: msg`With the selection`,
  here: msg`On this page`,
  recent: msg`Recent`,
  go: msg`Go to`,
  do: msg`Bulk jobs`,
  search: msg`Search`,
};

/** What is ticked in the list at this address. */
function selectedAt(pathname: string, { homeserver, userId }: Session): Ground['selected'] {
  const entity = pathname === paths.users() ? 'user' : pathname === paths.rooms() ? 'room' : null;
  if (entity === null) return null;
  const { ids } = selectionOf({ baseUrl: homeserver.baseUrl, userId }, `${entity}s`).get();
  return { entity, ids: [...ids] };
}

interface CommandsProps extends Pick<CommandPaletteProps, 'screens'> {
  onTake(command: Command): void;
}

function Commands({ screens, onTake }: CommandsProps) {
  const { t } = useLingui();
  const session = useSession();
  const { pathname } = useLocation();
  const recent = useSyncExternalStore(recentThings.subscribe, recentThings.get);
  const [typed, setTyped] = useState('');
  const commands = useMemo(
    () =>
      commandsFor(typed, {
        session,
        screens,
        recent,
        here: thingAt(pathname),
        selected: selectedAt(pathname, session),
      }),
    [typed, session, screens, recent, pathname],
  );
  const combobox = useCombobox({ opened: true });
  const { selectFirstOption } = combobox;
  const listId = useId();
  /** Which line is said to be chosen: the field keeps the focus. */
  const [active, setActive] = useState<string | null>(null);
  // Enter takes the best.
  useEffect(() => {
    setActive(selectFirstOption());
    // oxlint-disable-next-line react/exhaustive-deps -- the function is another one each time
  }, [commands]);
  // Not those of the Combobox: it would take Escape for a list of its own that can be closed.
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, nativeEvent } = event;
    if (nativeEvent.isComposing || !['ArrowDown', 'ArrowUp', 'Enter'].includes(key)) return;
    event.preventDefault();
    if (key === 'Enter') combobox.clickSelectedOption();
    else setActive(key === 'ArrowDown' ? combobox.selectNextOption() : combobox.selectPreviousOption());
  };
  const count = commands.length;
  const groups = [...new Set(commands.map(({ group }) => group))];
  return (
    <Combobox
      store={combobox}
      withinPortal={false}
      onOptionSubmit={(key) => {
        const command = commands.find((one) => one.key === key);
        if (command) onTake(command);
      }}
    >
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-haspopup="listbox"
        aria-controls={listId}
        aria-activedescendant={active ?? undefined}
        onKeyDown={onKeyDown}
        size="lg"
        variant="unstyled"
        className={classes.field}
        leftSection={<IconSearch size={20} aria-hidden />}
        aria-label={t`Search and commands`}
        placeholder={t`User, room, file, server, screen or action`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
      />
      <ScrollArea.Autosize mah="60dvh" type="scroll" className={classes.list} viewportProps={{ tabIndex: 0 }}>
        <Combobox.Options id={listId} aria-label={t`Results`}>
          {groups.map((group) => (
            <Combobox.Group key={group} label={wordsOf(GROUPS[group])}>
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <Line key={command.key} command={command} screens={screens} />
                ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
        {count === 0 && (
          <Text c="dimmed" size="sm" p="md">
            {t`Nothing found`}
          </Text>
        )}
      </ScrollArea.Autosize>
      <VisuallyHidden role="status">{t`${plural(count, { one: '# result', other: '# results' })}`}</VisuallyHidden>
    </Combobox>
  );
}

function Line({ command, screens }: { command: Command } & Pick<CommandPaletteProps, 'screens'>) {
  const { key, label, hint, reason, looks, isDangerous = false } = command;
  const screen = typeof looks === 'object' && 'screen' in looks ? looks.screen : null;
  const picture = screens.find(({ to }) => to === screen)?.picture;
  return (
    <Combobox.Option value={key} disabled={reason !== null} className={classes.line} data-danger={isDangerous}>
      <span className={classes.icon}>{picture ?? <CommandIcon looks={looks} />}</span>
      <span className={classes.words}>
        <bdi className={classes.label}>{label}</bdi>
        {reason !== null && <span className={classes.reason}>{reason}</span>}
      </span>
      {hint !== '' && <bdi className={classes.hint}>{hint}</bdi>}
    </Combobox.Option>
  );
}
