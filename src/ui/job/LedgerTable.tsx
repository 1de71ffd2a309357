import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import type { ItemStatus, Job, JobSnapshot, LedgerRow } from '~/jobs/job';
import { formatCount } from '~/lib/numbers';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Moment } from '~/ui/Moment';
import type { RowSource } from '~/ui/row-keys';
import { StateTag } from '~/ui/StateTag';
import { failedFirst } from './failed-first';
import classes from './LedgerTable.module.css';
import { beginReasons } from './reasons';
import { useTally } from './use-tally';
import { STATUS_DOTS, STATUSES, statusWord } from './words';
import { Outside } from '~/ui/Outside';
import { wordsOf, type Words } from '~/lib/words';

/** How the items of a kind of job are shown, where their IDs and columns as plain text would not do. */
export interface LedgerLook {
  /** What an item's ID is: “User”. Null where the columns already say it. “Item” unless said. */
  idHeader?: Words | null;
  idCell?(id: string): ReactNode;
  /** What an item did step by step, in the place of its reason. Null: its reason is shown. */
  details?(row: LedgerRow): ReactNode;
  /** How a column's text is shown; as text unless said. */
  cell?(column: string, text: string): ReactNode;
  /** What a column is called; by its name unless said. */
  headers?: Readonly<Record<string, Words>>;
  /** Columns that need more or less room than the others: CSS grid tracks by name. */
  widths?: Readonly<Record<string, string>>;
  /** Columns that tell what was planned, and nothing that tells items apart. */
  ofPlan?: readonly string[];
}

const PLAIN: LedgerLook = {};
const NONE: readonly number[] = [];

interface LedgerTableProps {
  job: Job;
  snapshot: JobSnapshot;
  look?: LedgerLook;
}

/** A row per item with its outcome. Read live, row by row: a ledger of 100,000 is no array. */
export function LedgerTable({ job, snapshot, look = PLAIN }: LedgerTableProps) {
  const { t } = useLingui();
  const [status, setStatus] = useState<ItemStatus | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const { version, total, counts } = snapshot;
  const reasons = useTally(job, snapshot, beginReasons);
  const chosen = reasons?.find(({ status: of, words }) => words === reason && (status === null || of === status));
  const wrong = counts.failed + counts.unknown === 0 ? NONE : job.indexes(['failed', 'unknown']);
  const listed = chosen?.indexes ?? (status === null ? null : job.indexes([status]));
  // The rows change with each snapshot, their order seldom does: it is kept apart, so that the table places them once.
  const order = useMemo(
    () => (listed ? orderOf(listed.length, (place) => listed[place]) : orderOf(total, failedFirst(wrong, total))),
    [listed, wrong, total],
  );
  // A new version means new rows: the ledger changes while the job stays the same.
  const rows = useMemo(() => ({ ...ledgerRows(job, order), version }), [job, order, version]);
  const names = useColumnNames(job);
  const columns = useMemo(
    () => [
      ...itemColumns(
        names.filter((name) => look.ofPlan?.includes(name) !== true),
        look,
      ),
      ...outcomeColumns(look),
    ],
    [names, look],
  );
  const choices = (reasons ?? []).filter((one) => status === null || one.status === status);

  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t`Outcome`}
          className={classes.outcomes}
          value={status ?? ''}
          onChange={(event) => {
            setStatus(STATUSES.find((one) => one === event.currentTarget.value) ?? null);
            setReason(null);
          }}
          data={[
            { value: '', label: t`Any, failures first` },
            ...STATUSES.map((one) => ({ value: one, label: statusWord(one) })),
          ]}
        />
        <NativeSelect
          label={t`Reason`}
          className={classes.reason}
          value={chosen?.words ?? ''}
          disabled={choices.length === 0}
          onChange={(event) => setReason(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          data={[
            { value: '', label: t`Any reason` },
            ...choices.map(({ words, indexes }) => ({
              value: words,
              label: `${formatCount(indexes.length)} × ${words}`,
            })),
          ]}
        />
      </Group>
      <DataTable
        label={t`Items`}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        maxHeight="60vh"
        empty={<EmptyNote title={status === null ? t`This job has no items` : t`No items have this outcome`} />}
      />
    </Stack>
  );
}

/** What the plan said of each item, in the order of the plan. */
export function PlanOfJob({ job, snapshot, look = PLAIN }: LedgerTableProps) {
  const { t } = useLingui();
  const { total } = snapshot;
  const rows = useMemo(
    () =>
      ledgerRows(
        job,
        orderOf(total, (place) => place),
      ),
    [job, total],
  );
  const names = useColumnNames(job);
  const columns = useMemo(() => itemColumns(names, look), [names, look]);
  return <DataTable label={t`Plan`} columns={columns} rows={rows} rowKey={keyOf} maxHeight="60vh" />;
}

/** Complete once every item was read; the same array until it changes. */
function useColumnNames(job: Job): readonly string[] {
  const names = job.columns().join('\n');
  return useMemo(() => (names === '' ? [] : names.split('\n')), [names]);
}

/** Which rows of a ledger are shown, and where. */
interface Order {
  readonly length: number;
  indexOf(this: void, place: number): number | undefined;
  keyAt(this: void, place: number): number;
}

const orderOf = (length: number, indexOf: Order['indexOf']): Order => ({
  length,
  indexOf,
  keyAt: (place) => indexOf(place) ?? -1,
});

const ledgerRows = (job: Job, { length, indexOf, keyAt }: Order): RowSource<LedgerRow> => ({
  length,
  at(place) {
    const index = indexOf(place);
    return index === undefined ? undefined : job.row(index);
  },
  keyAt,
});

const keyOf = (row: LedgerRow): string => String(row.index);

const plain = (text: string): ReactNode => <Outside text={text} className={classes.text} />;

function itemColumns(names: readonly string[], look: LedgerLook): Column<LedgerRow>[] {
  const { idHeader = msg`Item`, idCell, cell, headers = {}, widths = {} } = look;
  const head: Column<LedgerRow>[] =
    idHeader === null
      ? []
      : [
          {
            id: ':id',
            header: idHeader,
            width: 'minmax(12rem, 1.5fr)',
            cell: (row) => (idCell ?? plain)(row.id),
          },
        ];
  return [
    ...head,
    ...names.map((name): Column<LedgerRow> => ({
      id: name,
      header: headers[name] ?? name.charAt(0).toUpperCase() + name.slice(1),
      width: widths[name] ?? 'minmax(9rem, 1fr)',
      cell: ({ columns }) => {
        const text = columns[name];
        // Not every item has each of the job's columns.
        if (text === undefined) return '–';
        if (typeof text !== 'string') return <bdi className={classes.text}>{wordsOf(text)}</bdi>;
        return cell ? cell(name, text) : plain(text);
      },
    })),
  ];
}

const outcomeColumns = ({ details }: LedgerLook): Column<LedgerRow>[] => [
  {
    id: ':status',
    header: msg`Outcome`,
    width: 'minmax(14rem, 2fr)',
    cell: (row) => (
      <span className={classes.outcome}>
        <StateTag dot={STATUS_DOTS[row.status]}>{statusWord(row.status)}</StateTag>
        {row.parts && details
          ? details(row)
          : row.reason !== '' && (
              <Text span size="xs" c="dimmed">
                <bdi>{wordsOf(row.reason)}</bdi>
              </Text>
            )}
      </span>
    ),
  },
  { id: ':time', header: msg`When`, width: '9rem', cell: (row) => <Moment ms={row.endedAt} none="–" /> },
];
