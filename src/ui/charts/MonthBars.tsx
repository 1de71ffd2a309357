import { t } from '@lingui/core/macro';
import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { formatBytes } from '~/lib/bytes';
import { numbered } from './numbered';

interface MonthBarsProps {
  months: readonly { key: string; files: number; bytes: number }[];
}

/** The plot itself; `MonthPlot` loads it when one is shown (recharts is heavier than the rest of the page). */
export function MonthBars({ months }: MonthBarsProps) {
  return (
    // The table beside it says the same: a screen reader needs no 40 unnamed rectangles. Time runs from left to right in it.
    <div aria-hidden dir="ltr">
      <BarChart
        h={180}
        data={months.map(({ key, bytes }) => ({ month: key, bytes }))}
        dataKey="month"
        series={[{ name: 'bytes', label: t`Size`, color: 'var(--mantine-primary-color-filled)' }]}
        valueFormatter={(bytes) => numbered(formatBytes, bytes)}
        accessibilityLayer={false}
        barProps={{ isAnimationActive: false, radius: [2, 2, 0, 0] }}
        maxBarWidth={28}
        gridAxis="x"
        tickLine="none"
        xAxisProps={{ minTickGap: 24 }}
        yAxisProps={{ width: 76, tickCount: 4 }}
      />
    </div>
  );
}
