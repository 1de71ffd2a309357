import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatCount, isCount, plural } from '~/lib/numbers';
import { DataTable, type Column, type Sort } from './DataTable';
import { EmptyNote } from './EmptyNote';
import { ErrorNote } from './ErrorNote';
import { AsOf, StaleNote } from './Freshness';
import classes from './ListPage.module.css';
import { OddRowsNote, type OddRow } from './OddRowsNote';
import { Pager, pagesOf } from './Pager';
import type { Reading } from './reading';
import { SelectionBar } from './SelectionBar';
import type { Chosen } from './use-selection';
import { isolated } from '~/lib/shown-text';

export interface ListAnswer<Row> {
  rows: readonly Row[];
  odd: readonly OddRow[];
  total: number;
}

interface ListPageProps<Row> {
  /** “Users” */
  label: string;
  /** “user” */
  noun: string;
  filters: ReactNode;
  /** What there is to know about this list before one reads it. */
  notes?: ReactNode;
  reading: Reading<ListAnswer<Row>>;
  columns: readonly Column<Row>[];
  keyOf(row: Row): string;
  sort: Sort;
  onSort(sort: Sort): void;
  /** Sort and columns. */
  controls: ReactNode;
  chosen: Chosen;
  filtered: boolean;
  actions: ReactNode;
  /** Shown where nothing matches. */
  empty: ReactNode;
  /** A page of the list, from 1. */
  page: number;
  size: number;
  sizes: readonly number[];
  onPage(page: number): void;
  onSize(size: number): void;
  /** The page's own identity: when it changes, the table is at its top again. */
  scope: string;
}

const NO_ROWS: readonly never[] = [];

/** A list that the server sorts, filters and pages: one request a page, and what was read stays while the next one comes. */
export function ListPage<Row>(props: ListPageProps<Row>) {
  const { reading, chosen, page, size, keyOf } = props;
  const { data: answer, error } = reading;
  // Other rows are on their way; those shown are the former ones.
  const busy = reading.isFetching && answer !== undefined;
  const rows = answer?.rows ?? NO_ROWS;
  const total = answer?.total ?? 0;
  return (
    <Stack gap="xs" className={classes.list} data-selecting={chosen.count > 0 || undefined}>
      {props.filters}
      {props.notes}
      <StaleNote reading={reading} />
      {answer && <OddRowsNote odd={answer.odd} />}
      <SelectionBar
        chosen={chosen}
        noun={props.noun}
        shown={rows.length}
        total={total}
        filtered={props.filtered}
        actions={props.actions}
        rows={
          <span className={classes.count} role="status">
            {answer && countWords({ noun: props.noun, page, size, rows: rows.length, total })}
            {chosen.elsewhere > 0 &&
              `. The selection of all ${formatCount(chosen.elsewhere)} holds under its own filter only.`}
          </span>
        }
      >
        <div className={classes.controls}>
          {props.controls}
          <AsOf reading={reading} what={props.label.toLowerCase()} />
        </div>
      </SelectionBar>
      {error && !answer ? (
        <ErrorNote
          title={`The ${props.label.toLowerCase()} could not be read`}
          error={error}
          onRetry={() => void reading.refetch()}
        />
      ) : (
        <DataTable
          label={props.label}
          columns={props.columns}
          rows={rows}
          rowKey={keyOf}
          sort={props.sort}
          onSort={props.onSort}
          loading={answer === undefined}
          busy={busy}
          scrollKey={props.scope}
          empty={
            total > 0 ? (
              <EmptyNote title="This page is behind the last one">
                <Button variant="subtle" size="compact-sm" onClick={() => props.onPage(pagesOf(total, size))}>
                  Go to the last page
                </Button>
              </EmptyNote>
            ) : (
              props.empty
            )
          }
          maxHeight="max(24rem, calc(100dvh - 20rem))"
          selection={{
            isSelected: (row) => chosen.has(keyOf(row)),
            onToggle: (row, on) => chosen.toggle([keyOf(row)], on),
            onToggleRange: (rows, on) => chosen.toggle(rows.map(keyOf), on),
            all: chosen.ofShown,
            onToggleAll: chosen.toggleAll,
            label: (row) => `Select ${isolated(keyOf(row))}`,
            disabled: busy || answer === undefined,
          }}
        />
      )}
      <Pager {...props} total={isCount(total) ? total : seenSoFar(page, size, rows.length)} />
    </Stack>
  );
}

interface CountWords {
  noun: string;
  page: number;
  size: number;
  rows: number;
  total: number;
}

/** Where nobody knows how many there are, a full page may have one behind it. */
const seenSoFar = (page: number, size: number, rows: number): number =>
  (page - 1) * size + rows + (rows >= size ? 1 : 0);

function countWords({ noun, page, size, rows, total }: CountWords): string {
  if (rows === 0 || total <= rows) return plural(total, noun);
  const first = (page - 1) * size + 1;
  return `${formatCount(first)}–${formatCount(isCount(total) ? Math.min(first + size - 1, total) : first + rows - 1)} of ${plural(total, noun)}`;
}
