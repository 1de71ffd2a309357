import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { readParams, writeParams } from '~/data/list-state';
import {
  answerableReports,
  inOrder,
  needsAllReports,
  reportFilter,
  reportListSchema,
  searchReports,
  USUAL_REPORT_LIST,
  type Report,
  type ReportListState,
} from '~/data/report-list';
import { reports } from '~/data/reports';
import { useSession } from '~/data/session';
import { pathOfReport } from '~/entities/report/columns';
import { paths } from '~/lib/paths';

/** Where a report lies in the list that led to it. */
export interface Place {
  /** The list, as it was. */
  readonly list: string;
  /** As the list has it; null: it is not in that part of the list. Missing: the list is still read. */
  readonly row: Report | null | undefined;
  /** From 1; null: it is not in that part of the list. */
  readonly number: number | null;
  readonly total: number;
  readonly previous: string | null;
  readonly next: string | null;
}

const searchOf = (state: ReportListState): string => {
  const text = writeParams({ ...state }, USUAL_REPORT_LIST).toString();
  return text === '' ? '' : `?${text}`;
};

/** The reports before and after one, in the list whose state is in the address. */
export function usePlace(kind: Report['kind'], id: string): Place {
  const { homeserver, version } = useSession();
  const [search] = useSearchParams();
  const state = answerableReports(readParams(reportListSchema, search), version);
  // What was searched for was read for the list; where it was not, the whole list is gone through.
  const all = useQuery(reports.all(homeserver, reportFilter(state))).data;
  const found = needsAllReports(state) && all ? inOrder(searchReports(all.reports, state.q), state.dir) : null;
  const isPaged = found === null;
  const pages = { placeholderData: keepPreviousData };
  const here = useQuery({ ...reports.list(homeserver, state), ...pages, enabled: isPaged });
  const rows = found ?? here.data?.rows ?? [];
  const from = found ? 0 : (here.data?.from ?? 0);
  const total = found ? found.length : (here.data?.total ?? 0);
  const at = rows.findIndex((row) => row.kind === kind && String(row.id) === id);
  // At the ends of a page the next one is read, too.
  const isFirst = isPaged && at === 0 && from > 0;
  const isLast = isPaged && at >= 0 && at === rows.length - 1 && from + rows.length < total;
  const before = { ...state, page: Math.max(1, state.page - 1) };
  const after = { ...state, page: state.page + 1 };
  const earlier = useQuery({ ...reports.list(homeserver, before), enabled: isFirst }).data;
  const later = useQuery({ ...reports.list(homeserver, after), enabled: isLast }).data;
  const to = (report: Report | undefined, at1: ReportListState) =>
    report === undefined ? null : pathOfReport(report) + searchOf(at1);
  return {
    list: paths.reports() + searchOf(state),
    row: rows[at] ?? (isPaged && here.isPending ? undefined : null),
    number: at < 0 ? null : from + at + 1,
    total,
    previous: at < 0 ? null : isFirst ? to(earlier?.rows.at(-1), before) : to(rows[at - 1], state),
    next: at < 0 ? null : isLast ? to(later?.rows[0], after) : to(rows[at + 1], state),
  };
}
