import { msg, plural, t } from '@lingui/core/macro';
import { Group } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { isolated } from '~/lib/shown-text';
import { DataTable, type Column } from '~/ui/DataTable';
import { TableCaption } from '~/ui/TableCaption';
import { ChosenFiles } from './ChosenFiles';

interface FilesTableProps<Row> {
  /** “Largest files” */
  label: string;
  rows: readonly Row[];
  /** `mxc://server/id`. Keep the function. */
  mxcOf(this: void, row: Row): string;
  columns: readonly Column<Row>[];
  /** Whose they are, for a job that is begun with some. */
  of: { userId: string } | { roomId: string } | { from: 'list' };
  empty: ReactNode;
  /** Beside the number of files. */
  tools?: ReactNode;
}

/** Files that were read as a whole, with what can be done with each and with many. */
export function FilesTable<Row>({ label, rows, mxcOf, columns, of, empty, tools }: FilesTableProps<Row>) {
  const [ticked, tick] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(() => rows.map(mxcOf), [rows, mxcOf]);
  // What a newer reading no longer lists is not chosen any more.
  const chosen = useMemo(() => all.filter((mxc) => ticked.has(mxc)), [all, ticked]);
  const withMenu = useMemo(() => [...columns, menuColumn(mxcOf)], [columns, mxcOf]);
  const set = (mxcs: readonly string[], isOn: boolean) => {
    const next = new Set(ticked);
    for (const mxc of mxcs) {
      if (isOn) next.add(mxc);
      else next.delete(mxc);
    }
    tick(next);
  };
  const count = all.length;
  return (
    <>
      <Group justify="space-between" gap="sm" mih={34}>
        <TableCaption>{t`${plural(count, { one: '# file', other: '# files' })}`}</TableCaption>
        {tools}
        <ChosenFiles chosen={chosen} all={all} of={of} onClear={() => tick(new Set())} />
      </Group>
      <DataTable
        label={label}
        columns={withMenu}
        rows={rows}
        rowKey={mxcOf}
        empty={empty}
        selection={{
          isSelected: (row) => ticked.has(mxcOf(row)),
          onToggle: (row, isOn) => set([mxcOf(row)], isOn),
          onToggleRange: (range, isOn) => set(range.map(mxcOf), isOn),
          all: chosen.length === 0 ? 'none' : chosen.length === count ? 'all' : 'some',
          onToggleAll: (isOn) => set(all, isOn),
          allLabel: t`Select all files`,
          label: (row) => selectWords(mxcOf(row)),
        }}
      />
    </>
  );
}

const menuColumn = <Row,>(mxcOf: (row: Row) => string): Column<Row> => ({
  id: 'actions',
  header: msg`Actions`,
  width: '4.5rem',
  align: 'end',
  cell: (row) => <ActionMenu entity="media" id={mxcOf(row)} look="row" />,
});

function selectWords(mxc: string): string {
  const id = isolated(mxc);
  return t`Select ${id}`;
}
