import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { Breadcrumb, type Parent } from './Breadcrumb';
import { AsOf, StaleNote } from './Freshness';
import classes from './Page.module.css';
import type { Reading } from './reading';

interface PageProps {
  title: string;
  /** The list that leads here. */
  parent?: Parent;
  /** Beside the title and what is under it. */
  picture?: ReactNode;
  /** One line under the title. */
  about?: ReactNode;
  actions?: ReactNode;
  /** What the page as a whole shows: it says how old that is, and that a new reading failed. `refresh`: “Refresh user”. */
  reading?: { of: Reading; refresh: string };
  children: ReactNode;
}

/** A page's frame: names the tab, and takes the focus when one arrives so that a screen reader says where one is. */
export function Page({ title, parent, picture, about, actions, reading, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Glia`;
  }, [title]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Stack gap="md" maw={1400}>
      <Group justify="space-between" gap="sm">
        <div className={classes.head}>
          {picture}
          <div className={classes.words}>
            {parent && <Breadcrumb parent={parent} />}
            <Title order={1} size="h2" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
              {title}
            </Title>
            {about !== undefined && (
              <Text component="div" c="dimmed" size="sm">
                {about}
              </Text>
            )}
          </div>
        </div>
        {(actions !== undefined || reading) && (
          <Group gap="xs">
            {actions}
            {reading && <AsOf reading={reading.of} label={reading.refresh} />}
          </Group>
        )}
      </Group>
      {reading && <StaleNote reading={reading.of} />}
      {children}
    </Stack>
  );
}
