import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { ListAnswer } from '~/data/list-query';
import { pageRange } from '~/data/list-state';
import {
  groupReports,
  inOrder,
  keyOfReport,
  needsAllReports,
  reportFilter,
  searchReports,
  type Report,
  type ReportListState,
} from '~/data/report-list';
import { allReportsProgress, reports } from '~/data/reports';
import type { Session } from '~/data/session';
import type { AllRows } from '~/entities/list/list';
import { ReadAllReports, ReadReportsNotes } from './ReadAllReports';
import { ReportGroups } from './ReportGroups';

/** The queue where Synapse can’t search or group it: all reports are read once, at the admin’s word. */
function useAllReports(state: ReportListState, session: Session): AllRows<Report> | null {
  const client = useQueryClient();
  const filter = reportFilter(state);
  const all = reports.all(session.homeserver, filter);
  const reading = useQuery(all);
  const key = JSON.stringify(all.queryKey);
  const progress = useSyncExternalStore(allReportsProgress.subscribe, allReportsProgress.get);
  const cache = client.getQueryCache();
  const isStale = useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => client.getQueryState(all.queryKey)?.isInvalidated === true,
  );
  const { data } = reading;
  const { q, dir, by } = state;
  const found = useMemo(() => (data ? inOrder(searchReports(data.reports, q), dir) : null), [data, q, dir]);
  if (!needsAllReports(state)) return null;

  const { from, limit } = pageRange(state);
  const answer: ListAnswer<Report> | undefined = found
    ? { rows: found.slice(from, from + limit), odd: [], total: found.length, from }
    : undefined;
  const control = {
    reading,
    progress: progress?.key === key ? progress : null,
    onRead: () => void reading.refetch(),
    onCancel: () => void client.cancelQueries({ queryKey: all.queryKey, exact: true }),
  };
  const notes = data && <ReadReportsNotes {...control} data={data} isStale={isStale} />;
  const grouped = found && by !== 'none' && (
    <>
      {notes}
      <ReportGroups groups={groupReports(found, by)} by={by} />
    </>
  );
  return {
    data: answer,
    isPlaceholderData: false,
    error: reading.error,
    dataUpdatedAt: reading.dataUpdatedAt,
    isFetching: reading.isFetching,
    refetch: control.onRead,
    key: JSON.stringify([filter, q]),
    ids: found?.map(keyOfReport) ?? [],
    instead: data === undefined ? <ReadAllReports {...control} state={state} /> : grouped || null,
    notes: grouped ? null : notes,
  };
}

interface AllReportsProps {
  state: ReportListState;
  session: Session;
  children(all: AllRows<Report> | null): ReactNode;
}

export function AllReportsRead({ state, session, children }: AllReportsProps) {
  return children(useAllReports(state, session));
}
