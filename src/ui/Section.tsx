import { Group, Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNote } from './ErrorNote';
import { AsOf, StaleNote } from './Freshness';
import { Guard } from './Guard';
import type { Reading } from './reading';

interface SectionProps<Data> {
  /** “The devices could not be read” */
  unread: string;
  /** “Refresh sessions”. Missing: the page itself says how old it is. */
  refresh?: string;
  /** On the line that says how old it is: a heading, or what can be done here. */
  tools?: ReactNode;
  reading: Reading<Data>;
  children(data: Data): ReactNode;
}

/**
 * A part of a page with a question of its own: while it is asked, when it failed, what came and how old that is. What can’t be
 * shown of an answer costs this part, not the page.
 */
export function Section<Data>({ unread, refresh, tools, reading, children }: SectionProps<Data>) {
  const { data } = reading;
  const isDated = refresh !== undefined && data !== undefined;
  return (
    <Stack gap="sm">
      {(isDated || tools) && (
        <Group justify={tools ? 'space-between' : 'flex-end'}>
          {tools}
          {isDated && <AsOf reading={reading} label={refresh} />}
        </Group>
      )}
      {isDated && <StaleNote reading={reading} />}
      <Answer unread={unread} reading={reading}>
        {children}
      </Answer>
    </Stack>
  );
}

function Answer<Data>({ unread, reading, children }: Pick<SectionProps<Data>, 'unread' | 'reading' | 'children'>) {
  const { data, error, refetch } = reading;
  if (data !== undefined) {
    return (
      <Guard of={data} isPart>
        <Content data={data} make={children} />
      </Guard>
    );
  }
  if (error) return <ErrorNote title={unread} error={error} onRetry={() => void refetch()} />;
  return (
    <Stack gap="sm" aria-busy>
      {[60, 85, 45, 70].map((width) => (
        <Skeleton key={width} h={18} w={`${width}%`} />
      ))}
    </Stack>
  );
}

/** A component of its own: what throws while it is made is then inside the guard. */
function Content<Data>({ data, make }: { data: Data; make(data: Data): ReactNode }) {
  return make(data);
}
