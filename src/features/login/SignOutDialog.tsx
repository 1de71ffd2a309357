import { Button, Group, Modal, Text } from '@mantine/core';
import { signOut } from '~/data/session';

export function SignOutDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Sign out">
      <Text size="sm">Glia forgets the access token. The token itself stays valid.</Text>
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={signOut}>Sign out</Button>
      </Group>
    </Modal>
  );
}
