import { t } from '@lingui/core/macro';
import { memo } from 'react';
import classes from './DataTable.module.css';
import type { Column } from './DataTable';
import { Guard } from './Guard';
import { Tick } from './Tick';
import { wordsOf } from '~/lib/words';

/** The column of the row's menu: on a card it is in the corner, with no label. */
const MENU = 'actions';

interface TableRowProps<Row> {
  row: Row;
  /** From 0, of all rows. */
  index: number;
  /** Where it lies, in px from the first row. */
  start: number;
  /** In px. Undefined: as high as its cells, which is measured. */
  height: number | undefined;
  columns: readonly Column<Row>[];
  /** Undefined: rows can't be selected. */
  selected: boolean | undefined;
  /** Has a checkbox, where rows have one at all. */
  selectable: boolean;
  selectLabel: string | undefined;
  disabled: boolean | undefined;
  onToggle(index: number, selected: boolean, withShift: boolean): void;
  measure(element: Element | null): void;
}

function OneRow<Row>({
  row,
  index,
  start,
  height,
  columns,
  selected,
  selectable,
  selectLabel,
  disabled,
  onToggle,
  measure,
}: TableRowProps<Row>) {
  return (
    <div
      ref={height === undefined ? measure : undefined}
      data-index={index}
      role="row"
      // Keys move the focus from row to row; Tab goes to what is in them.
      tabIndex={-1}
      aria-rowindex={index + 2}
      className={classes.row}
      data-selected={selectable ? selected : undefined}
      style={{ transform: `translateY(${start}px)`, ...(height !== undefined && { height, overflow: 'hidden' }) }}
    >
      {selected !== undefined && (
        <div role="cell" className={classes.select}>
          {selectable && (
            <Tick
              label={selectLabel ?? t`Select`}
              checked={selected}
              disabled={disabled}
              onChange={(on, withShift) => onToggle(index, on, withShift)}
            />
          )}
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.id}
          role="cell"
          className={classes.cell}
          data-align={column.align}
          data-label={wordsOf(column.header)}
          data-menu={column.id === MENU || undefined}
        >
          <Guard of={row}>
            <Cell column={column} row={row} />
          </Guard>
        </div>
      ))}
    </div>
  );
}

/** A component of its own: what throws while the cell is made is then inside the guard too. */
function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  return column.cell(row);
}

/** Made anew only when something of it changed: scrolling makes the rows that come into sight, and leaves the others alone. */
export const TableRow = memo(OneRow) as typeof OneRow;
