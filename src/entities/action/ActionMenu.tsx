import { ActionIcon as IconButton, Button, Loader, Menu, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronDown, IconDotsVertical } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useState, type ReactNode } from 'react';
import type { AnyAction, Entity } from '~/actions/action';
import { actionsOn } from '~/actions/all';
import { verdictOf } from '~/actions/plan';
import { asServer, lookQuery } from '~/job-store/action-jobs';
import { useSession, type Session } from '~/data/session';
import { IN_MAIN } from '~/ui/in-main';
import { ActionDialog } from './ActionDialog';
import { ActionIcon } from './icons';
import { MenuHeading, WHOLE_IN_SIGHT } from './MenuHeading';
import classes from './ActionMenu.module.css';
import type { Text as Words } from '~/lib/text';
import { isolated } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';

interface ActionMenuProps extends Thing {
  /** `row`: three dots at the end of a row. `page`: a button “More”. */
  look: 'row' | 'page';
  /** Another thing that the row stands for: a user who is also a member of a room. */
  and?: Thing | null;
  /** Items of the page itself, before the actions: what has a wizard of its own. */
  children?: ReactNode;
}

interface Thing {
  readonly entity: Entity;
  readonly id: string;
  /** Why none of its actions is possible here. It is not looked at then. */
  readonly reason?: Words | null;
}

/** What can be done with one thing. It is looked at when the menu opens: what is so already is left out, what can't be done says why. */
export function ActionMenu({ look, and, children, ...thing }: ActionMenuProps) {
  const { t } = useLingui();
  const named = isolated(thing.id);
  const [opened, setOpened] = useState(false);
  const [chosen, choose] = useState<{ action: AnyAction; id: string } | null>(null);
  return (
    <>
      <Menu
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        withinPortal
        portalProps={IN_MAIN}
        withInitialFocusPlaceholder={false}
        middlewares={WHOLE_IN_SIGHT}
      >
        <Menu.Target>
          {look === 'row' ? (
            <IconButton variant="subtle" color="gray" aria-label={t`Actions for ${named}`}>
              <IconDotsVertical size={16} aria-hidden />
            </IconButton>
          ) : (
            <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
              <Trans>More</Trans>
            </Button>
          )}
        </Menu.Target>
        <Menu.Dropdown className={classes.long}>
          <div className={classes.columns}>
            {opened && children}
            {opened && <Items {...thing} onChoose={choose} />}
            {opened && and && <Items {...and} onChoose={choose} />}
          </div>
        </Menu.Dropdown>
      </Menu>
      {chosen && <ActionDialog action={chosen.action} id={chosen.id} onClose={() => choose(null)} />}
    </>
  );
}

interface ItemsProps extends Thing {
  onChoose(chosen: { action: AnyAction; id: string }): void;
}

function Items({ entity, ...props }: ItemsProps) {
  const session = useSession();
  const actions = actionsOn(entity);
  const [first] = actions;
  if (!first) return null;
  return <Looked {...props} first={first} actions={actions} session={session} />;
}

interface LookedProps extends Omit<ItemsProps, 'entity'> {
  /** Nearly all actions on one kind of thing look at it the same way. */
  first: AnyAction;
  actions: readonly AnyAction[];
  session: Session;
}

function Looked({ first, actions, id, reason: given = null, session, onChoose }: LookedProps) {
  const { t } = useLingui();
  const server = asServer(session);
  const query = lookQuery(first, id, session);
  const { data, isLoading } = useQuery({ ...query, enabled: given === null });
  if (isLoading) return <Loader size="sm" m="sm" aria-label={t`Loading`} />;
  const path = first.look(id, server).request.path;
  const items = actions.flatMap((action) => {
    const isSameLook = action.look(id, server).request.path === path;
    // What could not be looked at, or is looked at in another way: its dialog tells.
    const isKnown = isSameLook && data !== undefined && !action.form;
    const found = isKnown ? verdictOf(action, id, data, null, session.userId) : null;
    const guarded = action.guard?.(server) ?? given;
    // What is so already: its contrary stands in the menu.
    if (guarded === null && found?.verdict === 'nothing') return [];
    return { action, reason: guarded ?? (found?.verdict === 'cannot' ? found.reason : null) };
  });
  return items.map(({ action, reason }, index) => {
    const label = wordsOf(action.label);
    return (
      <Fragment key={action.kind}>
        <MenuHeading of={action} after={items[index - 1]?.action} />
        <Menu.Item
          leftSection={<ActionIcon action={action} />}
          {...(action.danger && { className: classes.danger })}
          {...(reason !== null && { 'data-disabled': true, 'aria-disabled': true })}
          closeMenuOnClick={reason === null}
          onClick={() => reason === null && onChoose({ action, id })}
        >
          {action.form ? t`${label}…` : label}
          {reason !== null && (
            <Text size="xs" c="dimmed">
              {wordsOf(reason)}
            </Text>
          )}
        </Menu.Item>
      </Fragment>
    );
  });
}
