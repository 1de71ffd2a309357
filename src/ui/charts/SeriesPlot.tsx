import { Trans } from '@lingui/react/macro';
import { Skeleton, Text, VisuallyHidden } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Outside } from '~/ui/Outside';
import classes from './MonthPlot.module.css';

const SeriesChart = lazy(async () => ({ default: (await import('./SeriesChart')).SeriesChart }));

export interface SeriesPlotProps {
  /** “New users by week” */
  caption: string;
  /** What a row is: “Week”. */
  header: string;
  /** What is counted: “New users”. */
  value: string;
  /** In the order in which they are shown, from left to right. */
  rows: readonly { readonly key: string; readonly value: number }[];
  format: (amount: number) => string;
  /** Amounts of spans, or a number as it changes. */
  kind: 'bars' | 'line';
  /** So many of them as a plot, from the first on; missing: all. */
  plotted?: number;
  /** The keys are IDs: too long for a plot, and no names. */
  hidesKeys?: boolean;
  /** A heading above says the same. */
  isTitled?: boolean;
}

/** Numbers as a plot, and the same as a table to open. */
export function SeriesPlot(props: SeriesPlotProps) {
  const { caption, header, value, rows, format, isTitled = false } = props;
  return (
    <figure className={classes.figure}>
      {isTitled ? (
        <VisuallyHidden component="figcaption">{caption}</VisuallyHidden>
      ) : (
        <Text component="figcaption" size="sm" fw={600} mb={4}>
          {caption}
        </Text>
      )}
      <Suspense fallback={<Skeleton h={180} />}>
        <SeriesChart {...props} />
      </Suspense>
      <details className={classes.details}>
        <summary>
          <Trans>Show as a table</Trans>
        </summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <div className={classes.scroll} role="region" aria-label={caption} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{header}</th>
                <th scope="col">{value}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key}>
                  {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a header, named by its words */}
                  <th scope="row">
                    <Outside as="id" text={row.key} />
                  </th>
                  <td>{format(row.value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
