import { Group, List, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { formatBytes } from '~/lib/bytes';
import { formatCount, plural } from '~/lib/numbers';
import { BarTable } from '~/ui/charts/BarTable';
import { MonthPlot } from '~/ui/charts/MonthPlot';
import { Notice } from '~/ui/Notice';
import { StateTag } from '~/ui/StateTag';
import { VERDICTS, type Plan } from './plan';
import { VERDICT_DOTS, VERDICT_WORDS } from './verdicts';

/** What goes and what stays, in numbers and as plots. */
export function PlanSummary({ plan, notes }: { plan: Plan; notes: readonly string[] }) {
  const { files, bytes } = plan.totals.delete;
  return (
    <Stack gap="md">
      <Paper withBorder p="md">
        <Text size="xl" fw={650}>
          {files === 0 ? 'Nothing to delete' : `${plural(files, 'file')}, ${formatBytes(bytes)}`}
        </Text>
        <Text size="sm" c="dimmed">
          {files === 0
            ? 'No file fits what you chose. Go back and choose another date or size.'
            : `${formatCount(bytes)} bytes are freed on the homeserver’s disk, thumbnails not counted.`}
        </Text>
        <Group gap="md" mt="sm">
          {VERDICTS.filter((verdict) => verdict !== 'delete' && plan.totals[verdict].files > 0).map((verdict) => (
            <StateTag key={verdict} dot={VERDICT_DOTS[verdict]}>
              {formatCount(plan.totals[verdict].files)} {VERDICT_WORDS[verdict].toLowerCase()}
            </StateTag>
          ))}
        </Group>
      </Paper>
      {notes.length > 0 && <Notes notes={notes} />}
      {files > 0 && (
        <Paper withBorder p="md">
          <Stack gap="lg">
            <MonthPlot
              caption={
                plan.rule.by === 'uploaded-before' ? 'Size by month of upload' : 'Size by month they were last opened'
              }
              months={plan.months}
            />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
              <BarTable caption="By type" header="Type" rows={plan.types} />
              <BarTable caption="By user" header="User" rows={plan.owners} />
            </SimpleGrid>
          </Stack>
        </Paper>
      )}
    </Stack>
  );
}

const SHOWN = 10;

function Notes({ notes }: { notes: readonly string[] }) {
  return (
    <Notice tone="warning" title="Not covered by this plan">
      <List size="sm">
        {notes.slice(0, SHOWN).map((note) => (
          <List.Item key={note}>{note}</List.Item>
        ))}
        {notes.length > SHOWN && <List.Item>and {formatCount(notes.length - SHOWN)} more.</List.Item>}
      </List>
    </Notice>
  );
}
