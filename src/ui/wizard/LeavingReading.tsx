import { Button, Group, Modal, Text } from '@mantine/core';
import { useCallback } from 'react';
import { useBlocker, type BlockerFunction } from 'react-router';

/** The first part of the path: the other step of the same wizard is no way out. */
const family = (path: string) => path.split('/')[1] ?? '';

const leaves: BlockerFunction = ({ currentLocation, nextLocation }) =>
  family(currentLocation.pathname) !== family(nextLocation.pathname);

/** While something is read for a plan, leaving is asked about: nothing on another page shows how far it is. */
export function LeavingReading({ isReading, onCancel }: { isReading: boolean; onCancel(): void }) {
  const blocker = useBlocker(isReading ? leaves : false);
  const stay = useCallback(() => blocker.reset?.(), [blocker]);
  return (
    <Modal
      opened={blocker.state === 'blocked'}
      onClose={stay}
      title="Glia is still reading for this plan"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm">
        Reading continues while you look at other pages of Glia, and the plan is here when you come back. Reading stops
        when this tab is closed or reloaded.
      </Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button
          variant="default"
          onClick={() => {
            blocker.proceed?.();
            onCancel();
          }}
        >
          Stop reading and leave
        </Button>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          Leave, and keep reading
        </Button>
        <Button data-autofocus onClick={stay}>
          Stay
        </Button>
      </Group>
    </Modal>
  );
}
