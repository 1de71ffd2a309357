import { msg, plural, t } from '@lingui/core/macro';
import { Button, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconChartLine, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { sizeOfTrend, TREND_NUMBERS, type TrendDay, type TrendNumber } from '~/data/trends';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import { wordsOf, type Words } from '~/lib/words';
import { SeriesPlot } from '~/ui/charts/SeriesPlot';

const NAMES: Readonly<Record<TrendNumber, Words>> = {
  users: msg`Users`,
  rooms: msg`Rooms`,
  failing: msg`Unreachable servers`,
  mediaBytes: msg`Size of local media`,
  mediaFiles: msg`Files of local users`,
  active: msg`Users active in 30 days`,
};

interface TrendsProps {
  days: readonly TrendDay[];
  /** Why nothing is kept here. */
  problem: string | null;
  onForget(): void;
}

/** How the numbers changed, as far as this browser was there: Synapse keeps no history of them. */
export function Trends({ days, problem, onForget }: TrendsProps) {
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const since = days[0]?.day;
  const plotted = TREND_NUMBERS.map((number) => ({
    number,
    rows: days.flatMap((one) => (one[number] === undefined ? [] : [{ key: one.day, value: one[number] }])),
  })).filter(({ rows }) => rows.length > 1);
  return (
    <Stack component="section" gap="xs" aria-label={t`Trends`}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" flex="1 1 20rem">
          {problem ?? keptWords(days, since)}
        </Text>
        <Group gap="xs">
          {plotted.length > 0 && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconChartLine size={14} aria-hidden />}
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? t`Hide plots` : t`Show plots`}
            </Button>
          )}
          {days.length > 0 && !isAsking && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={14} aria-hidden />}
              onClick={() => setAsking(true)}
            >
              {t`Delete trends…`}
            </Button>
          )}
        </Group>
      </Group>
      {isAsking && (
        <Group gap="xs" role="group" aria-label={t`Delete trends`}>
          <Text size="sm">
            {t`Delete the numbers of ${plural(days.length, { one: '# day', other: '# days' })}? They can’t be read again.`}
          </Text>
          <Button
            size="xs"
            color="red"
            onClick={() => {
              setAsking(false);
              onForget();
            }}
          >
            {t`Delete trends`}
          </Button>
          <Button size="xs" variant="default" onClick={() => setAsking(false)}>
            {t`Keep them`}
          </Button>
        </Group>
      )}
      {isOpen && (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
          {plotted.map(({ number, rows }) => (
            <Paper key={number} withBorder p="md">
              <SeriesPlot
                caption={wordsOf(NAMES[number])}
                header={t`Day`}
                value={wordsOf(NAMES[number])}
                rows={rows}
                kind="line"
                format={number === 'mediaBytes' ? formatBytes : formatCount}
              />
            </Paper>
          ))}
        </SimpleGrid>
      )}
    </Stack>
  );
}

function keptWords(days: readonly TrendDay[], since: string | undefined): string {
  if (since === undefined) {
    return t`This browser keeps a few numbers of each day on which you open this page. Synapse keeps no history of them.`;
  }
  const size = formatBytes(sizeOfTrend(days));
  if (days.length === 1)
    return t`Synapse keeps no history of these numbers, so this browser began to keep them today. Open this page on another day to see how they change.`;
  return t`Synapse keeps no history of these numbers, so this browser does: since ${since}, ${plural(days.length, { one: '# day', other: '# days' })}, ${size}.`;
}
