import { keyOfReport, type Report } from '~/data/report-list';
import { ActionMenu } from '~/entities/action/ActionMenu';

/** What can be done with a report itself, at the end of its row. */
export function ReportMenu({ report }: { report: Report }) {
  return report.kind === 'message' ? (
    <ActionMenu entity="report" id={keyOfReport(report)} look="row" />
  ) : (
    <ActionMenu entity="user-report" id={String(report.id)} look="row" />
  );
}
