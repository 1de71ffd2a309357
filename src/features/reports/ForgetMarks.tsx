import { plural, t } from '@lingui/core/macro';
import { Button, Group, Text } from '@mantine/core';
import { forgetReportMarks, useReportMarks } from '~/data/report-marks';

/** What this browser keeps about reports, and the way to delete it. */
export function ForgetMarks() {
  const { marks, isKept } = useReportMarks();
  const count = marks.size;
  if (!isKept) {
    return (
      <Text size="sm" c="dimmed">
        {t`This browser stores nothing for Glia: which reports you opened and your notes are lost when you close the page.`}
      </Text>
    );
  }
  if (count === 0) return null;
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t`Only this browser knows which reports you opened, and your notes: ${plural(count, { one: '# report', other: '# reports' })}.`}
      </Text>
      <Button size="compact-xs" variant="default" onClick={() => void forgetReportMarks()}>
        {t`Forget them`}
      </Button>
    </Group>
  );
}
