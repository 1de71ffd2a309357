import { Trans } from '@lingui/react/macro';
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { wordsOfError } from '~/lib/words';

interface ErrorNoteProps {
  /** What could not be done: “The users could not be read”. */
  title: string;
  error: unknown;
  onRetry?: () => void;
  children?: ReactNode;
}

/** What went wrong, in the server's own words, and what to do. */
export function ErrorNote({ title, error, onRetry, children }: ErrorNoteProps) {
  return (
    <Alert role="alert" color="red" variant="light" title={title} icon={<IconAlertTriangle aria-hidden />}>
      <Text size="sm">
        <bdi>{wordsOfError(error)}</bdi>
      </Text>
      {children}
      {onRetry && (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        </Group>
      )}
    </Alert>
  );
}
