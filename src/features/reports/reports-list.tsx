import { msg, plural } from '@lingui/core/macro';
import { readParams, writeParams } from '~/data/list-state';
import {
  answerableReports,
  keyOfReport,
  reportFilter,
  reportListSchema,
  USUAL_REPORT_LIST,
  type Report,
  type ReportFilter,
  type ReportListState,
} from '~/data/report-list';
import { reports } from '~/data/reports';
import type { ListDefinition } from '~/entities/list/list';
import { OF_REPORT, REPORT_ORDER_GROUPS, WHICH_REPORT } from '~/entities/report/columns';
import { AllReportsRead } from './AllReportsRead';
import { ReportFilters } from './ReportFilters';
import { ReportMenu } from './ReportMenu';
import { SelectedReports } from './SelectedReports';

export const REPORTS_LIST: ListDefinition<Report, ReportListState, ReportFilter> = {
  name: 'reports',
  words: {
    label: msg`Reports`,
    all: (total) => msg`${plural(total, { one: '# report', other: '# reports' })}`,
    some: (first, last, total) => msg`${first}–${last} of ${plural(total, { one: '# report', other: '# reports' })}`,
    unread: msg`Could not load the reports`,
    refresh: msg`Refresh reports`,
  },
  params: {
    read: (params) => readParams(reportListSchema, params),
    write: (state) => writeParams({ ...state }, USUAL_REPORT_LIST),
  },
  usual: USUAL_REPORT_LIST,
  keyOf: keyOfReport,
  which: WHICH_REPORT,
  columns: OF_REPORT,
  menu: (report) => <ReportMenu report={report} />,
  orders: () => REPORT_ORDER_GROUPS,
  answerable: (state, { version }) => answerableReports(state, version),
  filter: reportFilter,
  query: (state, { homeserver }) => reports.list(homeserver, state),
  All: AllReportsRead,
  Filters: ReportFilters,
  Actions: SelectedReports,
  empty: {
    unmatched: { title: msg`No reports found`, text: msg`Clear the search or the filters.` },
    none: { title: msg`No reports`, text: msg`When a user reports a message or another user, it is listed here.` },
  },
};
