import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useCallback, useEffect, type RefObject } from 'react';
import { useBlocker, type BlockerFunction } from 'react-router';
import { leavesWizard } from './leaves';

interface LeavingReadingProps {
  isReading: boolean;
  /** Set by whoever cancels: the way out is then not asked about, though the reading may not have ended yet. */
  gaveUp: RefObject<boolean>;
  onCancel(): void;
}

/** While something is read for a plan, leaving is asked about: nothing on another page shows how far it is. */
export function LeavingReading({ isReading, gaveUp, onCancel }: LeavingReadingProps) {
  const { t } = useLingui();
  const leaves: BlockerFunction = useCallback(
    ({ currentLocation, nextLocation }) =>
      !gaveUp.current && leavesWizard(currentLocation.pathname, nextLocation.pathname),
    [gaveUp],
  );
  useEffect(() => {
    if (!isReading) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isReading]);
  const blocker = useBlocker(isReading ? leaves : false);
  const stay = useCallback(() => blocker.reset?.(), [blocker]);
  return (
    <Modal
      opened={blocker.state === 'blocked'}
      onClose={stay}
      title={t`Leave while Glia is still reading?`}
      size="lg"
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Text size="sm">
        <Trans>
          Glia can keep reading while you look at its other pages, and the plan is here when you come back. Closing or
          reloading this tab stops it.
        </Trans>
      </Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button
          variant="default"
          onClick={() => {
            blocker.proceed?.();
            onCancel();
          }}
        >
          <Trans>Stop reading and leave</Trans>
        </Button>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          <Trans>Keep reading and leave</Trans>
        </Button>
        <Button data-autofocus onClick={stay}>
          <Trans>Stay</Trans>
        </Button>
      </Group>
    </Modal>
  );
}
