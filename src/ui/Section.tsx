import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNote } from './ErrorNote';

interface SectionProps<Data> {
  /** What it asks for, as in “The devices could not be read”. */
  what: string;
  data: Data | undefined;
  error: Error | null;
  onRetry(): void;
  children(data: Data): ReactNode;
}

/** A part of a page with a question of its own: while it is asked, when it failed, and what came. */
export function Section<Data>({ what, data, error, onRetry, children }: SectionProps<Data>) {
  if (data !== undefined) return children(data);
  if (error) return <ErrorNote title={`${what} could not be read`} error={error} onRetry={onRetry} />;
  return (
    <Stack gap="sm" aria-busy>
      {[60, 85, 45, 70].map((width) => (
        <Skeleton key={width} h={18} w={`${width}%`} />
      ))}
    </Stack>
  );
}
