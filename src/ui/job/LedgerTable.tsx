import { Stack, Text, Title } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import type { Job, JobSnapshot, LedgerRow } from '~/jobs/job';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { FilterChips } from '~/ui/FilterChips';
import { Moment } from '~/ui/Moment';
import type { RowSource } from '~/ui/row-keys';
import { StateTag } from '~/ui/StateTag';
import classes from './LedgerTable.module.css';
import { STATUS_DOTS, STATUSES, statusWord } from './words';
import { Outside } from '~/ui/Outside';
import { wordsOf } from '~/lib/words';

/** How a wizard's ledger is shown, where its ids and columns as plain text would not do. */
export interface LedgerLook {
  /** What an item's id is: “User”. Null where the columns already say it. “Item” unless said. */
  idHeader?: string | null;
  idCell?(id: string): ReactNode;
  /** How a column's text is shown; as text unless said. */
  cell?(column: string, text: string): ReactNode;
  /** Columns that need more or less room than the others: CSS grid tracks by name. */
  widths?: Readonly<Record<string, string>>;
}

const PLAIN: LedgerLook = {};

/** A row per item with its outcome. Read live, row by row: a ledger of 100,000 is no array. */
export function LedgerTable({ job, snapshot, look = PLAIN }: { job: Job; snapshot: JobSnapshot; look?: LedgerLook }) {
  const [status, setStatus] = useState<(typeof STATUSES)[number] | null>(null);
  const { version } = snapshot;
  const indexes = useMemo(
    // `version` is the reason to look again: the ledger changes under the same job.
    () => (status === null || version < 0 ? null : job.indexes([status])),
    [job, status, version],
  );
  const { total } = snapshot;
  const rows = useMemo(() => ledgerRows(job, indexes, total), [job, indexes, total]);
  // Columns are complete once every item was read; the number says when that changed.
  const names = job.columns().join('\n');
  const waiting = statusWord('waiting', snapshot);
  const columns = useMemo(
    () => ledgerColumns(names === '' ? [] : names.split('\n'), look, waiting),
    [names, look, waiting],
  );

  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        Ledger
      </Title>
      <FilterChips
        label="Status"
        chips={STATUSES.map((one) => ({
          value: one,
          label: statusWord(one, snapshot),
          count: snapshot.counts[one],
          dot: STATUS_DOTS[one],
        }))}
        value={status}
        onChange={(next) => setStatus(next)}
      />
      <DataTable
        label="Ledger"
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        maxHeight="60vh"
        empty={<EmptyNote title={status === null ? 'This job has no items' : 'No item of this status'} />}
      />
    </Stack>
  );
}

/** @param indexes null: all of them */
function ledgerRows(job: Job, indexes: readonly number[] | null, total: number): RowSource<LedgerRow> {
  const indexOf = (at: number): number | undefined => (indexes ? indexes[at] : at);
  return {
    length: indexes ? indexes.length : total,
    at(at) {
      const index = indexOf(at);
      return index === undefined ? undefined : job.row(index);
    },
    keyAt: (at) => String(indexOf(at)),
  };
}

const keyOf = (row: LedgerRow): string => String(row.index);

const plain = (text: string): ReactNode => <Outside text={text} className={classes.text} />;

function ledgerColumns(names: readonly string[], look: LedgerLook, waiting: string): Column<LedgerRow>[] {
  const { idHeader = 'Item', idCell, cell, widths = {} } = look;
  const head: Column<LedgerRow>[] =
    idHeader === null
      ? []
      : [{ id: ':id', header: idHeader, width: 'minmax(12rem, 1.5fr)', cell: (row) => (idCell ?? plain)(row.id) }];
  return [
    ...head,
    ...names.map((name): Column<LedgerRow> => ({
      id: name,
      header: name.charAt(0).toUpperCase() + name.slice(1),
      width: widths[name] ?? 'minmax(9rem, 1fr)',
      cell: ({ columns }) => {
        const text = columns[name];
        // Not every item has each of the job's columns.
        return text === undefined ? '–' : cell ? cell(name, text) : plain(text);
      },
    })),
    {
      id: ':status',
      header: 'Outcome',
      width: 'minmax(14rem, 2fr)',
      cell: (row) => (
        <span className={classes.outcome}>
          <StateTag dot={STATUS_DOTS[row.status]}>{row.status === 'waiting' ? waiting : row.status}</StateTag>
          {row.reason !== '' && (
            <Text span size="xs" c="dimmed">
              <bdi>{wordsOf(row.reason)}</bdi>
            </Text>
          )}
        </span>
      ),
    },
    { id: ':time', header: 'When', width: '9rem', cell: (row) => <Moment ms={row.endedAt} none="–" /> },
  ];
}
