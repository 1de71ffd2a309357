import { Button, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';

interface OnDemandProps {
  title: string;
  /** What is in it, in a sentence. */
  about: string;
  /** “Show account data” */
  show: string;
  /** Why it can't be had here, or null. */
  lacking?: string | null;
  children: ReactNode;
}

/** A part of a page that few look at: it asks the homeserver when somebody wants to see it. */
export function OnDemand({ title, about, show, lacking = null, children }: OnDemandProps) {
  const [isShown, setShown] = useState(false);
  return (
    <section>
      <Title order={2} size="h4" mb={4}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {lacking ?? about}
      </Text>
      {lacking === null && !isShown && (
        <Button size="xs" variant="default" onClick={() => setShown(true)}>
          {show}
        </Button>
      )}
      {isShown && children}
    </section>
  );
}
