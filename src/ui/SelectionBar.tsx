import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatCount, plural } from '~/lib/numbers';
import classes from './SelectionBar.module.css';
import type { Chosen } from './use-selection';

interface SelectionBarProps {
  chosen: Chosen;
  /** “user” */
  noun: string;
  /** Rows on this page. */
  shown: number;
  /** All that match the filter. */
  total: number;
  /** Whether there is a filter: “all users” or “all users that match this filter”. */
  filtered: boolean;
  /** Shown while nothing is selected. */
  children: ReactNode;
  /** What can be done with the selection. */
  actions: ReactNode;
}

/** Says what is selected, and what one can do with it; in the same place as what stands there otherwise, so nothing jumps. */
export function SelectionBar({ chosen, noun, shown, total, filtered, children, actions }: SelectionBarProps) {
  const count = chosen.everything ? total : chosen.ids.length;
  const matching = filtered ? ' that match this filter' : '';
  if (count === 0) return <div className={classes.bar}>{children}</div>;
  return (
    <div className={classes.bar} data-selecting role="region" aria-label="Selection">
      <Group gap="xs">
        <Text size="sm" fw={600} role="status">
          {chosen.everything
            ? `All ${plural(total, noun)}${matching} selected`
            : `${plural(count, noun)} selected on this page`}
        </Text>
        {!chosen.everything && chosen.all === 'all' && total > shown && (
          <Button variant="subtle" size="compact-sm" onClick={chosen.selectEverything}>
            {`Select all ${formatCount(total)}${matching}`}
          </Button>
        )}
        <Button variant="subtle" size="compact-sm" color="gray" onClick={chosen.clear}>
          Clear
        </Button>
      </Group>
      <Group gap="xs">{actions}</Group>
    </div>
  );
}
