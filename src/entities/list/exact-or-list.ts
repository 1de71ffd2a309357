import type { Exact } from '~/data/exact';
import type { ListAnswer } from '~/data/list-query';
import type { Reading } from '~/ui/reading';
import type { ListReading } from './list';

interface ExactOrList<Hit extends Row, Row> {
  /** Undefined data: not asked, or not answered yet. */
  exact: Reading<Exact<Hit> | null>;
  /** Whether something is looked up exactly. */
  sought: boolean;
  list: ListReading<Row>;
}

const hitOf = <Hit>(found: Exact<Hit> | null | undefined): Hit | undefined =>
  found?.kind === 'hit' ? found.hit : undefined;

/** What a list shows: only the exact match, if there is one; otherwise the list itself. */
export function exactOrList<Hit extends Row, Row>({ exact, sought, list }: ExactOrList<Hit, Row>): ListReading<Row> {
  const { data } = exact;
  const hit = hitOf(data);
  if (!sought || (data !== undefined && hit === undefined)) return list;
  const answer: ListAnswer<Row> | undefined =
    hit === undefined ? undefined : { rows: [hit], odd: [], total: 1, from: 0 };
  return {
    data: answer,
    isPlaceholderData: false,
    error: exact.error,
    dataUpdatedAt: exact.dataUpdatedAt,
    isFetching: exact.isFetching,
    refetch: exact.refetch,
  };
}
