import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Entity } from '~/actions/action';
import { BulkMenu } from '~/entities/action/BulkMenu';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';
import { NOTHING_SELECTED } from '~/lib/selection';
import { isolated } from '~/lib/shown-text';
import { DataTable, type Column, type Sort } from '~/ui/DataTable';
import { SelectionBar } from '~/ui/SelectionBar';
import { useSelection } from '~/ui/use-selection';

interface SelectableTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Keep the function (outside the component). */
  rowKey(this: void, row: Row): string;
  /** What the rows are to an action, and by which ID it knows each. */
  entity: Entity;
  idOf(row: Row): string;
  canSelect?: (row: Row) => boolean;
  /** How many there are. */
  caption: ReactNode;
  /** On the same line, at its end. */
  tools?: ReactNode;
  scrollKey?: string;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  empty: ReactNode;
}

/** A table of all that there is of one kind, of which several can be taken into a bulk job. */
export function SelectableTable<Row>(props: SelectableTableProps<Row>) {
  const { rows, rowKey, entity, idOf, canSelect = () => true, caption } = props;
  const openWith = useOpenWith();
  const selectable = rows.filter(canSelect);
  const chosen = useSelection(
    useState(NOTHING_SELECTED),
    { filter: props.scrollKey ?? '', shown: selectable.map(idOf) },
    selectable.length,
  );
  return (
    <>
      {rows.length > 0 && (
        <SelectionBar
          chosen={chosen}
          shown={selectable.length}
          total={selectable.length}
          filtered={false}
          rows={
            <Text span size="sm" c="dimmed" role="status">
              {caption}
            </Text>
          }
          actions={
            <BulkMenu
              entity={entity}
              onChoose={({ kind }) => openWith(paths.bulk(kind), { things: { entity, ids: chosen.ids } })}
            />
          }
        >
          {props.tools ?? null}
        </SelectionBar>
      )}
      <DataTable
        label={props.label}
        columns={props.columns}
        rows={rows}
        rowKey={rowKey}
        scrollKey={props.scrollKey ?? ''}
        {...(props.sort && { sort: props.sort })}
        {...(props.onSort && { onSort: props.onSort })}
        empty={props.empty}
        selection={{
          isSelected: (row) => chosen.has(idOf(row)),
          canSelect,
          onToggle: (row, on) => chosen.toggle([idOf(row)], on),
          onToggleRange: (range, on) => chosen.toggle(range.filter(canSelect).map(idOf), on),
          all: chosen.ofShown,
          onToggleAll: chosen.toggleAll,
          label: (row) => selectWords(rowKey(row)),
        }}
      />
    </>
  );
}

function selectWords(key: string): string {
  const id = isolated(key);
  return t`Select ${id}`;
}
