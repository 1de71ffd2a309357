import { Tabs, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { formatCount, isCount } from '~/lib/numbers';

interface Tab {
  id: string;
  label: string;
  /** How many there are in it, where that is known. */
  count?: number | undefined;
  content: ReactNode;
}

interface TabsInUrlProps {
  label: string;
  /** The first is shown where the URL names none, or one that is not there. */
  tabs: readonly Tab[];
}

/** Sections of a page, `?tab=` in the URL. What is in one is made, and asks the server, when it is opened. */
export function TabsInUrl({ label, tabs }: TabsInUrlProps) {
  const [search, setSearch] = useSearchParams();
  const [first] = tabs;
  const open = tabs.find(({ id }) => id === search.get('tab')) ?? first;
  return (
    <Tabs
      value={open?.id ?? null}
      onChange={(id) => setSearch(id === null || id === first?.id ? {} : { tab: id }, { preventScrollReset: true })}
      keepMounted={false}
    >
      <Tabs.List aria-label={label} mb="md">
        {tabs.map(({ id, label: words, count }) => (
          <Tabs.Tab key={id} value={id}>
            {words}
            {count !== undefined && isCount(count) && (
              <Text span size="sm" c="dimmed" ms={6}>
                {formatCount(count)}
              </Text>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id}>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
