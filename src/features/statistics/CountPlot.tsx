import { plural, t } from '@lingui/core/macro';
import { Group, Stack, Text } from '@mantine/core';
import type { Count } from '~/data/counts';
import { formatCount } from '~/lib/numbers';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';
import { SeriesPlot } from '~/ui/charts/SeriesPlot';

/** Bars that can still be told apart. The table and the file have all. */
const MOST_BARS = 20;

interface CountPlotProps {
  caption: string;
  header: string;
  value: string;
  counts: readonly Count[];
  /** The beginning of the file's name, and the name of its first column. */
  file: { readonly stem: string; readonly column: string };
  /** Rows of the list that could not be read: they are counted nowhere. */
  lost: number;
  /** A heading above says the same as the caption. */
  isTitled?: boolean;
}

/** How many there are of each, as a plot, a table and a file. */
export function CountPlot({ caption, header, value, counts, file, lost, isTitled = false }: CountPlotProps) {
  const columns: readonly ExportColumn<Count>[] = [
    { name: file.column, of: ({ key }) => key },
    { name: 'count', of: (count) => count.value },
  ];
  const others = counts.length - MOST_BARS;
  return (
    <Stack gap="xs">
      <Group justify="flex-end">
        <ExportMenu stem={file.stem} columns={columns} read={() => ({ rows: counts, lost })} />
      </Group>
      <SeriesPlot
        caption={caption}
        header={header}
        value={value}
        rows={counts}
        plotted={MOST_BARS}
        kind="bars"
        isTitled={isTitled}
        format={formatCount}
      />
      {others > 0 && (
        <Text size="sm" c="dimmed">
          {t`The plot shows the first ${MOST_BARS}. ${plural(others, { one: '# more is', other: '# more are' })} in the table and in the file.`}
        </Text>
      )}
    </Stack>
  );
}
