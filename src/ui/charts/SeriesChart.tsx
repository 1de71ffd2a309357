import '@mantine/charts/styles.css';
import { AreaChart, BarChart } from '@mantine/charts';
import { numbered } from './numbered';
import type { SeriesPlotProps } from './SeriesPlot';

/** The plot itself; `SeriesPlot` loads it when one is shown (recharts is heavier than the rest of the page). */
export function SeriesChart({ rows, plotted = rows.length, value, kind, format, hidesKeys = false }: SeriesPlotProps) {
  const shared = {
    h: 180,
    data: rows.slice(0, plotted).map(({ key, value: amount }) => ({ key, value: amount })),
    dataKey: 'key',
    series: [{ name: 'value', label: value, color: 'var(--mantine-primary-color-filled)' }],
    valueFormatter: (amount: number) => numbered(format, amount),
    accessibilityLayer: false,
    gridAxis: 'x' as const,
    tickLine: 'none' as const,
    xAxisProps: hidesKeys ? { tick: false, height: 12 } : { minTickGap: 24 },
    yAxisProps: { width: 76, tickCount: 4 },
  };
  return (
    // The table beside it says the same: a screen reader needs no 40 unnamed rectangles. Time runs from left to right in it.
    <div aria-hidden dir="ltr">
      {kind === 'bars' ? (
        <BarChart {...shared} barProps={{ isAnimationActive: false, radius: [2, 2, 0, 0] }} maxBarWidth={28} />
      ) : (
        <AreaChart
          {...shared}
          curveType="linear"
          withDots={rows.length < 40}
          areaProps={{ isAnimationActive: false }}
          // Users that grow from 10,000 to 10,020 would be a flat line above zero.
          yAxisProps={{ ...shared.yAxisProps, domain: ['auto', 'auto'], allowDecimals: false }}
        />
      )}
    </div>
  );
}
