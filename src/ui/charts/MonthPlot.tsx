import { Trans } from '@lingui/react/macro';
import { Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import classes from './MonthPlot.module.css';

const MonthBars = lazy(async () => ({ default: (await import('./MonthBars')).MonthBars }));

interface MonthPlotProps {
  /** “By month of last opening” */
  caption: string;
  /** Ascending, `YYYY-MM`; sizes in bytes. */
  months: readonly { key: string; files: number; bytes: number }[];
}

/** Sizes by month as bars, and the same numbers as a table to open. */
export function MonthPlot({ caption, months }: MonthPlotProps) {
  return (
    <figure className={classes.figure}>
      <Text component="figcaption" size="sm" fw={600} mb={4}>
        {caption}
      </Text>
      <Suspense fallback={<Skeleton h={180} />}>
        <MonthBars months={months} />
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
                <th scope="col">
                  <Trans>Month</Trans>
                </th>
                <th scope="col">
                  <Trans>Files</Trans>
                </th>
                <th scope="col">
                  <Trans>Size</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {months.map(({ key, files, bytes }) => (
                <tr key={key}>
                  <th scope="row">{key}</th>
                  <td>{formatCount(files)}</td>
                  <td>{formatBytes(bytes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
