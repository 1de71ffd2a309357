import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** An empty list: why it is empty, and what to do next. */
export function EmptyNote({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack gap={4} align="center" py="xl" ta="center">
      <Text fw={600}>{title}</Text>
      {children !== undefined && (
        <Text component="div" c="dimmed" size="sm" maw={480}>
          {children}
        </Text>
      )}
    </Stack>
  );
}
