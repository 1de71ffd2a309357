import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { AnyAction, Entity } from '~/actions/action';
import { actionsOn } from '~/actions/all';
import { asServer } from '~/job-store/action-jobs';
import { useSession } from '~/data/session';
import { IN_MAIN } from '~/ui/in-main';
import { ActionIcon } from './icons';
import { MenuHeading, WHOLE_IN_SIGHT } from './MenuHeading';
import classes from './ActionMenu.module.css';
import { wordsOf } from '~/lib/words';

interface BulkMenuProps {
  entity: Entity;
  onChoose(action: AnyAction): void;
}

/** What can be done with many at once; what this homeserver can't do says why. */
export function BulkMenu({ entity, onChoose }: BulkMenuProps) {
  const { t } = useLingui();
  const session = useSession();
  return (
    <Menu
      position="bottom-end"
      withinPortal
      portalProps={IN_MAIN}
      withInitialFocusPlaceholder={false}
      menuItemTabIndex={0}
      middlewares={WHOLE_IN_SIGHT}
    >
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          <Trans>More</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.long}>
        <div className={classes.columns}>
          {actionsOn(entity, session.mas)
            .filter(({ onlyForOne }) => !onlyForOne)
            .map((action, index, all) => {
              const label = wordsOf(action.label);
              const reason = action.guard?.(asServer(session)) ?? null;
              return (
                <Fragment key={action.kind}>
                  <MenuHeading of={action} after={all[index - 1]} />
                  <Menu.Item
                    leftSection={<ActionIcon action={action} />}
                    {...(action.danger && { className: classes.danger })}
                    {...(reason !== null && { 'data-disabled': true, 'aria-disabled': true })}
                    closeMenuOnClick={reason === null}
                    onClick={() => reason === null && onChoose(action)}
                  >
                    {t`${label}…`}
                    {reason !== null && (
                      <Text size="xs" c="dimmed">
                        {wordsOf(reason)}
                      </Text>
                    )}
                  </Menu.Item>
                </Fragment>
              );
            })}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
