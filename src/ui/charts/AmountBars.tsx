import { t } from '@lingui/core/macro';
import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { formatBytes } from '~/lib/bytes';

interface AmountBarsProps {
  /** Largest first, in bytes. */
  amounts: readonly { name: string; bytes: number }[];
}

const onOneLine = (bytes: number): string => formatBytes(bytes).replaceAll(' ', '\u00A0');

/** Sizes by name as bars that lie; `AmountPlot` loads it when one is shown. */
export function AmountBars({ amounts }: AmountBarsProps) {
  return (
    // The table beside it says the same. Bars grow from left to right in it.
    <div aria-hidden dir="ltr" lang="zxx">
      <BarChart
        h={28 * amounts.length + 34}
        data={[...amounts]}
        dataKey="name"
        orientation="vertical"
        series={[{ name: 'bytes', label: t`Size`, color: 'var(--mantine-primary-color-filled)' }]}
        valueFormatter={onOneLine}
        accessibilityLayer={false}
        barProps={{ isAnimationActive: false, radius: [0, 2, 2, 0] }}
        maxBarWidth={16}
        gridAxis="y"
        tickLine="none"
        yAxisProps={{ width: 110, interval: 0 }}
        xAxisProps={{ tickCount: 3 }}
      />
    </div>
  );
}
