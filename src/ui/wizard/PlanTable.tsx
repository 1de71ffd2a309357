import { plural, t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Menu, Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { LEFT_OUT } from '~/jobs/status-texts';
import { formatCount } from '~/lib/numbers';
import { DataTable, type Column } from '~/ui/DataTable';
import { download, fileName } from '~/ui/download';
import { EmptyNote } from '~/ui/EmptyNote';
import { FilterChips } from '~/ui/FilterChips';
import { StateTag } from '~/ui/StateTag';
import { wouldRun, type LeftIn } from './left-out';
import {
  countReasons,
  countVerdicts,
  filterRows,
  planFile,
  type PlanFilter,
  type PlanRow,
  type PlanText,
  type Verdict,
  VERDICT,
} from './plan-rows';
import classes from './PlanTable.module.css';
import { isolated } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';
import { wordsOf } from '~/lib/words';

export interface PlanColumn<Row> extends PlanText<Row> {
  /** A CSS grid track: `minmax(14rem, 2fr)`. */
  width: string;
  align?: 'end';
  /** How it is shown; its `text` unless said. */
  cell?(row: Row): ReactNode;
}

export interface PlanTableProps<Row extends PlanRow> {
  /** “What would happen to each user” */
  label: string;
  rows: readonly Row[];
  /** Verdict and reason are added behind them. Keep the array (outside the component, or in a memo): a new one filters anew. */
  columns: readonly PlanColumn<Row>[];
  /** This wizard's words behind a number: `{ will: 'will join', nothing: 'already in', cannot: 'can’t join' }`. */
  verdicts: Readonly<Record<Verdict, PlanRow['reason']>>;
  /** `join-plan`: the stem of the exported files. */
  fileStem: string;
  /** What is left in, where rows can be left out: then each has a checkbox. */
  left?: LeftIn<Row>;
  /** Only these rows, as a warning shows them, and how to show all again. */
  only?: { label: string; fits(row: Row): boolean; onClear(): void } | null;
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
const OUT_DOT = 'var(--mantine-color-dark-2)';

const idOf = (row: PlanRow): string => row.id;

/** Every row of the plan with its verdict: as smooth with 100,000 rows as with ten. */
export function PlanTable<Row extends PlanRow>(props: PlanTableProps<Row>) {
  const { rows, columns, verdicts, left, only } = props;
  const { t } = useLingui();
  const [verdict, setVerdict] = useState<PlanFilter<Row>['verdict']>(null);
  const [reason, setReason] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  // Typing stays quick while 100,000 rows are looked through.
  const searched = useDeferredValue(search);
  const reasons = useMemo(() => countReasons(rows, verdict), [rows, verdict]);
  const leftOut = left?.leftOut;
  const fits = only?.fits;
  // A row that is left out stays where it is, except among those that are.
  const asOf = verdict === 'out' ? left?.version : 0;
  const shown = useMemo(
    () => filterRows(rows, columns, { verdict, reason, search: searched, only: fits }, leftOut?.has),
    // oxlint-disable-next-line react/exhaustive-deps
    [rows, columns, verdict, reason, searched, fits, leftOut, asOf],
  );
  const tableColumns = useMemo(() => withVerdict(columns, verdicts, leftOut?.has), [columns, verdicts, leftOut]);
  const selection = usePlanSelection(left, shown);
  const onlyThese = only?.label;

  return (
    <Stack gap="sm">
      <VerdictChips
        rows={rows}
        verdicts={verdicts}
        left={left}
        value={verdict}
        onChange={(next) => {
          setVerdict(next);
          setReason(null);
        }}
      >
        {only && (
          <Button variant="light" size="compact-sm" radius="xl" className={classes.only} onClick={only.onClear}>
            <Trans>{onlyThese}. Show all</Trans>
          </Button>
        )}
      </VerdictChips>
      <Group gap="sm" align="flex-end">
        <TextInput
          label={t`Search the plan`}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className={classes.search}
        />
        <NativeSelect
          label={t`Reason`}
          className={classes.reason}
          value={reason ?? ''}
          onChange={(event) => setReason(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          disabled={reasons.length === 0}
          data={[
            { value: '', label: t`Any reason` },
            ...reasons.map(({ key, reason, count }) => ({
              value: key,
              label: `${wordsOf(reason)} (${formatCount(count)})`,
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
        {...(selection && { selection })}
        empty={
          rows.length === 0 ? (
            props.empty
          ) : (
            <EmptyNote title={t`No items match`}>
              <Trans>Clear the search or the filters.</Trans>
            </EmptyNote>
          )
        }
      />
      <Text size="xs" c="dimmed" role="status">
        {countWords(shown.length, rows.length, left?.out ?? 0)}
      </Text>
    </Stack>
  );
}

function countWords(shown: number, all: number, out: number): string {
  const some = formatCount(shown);
  const leftOut = formatCount(out);
  if (shown === all && out === 0) return plural(all, { one: '# item', other: '# items' });
  if (shown === all) return t`${plural(all, { one: '# item', other: '# items' })}, ${leftOut} left out`;
  if (out === 0) return t`${some} of ${plural(all, { one: '# item', other: '# items' })}`;
  return t`${some} of ${plural(all, { one: '# item', other: '# items' })}, ${leftOut} left out`;
}

/** A checkbox for each row that would run: unticked, it is left out. */
function usePlanSelection<Row extends PlanRow>(left: LeftIn<Row> | undefined, shown: readonly Row[]) {
  const can = useMemo(() => shown.filter(wouldRun), [shown]);
  if (!left || left.count + left.out === 0) return undefined;
  const { leftOut, out, count } = left;
  // Counted only where some of the rows are not shown: a click costs the same with 100,000.
  const allShown = out === 0 || can.length === count + out;
  const outShown = allShown ? out : can.filter(({ id }) => leftOut.has(id)).length;
  const set = (rows: readonly Row[], included: boolean) =>
    leftOut.set(
      rows.filter(wouldRun).map(({ id }) => id),
      !included,
    );
  return {
    isSelected: ({ id }: Row) => !leftOut.has(id),
    canSelect: wouldRun,
    onToggle: (row: Row, included: boolean) => set([row], included),
    onToggleRange: set,
    all: outShown >= can.length ? ('none' as const) : outShown > 0 ? ('some' as const) : ('all' as const),
    onToggleAll: (included: boolean) => set(can, included),
    label: ({ id }: Row) => {
      const item = isolated(id);
      return t`Include ${item}`;
    },
    allLabel: t`Include all items shown`,
    marks: 'unselected' as const,
  };
}

interface VerdictChipsProps<Row extends PlanRow> extends Pick<PlanTableProps<Row>, 'rows' | 'verdicts'> {
  left: LeftIn<Row> | undefined;
  value: PlanFilter<Row>['verdict'];
  onChange(value: PlanFilter<Row>['verdict']): void;
  children: ReactNode;
}

function VerdictChips<Row extends PlanRow>({
  rows,
  verdicts,
  left,
  value,
  onChange,
  children,
}: VerdictChipsProps<Row>) {
  const counts = useMemo(() => countVerdicts(rows), [rows]);
  const chip = (one: Verdict, count = counts[one]) => ({
    value: one,
    label: wordsOf(verdicts[one]),
    count,
    dot: VERDICT_DOTS[one],
  });
  return (
    <FilterChips<Verdict | 'out'>
      label={wordsOf(VERDICT)}
      chips={[
        chip('will', left?.count),
        ...(left ? [{ value: 'out' as const, label: wordsOf(LEFT_OUT), count: left.out, dot: OUT_DOT }] : []),
        chip('nothing'),
        chip('cannot'),
      ]}
      value={value}
      onChange={onChange}
    >
      {children}
    </FilterChips>
  );
}

function withVerdict<Row extends PlanRow>(
  columns: readonly PlanColumn<Row>[],
  verdicts: Readonly<Record<Verdict, PlanRow['reason']>>,
  isLeftOut: ((id: string) => boolean) | undefined,
): Column<Row>[] {
  return [
    ...columns.map(({ id, header, width, align, cell, text }): Column<Row> => ({
      id,
      header: wordsOf(header),
      width,
      ...(align && { align }),
      cell: cell ?? ((row) => <Outside text={text(row)} className={classes.text} />),
    })),
    {
      id: 'verdict',
      header: wordsOf(VERDICT),
      width: 'minmax(14rem, 1.5fr)',
      cell: (row) => (
        <span className={classes.verdict}>
          {wouldRun(row) && isLeftOut?.(row.id) ? (
            <StateTag dot={OUT_DOT}>{wordsOf(LEFT_OUT)}</StateTag>
          ) : (
            <StateTag dot={VERDICT_DOTS[row.verdict]}>{wordsOf(verdicts[row.verdict])}</StateTag>
          )}
          {row.reason !== '' && <bdi className={classes.why}>{wordsOf(row.reason)}</bdi>}
        </span>
      ),
    },
  ];
}

function ExportMenu<Row extends PlanRow>({ rows, columns, verdicts, fileStem, left }: PlanTableProps<Row>) {
  const [writing, setWriting] = useState(false);
  const save = async (format: 'csv' | 'json') => {
    setWriting(true);
    download(await planFile(rows, columns, verdicts, format, left?.leftOut.has), fileName(fileStem, format));
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
          <Trans>Download plan</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv')}>
          <Trans>Download CSV</Trans>
        </Menu.Item>
        <Menu.Item onClick={() => void save('json')}>
          <Trans>Download JSON</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
