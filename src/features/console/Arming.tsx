import { Trans } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useHeld } from '~/ui/held';
import { Notice } from '~/ui/Notice';
import { armed } from './console-state';
import classes from './Console.module.css';

export const useArmed = (): boolean => useSyncExternalStore(armed.subscribe, armed.get);

/** Whether requests may change something, in sight all the time. */
export function Arming() {
  const isArmed = useArmed();
  const held = useHeld();
  if (held !== null) return <Notice tone="warning">{held}</Notice>;
  return (
    <div className={classes.armed} data-armed={isArmed || undefined} role="status">
      <Text size="sm">
        {isArmed ? (
          <Trans>
            <b>Requests that change something can be sent</b>, until you sign out, reload the page or turn this off.
          </Trans>
        ) : (
          <Trans>
            <b>Only requests that read can be sent.</b> POST, PUT and DELETE wait until you allow them.
          </Trans>
        )}
      </Text>
      <Button
        size="xs"
        variant="default"
        leftSection={isArmed ? <IconLock size={14} aria-hidden /> : <IconLockOpen size={14} aria-hidden />}
        onClick={() => armed.set(!isArmed)}
      >
        {isArmed ? <Trans>Only read again</Trans> : <Trans>Allow changes</Trans>}
      </Button>
    </div>
  );
}
