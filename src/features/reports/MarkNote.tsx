import { t } from '@lingui/core/macro';
import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { markKeyOf, type Report } from '~/data/report-list';
import { markReport, useReportMarks } from '~/data/report-marks';

const LONGEST = 10_000;

/** Whoever opens a report has seen it. A note of it is kept in this browser, as soon as one leaves the field. */
export function MarkNote({ report }: { report: Report }) {
  const key = markKeyOf(report);
  const { marks, baseUrl, isKept } = useReportMarks();
  const mark = marks.get(key);
  const [typed, type] = useState<string | null>(null);
  const isUnseen = baseUrl !== '' && (mark?.seen ?? 0) === 0;
  useEffect(() => {
    if (isUnseen) void markReport(key, { seen: Date.now() });
  }, [key, isUnseen]);
  return (
    <Textarea
      label={t`Your note`}
      description={
        isKept
          ? t`Only in this browser. Other admins don’t see it.`
          : t`This browser stores nothing for Glia: the note is lost when you close the page.`
      }
      autosize
      minRows={2}
      maxRows={8}
      maxLength={LONGEST}
      value={typed ?? mark?.note ?? ''}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => {
        if (typed === null) return;
        type(null);
        void markReport(key, { note: typed.trim() });
      }}
    />
  );
}
