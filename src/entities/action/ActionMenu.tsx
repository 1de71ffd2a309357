import { ActionIcon as IconButton, Button, Loader, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconDotsVertical } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnyAction, Entity } from '~/actions/action';
import { actionsOn } from '~/actions/all';
import { verdictOf } from '~/actions/plan';
import { asServer, lookQuery } from '~/job-store/action-jobs';
import { useSession, type Session } from '~/data/session';
import { IN_MAIN } from '~/ui/in-main';
import { ActionDialog } from './ActionDialog';
import { ActionIcon } from './icons';
import classes from './ActionMenu.module.css';
import { wordsOf } from '~/lib/words';

interface ActionMenuProps {
  entity: Entity;
  id: string;
  /** `row`: three dots at the end of a row. `page`: a button “More”. */
  look: 'row' | 'page';
}

/** What can be done with one thing. It is looked at when the menu opens: what is so already is left out, what can't be done says why. */
export function ActionMenu({ entity, id, look }: ActionMenuProps) {
  const [opened, setOpened] = useState(false);
  const [chosen, choose] = useState<AnyAction | null>(null);
  return (
    <>
      <Menu
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        withinPortal
        portalProps={IN_MAIN}
        withInitialFocusPlaceholder={false}
        width={280}
      >
        <Menu.Target>
          {look === 'row' ? (
            <IconButton variant="subtle" color="gray" aria-label={`Actions for ${id}`}>
              <IconDotsVertical size={16} aria-hidden />
            </IconButton>
          ) : (
            <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
              More
            </Button>
          )}
        </Menu.Target>
        <Menu.Dropdown>{opened && <Items entity={entity} id={id} onChoose={choose} />}</Menu.Dropdown>
      </Menu>
      {chosen && <ActionDialog action={chosen} id={id} onClose={() => choose(null)} />}
    </>
  );
}

interface ItemsProps {
  entity: Entity;
  id: string;
  onChoose(action: AnyAction): void;
}

function Items({ entity, id, onChoose }: ItemsProps) {
  const session = useSession();
  const actions = actionsOn(entity);
  const [first] = actions;
  if (!first) return null;
  return <Looked first={first} actions={actions} id={id} session={session} onChoose={onChoose} />;
}

interface LookedProps {
  /** Nearly all actions on one kind of thing look at it the same way. */
  first: AnyAction;
  actions: readonly AnyAction[];
  id: string;
  session: Session;
  onChoose(action: AnyAction): void;
}

function Looked({ first, actions, id, session, onChoose }: LookedProps) {
  const server = asServer(session);
  const query = lookQuery(first, id, session);
  const { data, isPending } = useQuery(query);
  if (isPending) return <Loader size="sm" m="sm" aria-label="Looking at it" />;
  const path = first.look(id, server).request.path;
  return actions.map((action) => {
    const isSameLook = action.look(id, server).request.path === path;
    // What could not be looked at, or is looked at in another way: its dialog tells.
    const isKnown = isSameLook && data !== undefined && !action.form;
    const found = isKnown ? verdictOf(action, id, data, null, session.userId) : null;
    const guarded = action.guard?.(server) ?? null;
    // What is so already: its contrary stands in the menu.
    if (guarded === null && found?.verdict === 'nothing') return null;
    const reason = guarded ?? (found?.verdict === 'cannot' ? found.reason : null);
    return (
      <Menu.Item
        key={action.kind}
        leftSection={<ActionIcon action={action} />}
        {...(action.danger && { className: classes.danger })}
        {...(reason !== null && { 'data-disabled': true, 'aria-disabled': true })}
        closeMenuOnClick={reason === null}
        onClick={() => reason === null && onChoose(action)}
      >
        {wordsOf(action.label)}
        {action.form && '…'}
        {reason !== null && (
          <Text size="xs" c="dimmed">
            {wordsOf(reason)}
          </Text>
        )}
      </Menu.Item>
    );
  });
}
