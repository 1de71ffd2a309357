import { ActionIcon as IconButton, Button, Loader, Menu, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronDown, IconDotsVertical } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Fragment, useState, type ReactNode } from 'react';
import type { AnyAction, Entity } from '~/actions/action';
import { actionsOn } from '~/actions/all';
import { verdictOf, verdictOfError } from '~/actions/plan';
import { HomeserverError } from '~/api/errors';
import { asServer, lookName, lookQuery } from '~/job-store/action-jobs';
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
  /** Only these kinds of actions: the page knows that the others have nothing to do. */
  readonly kinds?: readonly string[];
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
        menuItemTabIndex={0}
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

function Items({ entity, kinds, ...props }: ItemsProps) {
  const session = useSession();
  const actions = actionsOn(entity, session.mas).filter(({ kind }) => kinds?.includes(kind) ?? true);
  if (actions.length === 0) return null;
  return <Looked {...props} actions={actions} session={session} />;
}

interface LookedProps extends Omit<ItemsProps, 'entity' | 'kinds'> {
  actions: readonly AnyAction[];
  session: Session;
}

function Looked({ actions, id, reason: given = null, session, onChoose }: LookedProps) {
  const { t } = useLingui();
  const server = asServer(session);
  const nameOf = (action: AnyAction) => lookName(action, id, server);
  // Most actions on one kind of thing look at it in the same way. With a form, the dialog looks.
  const looks = new Map(actions.filter(({ form }) => !form).map((action) => [nameOf(action), action]));
  const answers = useQueries({
    queries: [...looks.values()].map((action) => {
      const enabled = given === null && (action.guard?.(server) ?? null) === null;
      return Object.assign(lookQuery(action, id, session), { enabled });
    }),
  });
  if (answers.some(({ isLoading }) => isLoading))
    return <Loader size="sm" m="sm" role="status" aria-label={t`Loading`} />;
  const seen = new Map([...looks.keys()].map((name, index) => [name, answers[index]]));
  const items = actions.flatMap((action) => {
    const { data, error } = (action.form ? undefined : seen.get(nameOf(action))) ?? {};
    const found =
      data !== undefined
        ? verdictOf(action, id, data, null, session.userId)
        : // That MAS does not know the account is a reason; what else could not be looked at, its dialog tells.
          error instanceof HomeserverError && error.notFound && action.at === 'mas'
          ? verdictOfError(id, error, action.gone)
          : null;
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
