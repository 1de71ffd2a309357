import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** The line over a table that says how many there are. */
export function TableCaption({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" mb="xs" role="status">
      {children}
    </Text>
  );
}
