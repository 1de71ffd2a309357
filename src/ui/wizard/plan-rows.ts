import { LEFT_OUT } from '~/jobs/status-texts';
import { BOM, csvLine } from '~/lib/csv';
import { reasonAsJson } from '~/lib/english';
import { needlesOf } from '~/lib/needles';
import { textKey, type Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';

/** What the run would do with a row: do it, nothing to do, or it can't be done. */
export type Verdict = 'will' | 'nothing' | 'cannot';

/** Above the verdicts, on the page and in files. */
export const VERDICT = /*i18n*/ { id: 'plan.verdict', message: 'What happens' };
const REASON = /*i18n*/ { id: 'plan.reason', message: 'Reason' };

export interface PlanRow {
  /** Unique in the plan. */
  id: string;
  verdict: Verdict;
  /** Why, or what exactly: “already in the room”. May be empty for `will`. */
  reason: Text;
}

/** A column as text: what is searched and exported. */
export interface PlanText<Row> {
  /** Its name for programs, in any language. */
  id: string;
  header: Text;
  text(row: Row): string;
}

export interface PlanFilter<Row> {
  /** `out`: those that would run and are left out. */
  verdict: Verdict | 'out' | null;
  /** A reason’s key. */
  reason: string | null;
  /** Found in any column or in the reason, whatever the case. */
  search: string;
  /** Only these, as a warning shows them. */
  only?: ((row: Row) => boolean) | undefined;
}

type IsLeftOut = (id: string) => boolean;
const NONE_LEFT_OUT: IsLeftOut = () => false;

export function countVerdicts(rows: readonly PlanRow[]): Record<Verdict, number> {
  const counts = { will: 0, nothing: 0, cannot: 0 };
  for (const row of rows) counts[row.verdict] += 1;
  return counts;
}

export interface CountedReason {
  key: string;
  reason: Text;
  count: number;
}

/** How often each reason is given, most frequent first. */
export function countReasons(rows: readonly PlanRow[], verdict: PlanFilter<PlanRow>['verdict']): CountedReason[] {
  const counts = new Map<string, CountedReason>();
  for (const row of rows) {
    if (row.reason === '' || (verdict !== null && row.verdict !== verdictOf(verdict))) continue;
    const key = textKey(row.reason);
    const counted = counts.get(key) ?? { key, reason: row.reason, count: 0 };
    counted.count += 1;
    counts.set(key, counted);
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
}

const verdictOf = (verdict: Verdict | 'out'): Verdict => (verdict === 'out' ? 'will' : verdict);

export function filterRows<Row extends PlanRow>(
  rows: readonly Row[],
  columns: readonly PlanText<Row>[],
  { verdict, reason, search, only }: PlanFilter<Row>,
  isLeftOut = NONE_LEFT_OUT,
): readonly Row[] {
  const needles = search.trim() === '' ? [] : needlesOf(search);
  if (verdict === null && reason === null && needles.length === 0 && only === undefined) return rows;
  const holds = (text: string) => needles.some((needle) => text.toLowerCase().includes(needle));
  return rows.filter(
    (row) =>
      (verdict === null || row.verdict === verdictOf(verdict)) &&
      (verdict !== 'out' || isLeftOut(row.id)) &&
      (only === undefined || only(row)) &&
      (reason === null || textKey(row.reason) === reason) &&
      (needles.length === 0 || holds(wordsOf(row.reason)) || columns.some((column) => holds(column.text(row)))),
  );
}

/** Rows written between two turns of the page. */
const STEP = 5000;

/**
 * The plan as a file, with what is left out: CSV in the reader’s words, JSON with the codes of verdicts and reasons.
 * @param verdicts this wizard’s words for them
 */
export async function planFile<Row extends PlanRow>(
  rows: readonly Row[],
  columns: readonly PlanText<Row>[],
  verdicts: Readonly<Record<Verdict, Text>>,
  format: 'csv' | 'json',
  isLeftOut = NONE_LEFT_OUT,
): Promise<Blob> {
  const isOut = ({ id, verdict }: Row) => verdict === 'will' && isLeftOut(id);
  const cells = (row: Row) => [
    ...columns.map((column) => column.text(row)),
    isOut(row) ? wordsOf(LEFT_OUT) : wordsOf(verdicts[row.verdict]),
    wordsOf(row.reason),
  ];
  const json = (row: Row) =>
    JSON.stringify({
      id: row.id,
      columns: Object.fromEntries(columns.map((column) => [column.id, column.text(row)])),
      verdict: isOut(row) ? 'left-out' : row.verdict,
      ...reasonAsJson(row.reason),
    });
  const heads = [...columns.map(({ header }) => header), VERDICT, REASON].map(wordsOf);
  const parts = [format === 'csv' ? BOM + csvLine(heads) : '['];
  for (let from = 0; from < rows.length; from += STEP) {
    const slice = rows.slice(from, from + STEP);
    if (format === 'csv') parts.push(slice.map((row) => csvLine(cells(row))).join(''));
    else parts.push((from === 0 ? '\n' : ',\n') + slice.map(json).join(',\n'));
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  }
  if (format === 'json') parts.push('\n]\n');
  return new Blob(parts, { type: format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json' });
}
