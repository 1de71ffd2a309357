import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { Again } from '~/data/again';
import { adding, type Session } from '~/data/session';
import { Outside } from '~/ui/Outside';

/** Above the sign-in page where an account is added to others, or is one of them again: the way back to the one that was shown. */
export function AddingBar({ session, again }: { session: Session; again: Again | null }) {
  return (
    <Group component="nav" px="md" py="xs" gap="sm">
      <Button variant="default" size="sm" leftSection={<IconArrowLeft size={16} />} onClick={() => adding.set(false)}>
        <span>
          <Trans>
            Back to <Outside as="id" text={session.userId} />
          </Trans>
        </span>
      </Button>
      <Text size="sm" c="dimmed">
        {again === null ? (
          <Trans>
            You add an account. Those that are signed in stay. Their jobs run on, and pause while you sign in on another
            site.
          </Trans>
        ) : (
          <Trans>
            <Outside as="id" text={again.userId} /> signs in again. Your other accounts stay signed in.
          </Trans>
        )}
      </Text>
    </Group>
  );
}
