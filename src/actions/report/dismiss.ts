import { dismissEventReport, eventReportOf, lookAtEventReport, type SeenEventReport } from '~/api/report-asks';
import { lacks } from '~/api/since';
import { defineAction } from '~/actions/action';
import { ofReport, type ReportState } from './report';

export const dismissReport = defineAction<SeenEventReport, ReportState>({
  ...ofReport,
  kind: 'report.dismiss',
  entity: 'report',
  phrase: {
    one: /*i18n*/ { id: 'report.dismiss.one', message: 'Dismiss message report {number}' },
    many: /*i18n*/ {
      id: 'report.dismiss.many',
      message: 'Dismiss {count, plural, =0 {message reports} one {# message report} other {# message reports}}',
    },
  },
  phraseValues: (_input, name) => (name === null ? {} : numbered(name)),
  guard: ({ version }) => lacks(version, 'dismiss-reports'),
  look: lookAtEventReport,
  watch: { read: ({ report }) => ({ exists: report !== null }) },
  write: (name) => dismissEventReport(name),
  script: {
    never: /*i18n*/ {
      id: 'report.dismiss.script',
      message: 'Not available as a script: whether a report is still there is only in the list of reports.',
    },
  },
});

const numbered = (name: string): { number: string } => ({ number: eventReportOf(name).id });
