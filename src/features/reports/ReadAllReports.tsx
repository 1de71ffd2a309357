import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import type { ReportListState } from '~/data/report-list';
import { REPORTS_PAGE, type AllReports } from '~/data/reports';
import { formatCount } from '~/lib/numbers';
import { ErrorNote } from '~/ui/ErrorNote';
import { Notice } from '~/ui/Notice';
import type { Reading } from '~/ui/reading';

interface ReadControl {
  reading: Reading;
  progress: { readonly read: number; readonly total: number } | null;
  onRead(): void;
  onCancel(): void;
}

/** In place of the list: what must be read to search or group it, and how far it is. It never starts by itself. */
export function ReadAllReports({
  reading,
  progress,
  onRead,
  onCancel,
  state,
}: ReadControl & { state: ReportListState }) {
  const page = formatCount(REPORTS_PAGE);
  return (
    <Paper withBorder p="lg" component="section" aria-label={t`Read all reports`}>
      <Stack gap="sm" maw={640}>
        <Title order={2} size="h4">
          {state.by === 'none' ? t`Synapse can’t search reports` : t`Synapse can’t group reports`}
        </Title>
        <Text size="sm">
          {t`Glia can read all reports that match the filters, and do it here: one request for each ${page} reports. Reading changes nothing.`}
        </Text>
        {reading.error && !reading.isFetching && (
          <ErrorNote title={t`Could not read all reports`} error={reading.error} />
        )}
        {reading.isFetching ? (
          <ReadProgress progress={progress} onCancel={onCancel} />
        ) : (
          <Group gap="xs">
            <Button onClick={onRead}>{t`Read all reports`}</Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function ReadProgress({ progress, onCancel }: Pick<ReadControl, 'progress' | 'onCancel'>) {
  const [read, total] = [progress?.read ?? 0, progress?.total ?? 0];
  const [done, all] = [formatCount(read), formatCount(total)];
  const isKnown = total > 0;
  return (
    <Stack gap="xs">
      <Progress
        value={isKnown ? Math.min(100, (100 * read) / total) : 100}
        animated={!isKnown}
        aria-label={t`Reading the reports`}
      />
      <Group justify="space-between" gap="xs">
        <Text size="sm" role="status">
          {isKnown
            ? t`${done} of ${all} reports read`
            : plural(read, { one: '# report read', other: '# reports read' })}
        </Text>
        <Button size="xs" variant="default" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

interface ReadNotesProps extends ReadControl {
  data: AllReports;
  isStale: boolean;
}

/** Of which reports the search or the groups are made, and what may be wrong with them by now. */
export function ReadReportsNotes({ reading, progress, onRead, onCancel, data, isStale }: ReadNotesProps) {
  const { reports, lost, missing } = data;
  if (reading.isFetching) return <ReadProgress progress={progress} onCancel={onCancel} />;
  const unread = lost + missing;
  return (
    <>
      <Text size="xs" c="dimmed">
        {t`Made from the ${plural(reports.length, { one: '# report', other: '# reports' })} that Glia read.`}
      </Text>
      {unread > 0 && (
        <Notice tone="warning" role="status" title={t`Some reports are missing here`}>
          {plural(unread, {
            one: 'Glia could not read # report: it was dismissed in the meantime, or has an unexpected form.',
            other: 'Glia could not read # reports: they were dismissed in the meantime, or have an unexpected form.',
          })}
        </Notice>
      )}
      {isStale && (
        <Notice tone="warning" role="status" title={t`The reports may have changed`}>
          <Group gap="xs">
            {t`A job has finished since Glia read them.`}
            <Button size="compact-sm" variant="default" onClick={onRead}>
              {t`Read them again`}
            </Button>
          </Group>
        </Notice>
      )}
    </>
  );
}
