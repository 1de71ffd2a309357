import { Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { shortened } from '~/lib/shown-text';
import classes from './MonthPlot.module.css';

const AmountBars = lazy(async () => ({ default: (await import('./AmountBars')).AmountBars }));

interface AmountPlotProps {
  caption: string;
  /** Largest first, in bytes. */
  amounts: readonly { name: string; bytes: number }[];
}

/** Sizes by name, beside a table that says the same. */
export function AmountPlot({ caption, amounts }: AmountPlotProps) {
  const shown = amounts.map(({ name, bytes }) => ({ name: shortened(name, 16), bytes }));
  return (
    <figure className={classes.figure}>
      <Text component="figcaption" size="sm" fw={600} mb={4}>
        {caption}
      </Text>
      <Suspense fallback={<Skeleton h={28 * amounts.length + 34} />}>
        <AmountBars amounts={shown} />
      </Suspense>
    </figure>
  );
}
