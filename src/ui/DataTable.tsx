import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Skeleton, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconArrowsSort } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type CSSProperties, type ReactNode } from 'react';
import classes from './DataTable.module.css';
import { rowKeys, type RowSource } from './row-keys';
import { TableRow } from './TableRow';
import { Tick } from './Tick';
import { useRowKeys } from './use-row-keys';
import { wordsOf, type Words } from '~/lib/words';

export interface Column<Row> {
  id: string;
  header: Words;
  cell(row: Row): ReactNode;
  /** A CSS grid track: `minmax(14rem, 2fr)`, `7rem`. */
  width: string;
  align?: 'end';
  /** The caller sorts (usually the server); the table only shows and asks. */
  sortable?: boolean;
}

export interface Sort {
  column: string;
  descending: boolean;
}

interface Selection<Row> {
  isSelected(row: Row): boolean;
  /** Missing: every row can be. */
  canSelect?(row: Row): boolean;
  onToggle(row: Row, selected: boolean): void;
  /** With Shift: every row from the one toggled before to this one. Missing: only this one. */
  onToggleRange?(rows: readonly Row[], selected: boolean): void;
  /** Of the rows shown. */
  all: 'all' | 'some' | 'none';
  onToggleAll(selected: boolean): void;
  /** “Select @anna:example.org” */
  label(row: Row): string;
  /** “Select all rows shown”, unless said. */
  allLabel?: string;
  /** Where most rows are selected, those that are not stand out. */
  marks?: 'unselected';
  /** While other rows are on their way nothing may be selected: it would be out of sight a moment later. */
  disabled?: boolean;
}

interface DataTableProps<Row> {
  /** What the table lists: “Users”. */
  label: string;
  columns: readonly Column<Row>[];
  rows: RowSource<Row>;
  /** What tells rows apart. Keep the function (outside the component): with a new one all keys are made anew. */
  rowKey(this: void, row: Row): string;
  sort?: Sort | undefined;
  onSort?: (sort: Sort) => void;
  selection?: Selection<Row>;
  loading?: boolean;
  /** Other rows are on their way, and these stay meanwhile. */
  busy?: boolean;
  /** When it changes, the table is at its top again: another page, another order. */
  scrollKey?: string;
  /** Shown instead of rows. */
  empty?: ReactNode;
  /** Height of the scrolling part. */
  maxHeight?: string;
  /** How high each row is, in px, but for cards. Missing: as high as its cells; with each that is measured, all that follow are placed anew. */
  rowPx?: number;
}

const ROW_PX = 48;

/** A virtual table: as smooth with 100,000 rows as with ten. Below 48em each row is a card with its labels. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, selection, loading = false, busy = false, scrollKey, rowPx } = props;
  const count = rows.length;
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const scroller = useRef<HTMLDivElement>(null);
  const keyAt = useMemo(() => rowKeys(rows, rowKey), [rows, rowKey]);
  const virtualizer = useVirtualizer({
    count,
    // Heights are remembered by key, as rows are kept by it: by index, a row that moves up would get the height of another.
    getItemKey: keyAt,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? ROW_PX + 24 * columns.length : (rowPx ?? ROW_PX)),
    overscan: 8,
  });
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is no cleanup.
    scroller.current?.scrollTo({ top: 0 });
  }, [scrollKey]);
  const tracks = [selection ? '2.5rem' : '', ...columns.map((column) => column.width)].join(' ');
  useLayoutEffect(() => {
    // With other columns, or as cards, no height is what it was: those out of sight are forgotten, those in sight measured.
    virtualizer.measure();
    for (const element of virtualizer.elementsCache.values()) virtualizer.measureElement(element);
  }, [virtualizer, narrow, tracks]);
  useRowKeys({ scroller, count, narrow, show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }) });
  const items = virtualizer.getVirtualItems();
  const height = narrow ? undefined : rowPx;
  // The same function for every picture, or each row would be made anew while one scrolls.
  const latest = useRef({ selection, rows });
  useLayoutEffect(() => {
    latest.current = { selection, rows };
  });
  const toggled = useRef<{ rows: RowSource<Row>; index: number } | null>(null);
  const onToggle = useCallback((index: number, selected: boolean, withShift: boolean) => {
    const now = latest.current;
    const last = toggled.current;
    // Of other rows, or in another order, “from there to here” means nothing.
    const from = withShift && last?.rows === now.rows ? last.index : index;
    toggled.current = { rows: now.rows, index };
    const range = rowsBetween(now.rows, from, index);
    if (range.length > 1 && now.selection?.onToggleRange) now.selection.onToggleRange(range, selected);
    else for (const row of range.slice(-1)) now.selection?.onToggle(row, selected);
  }, []);

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-narrow={narrow}
      data-marks={selection?.marks}
      style={{ '--tracks': tracks, maxHeight: props.maxHeight ?? '70vh' } as CSSProperties}
      role="table"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-busy={loading || busy}
      data-busy={busy}
      // A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row}>
          {selection && <SelectAll selection={selection} disabled={count === 0 || selection.disabled === true} />}
          {columns.map((column) => (
            <HeaderCell key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
          ))}
        </div>
      </div>
      {loading && count === 0 && <LoadingRows columns={columns.length} selectable={selection !== undefined} />}
      {!loading && count === 0 && (
        <div role="rowgroup">
          <div role="row">
            <div role="cell" className={classes.empty}>
              {props.empty}
            </div>
          </div>
        </div>
      )}
      {count > 0 && (
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows.at(item.index);
            if (row === undefined) return null;
            return (
              <TableRow
                key={item.key}
                row={row}
                index={item.index}
                start={item.start}
                columns={columns}
                selected={selection?.isSelected(row)}
                selectable={selection?.canSelect?.(row) ?? true}
                selectLabel={selection?.label(row)}
                disabled={selection?.disabled}
                onToggle={onToggle}
                height={height}
                measure={virtualizer.measureElement}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

/** Both ends, in whatever order; the one that was clicked last. */
function rowsBetween<Row>(rows: RowSource<Row>, from: number, to: number): Row[] {
  const step = from <= to ? 1 : -1;
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, count) => rows.at(from + step * count)).filter(
    (row) => row !== undefined,
  );
}

function SelectAll<Row>({ selection, disabled }: { selection: Selection<Row>; disabled: boolean }) {
  const label = selection.allLabel ?? t`Select all rows shown`;
  return (
    <div role="columnheader" className={classes.select}>
      <VisuallyHidden>
        <Trans>Selection</Trans>
      </VisuallyHidden>
      <Tick
        label={label}
        checked={selection.all === 'all'}
        partly={selection.all === 'some'}
        disabled={disabled}
        onChange={selection.onToggleAll}
      />
      <span className={classes.selectAll} aria-hidden>
        {label}
      </span>
    </div>
  );
}

interface HeaderCellProps<Row> {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const active = sort?.column === column.id;
  const direction = active ? (sort.descending ? 'descending' : 'ascending') : 'none';
  if (!column.sortable || !onSort) {
    return (
      <div role="columnheader" className={classes.headerCell} data-align={column.align}>
        {wordsOf(column.header)}
      </div>
    );
  }
  const Icon = !active ? IconArrowsSort : sort.descending ? IconArrowDown : IconArrowUp;
  return (
    <div role="columnheader" aria-sort={direction} className={classes.headerCell} data-align={column.align}>
      <UnstyledButton
        className={classes.sort}
        onClick={() => onSort({ column: column.id, descending: active && !sort.descending })}
      >
        {wordsOf(column.header)}
        <Icon size={14} aria-hidden data-active={active} />
      </UnstyledButton>
    </div>
  );
}

const SKELETON_ROWS = 8;

function LoadingRows({ columns, selectable }: { columns: number; selectable: boolean }) {
  return (
    <div role="rowgroup">
      {Array.from({ length: SKELETON_ROWS }, (_, index) => (
        <div key={index} role="row" className={classes.row} data-still>
          {selectable && <div role="cell" className={classes.select} />}
          {Array.from({ length: columns }, (_cell, cell) => (
            <div key={cell} role="cell" className={classes.cell}>
              <Skeleton h={14} w={`${50 + ((index * 7 + cell * 13) % 40)}%`} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
