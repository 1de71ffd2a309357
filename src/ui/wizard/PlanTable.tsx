import { Group, Menu, Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { formatCount, plural } from '~/lib/numbers';
import { DataTable, type Column } from '~/ui/DataTable';
import { download, fileName } from '~/ui/download';
import { EmptyNote } from '~/ui/EmptyNote';
import { FilterChips } from '~/ui/FilterChips';
import { StateTag } from '~/ui/StateTag';
import {
  countReasons,
  countVerdicts,
  filterRows,
  planFile,
  type PlanRow,
  type PlanText,
  type Verdict,
} from './plan-rows';
import classes from './PlanTable.module.css';
import { Outside } from '~/ui/Outside';
import { wordsOf } from '~/lib/words';

export interface PlanColumn<Row> extends PlanText<Row> {
  id: string;
  /** A CSS grid track: `minmax(14rem, 2fr)`. */
  width: string;
  align?: 'end';
  /** How it is shown; its `text` unless said. */
  cell?(row: Row): ReactNode;
}

interface PlanTableProps<Row extends PlanRow> {
  /** “What would happen to each user” */
  label: string;
  rows: readonly Row[];
  /** Verdict and reason are added behind them. Keep the array (outside the component, or in a memo): a new one filters anew. */
  columns: readonly PlanColumn<Row>[];
  /** This wizard's words behind a number: `{ will: 'will join', nothing: 'already in', cannot: 'can’t join' }`. */
  verdicts: Readonly<Record<Verdict, string>>;
  /** `join-plan`: the stem of the exported files. */
  fileStem: string;
  /** Shown when the plan has no row at all. */
  empty?: ReactNode;
  /** Beside the export: what else the plan can be taken along as. */
  children?: ReactNode;
}

export const VERDICT_DOTS: Readonly<Record<Verdict, string>> = {
  will: 'var(--mantine-color-teal-6)',
  nothing: 'var(--mantine-color-gray-5)',
  cannot: 'var(--mantine-color-orange-6)',
};
const ORDER = ['will', 'nothing', 'cannot'] as const;

const idOf = (row: PlanRow): string => row.id;

/** Every row of the plan with its verdict: as smooth with 100,000 rows as with ten. */
export function PlanTable<Row extends PlanRow>(props: PlanTableProps<Row>) {
  const { rows, columns, verdicts } = props;
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  // Typing stays quick while 100,000 rows are looked through.
  const searched = useDeferredValue(search);
  const counts = useMemo(() => countVerdicts(rows), [rows]);
  const reasons = useMemo(() => countReasons(rows, verdict), [rows, verdict]);
  const shown = useMemo(
    () => filterRows(rows, columns, { verdict, reason, search: searched }),
    [rows, columns, verdict, reason, searched],
  );
  const tableColumns = useMemo(() => withVerdict(columns, verdicts), [columns, verdicts]);

  return (
    <Stack gap="sm">
      <FilterChips
        label="Verdict"
        chips={ORDER.map((one) => ({ value: one, label: verdicts[one], count: counts[one], dot: VERDICT_DOTS[one] }))}
        value={verdict}
        onChange={(next) => {
          setVerdict(next);
          setReason(null);
        }}
      />
      <Group gap="sm" align="flex-end">
        <TextInput
          label="Search the plan"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className={classes.search}
        />
        <NativeSelect
          label="Reason"
          className={classes.reason}
          value={reason ?? ''}
          onChange={(event) => setReason(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          disabled={reasons.length === 0}
          data={[
            { value: '', label: 'Any reason' },
            ...reasons.map(({ key, reason, count }) => ({
              value: key,
              label: `${formatCount(count)} × ${wordsOf(reason)}`,
            })),
          ]}
        />
        <ExportMenu {...props} />
        {props.children}
      </Group>
      <DataTable
        label={props.label}
        columns={tableColumns}
        rows={shown}
        rowKey={idOf}
        maxHeight="60vh"
        empty={
          rows.length === 0 ? (
            props.empty
          ) : (
            <EmptyNote title="No row fits these filters">Clear the search, the verdict or the reason.</EmptyNote>
          )
        }
      />
      <Text size="xs" c="dimmed" role="status">
        {shown.length === rows.length
          ? plural(rows.length, 'row')
          : `${formatCount(shown.length)} of ${plural(rows.length, 'row')}`}
      </Text>
    </Stack>
  );
}

function withVerdict<Row extends PlanRow>(
  columns: readonly PlanColumn<Row>[],
  verdicts: Readonly<Record<Verdict, string>>,
): Column<Row>[] {
  return [
    ...columns.map(({ id, header, width, align, cell, text }): Column<Row> => ({
      id,
      header,
      width,
      ...(align && { align }),
      cell: cell ?? ((row) => <Outside text={text(row)} className={classes.text} />),
    })),
    {
      id: 'verdict',
      header: 'Verdict',
      width: 'minmax(14rem, 1.5fr)',
      cell: (row) => (
        <span className={classes.verdict}>
          <StateTag dot={VERDICT_DOTS[row.verdict]}>{verdicts[row.verdict]}</StateTag>
          {row.reason !== '' && <bdi className={classes.why}>{wordsOf(row.reason)}</bdi>}
        </span>
      ),
    },
  ];
}

function ExportMenu<Row extends PlanRow>({ rows, columns, verdicts, fileStem }: PlanTableProps<Row>) {
  const [writing, setWriting] = useState(false);
  const save = async (format: 'csv' | 'json') => {
    setWriting(true);
    download(await planFile(rows, columns, verdicts, format), fileName(fileStem, format));
    setWriting(false);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={writing}
          disabled={rows.length === 0}
        >
          Export the plan
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv')}>CSV, for a spreadsheet</Menu.Item>
        <Menu.Item onClick={() => void save('json')}>JSON, for a program</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
