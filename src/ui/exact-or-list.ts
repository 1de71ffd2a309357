import type { ListAnswer } from './ListPage';
import type { Reading } from './reading';

interface ExactOrList<Hit extends Row, Row> {
  /** Undefined data: not asked, or not answered yet. */
  exact: Reading<{ kind: string; hit?: Hit } | null>;
  /** Whether something is looked up exactly. */
  sought: boolean;
  list: Reading<ListAnswer<Row>>;
}

/** What a list shows: the one row that was looked up exactly, alone; the list itself where nothing was, or none found. */
export function exactOrList<Hit extends Row, Row>({
  exact,
  sought,
  list,
}: ExactOrList<Hit, Row>): Reading<ListAnswer<Row>> {
  const { data } = exact;
  if (!sought || (data !== undefined && data?.hit === undefined)) return list;
  return {
    data: data?.hit === undefined ? undefined : { rows: [data.hit], odd: [], total: 1 },
    error: exact.error,
    dataUpdatedAt: exact.dataUpdatedAt,
    isFetching: exact.isFetching,
    refetch: exact.refetch,
  };
}
