import { dismissUserReport, lookAtUserReport } from '~/api/report-asks';
import type { UserReport } from '~/api/reports';
import { lacks } from '~/api/since';
import { defineAction } from '~/actions/action';
import { present } from '~/lib/places';
import { ofReport, type ReportState } from './report';

export const dismissUserReports = defineAction<UserReport, ReportState>({
  ...ofReport,
  kind: 'user-report.dismiss',
  entity: 'user-report',
  icon: 'flag-user-off',
  phrase: {
    one: /*i18n*/ { id: 'user-report.dismiss.one', message: 'Dismiss user report {id}' },
    many: /*i18n*/ {
      id: 'user-report.dismiss.many',
      message: 'Dismiss {count, plural, =0 {user reports} one {# user report} other {# user reports}}',
    },
  },
  guard: ({ version }) => lacks(version, 'user-reports'),
  look: lookAtUserReport,
  watch: { exists: present('id') },
  // On SQLite a number may be given out once more.
  identity: { at: ['received_ts'], as: 'ms' },
  absent: { exists: false },
  write: (id) => dismissUserReport(id),
  script: {
    never: /*i18n*/ {
      id: 'user-report.dismiss.script',
      message: 'Not available as a script: a script can’t tell its own dismissal from somebody else’s.',
    },
  },
});
