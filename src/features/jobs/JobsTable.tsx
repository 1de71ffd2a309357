import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconTrash } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { JobSnapshot } from '~/jobs/job';
import { formatCount } from '~/lib/numbers';
import { NOTHING_SELECTED } from '~/lib/selection';
import { wordsOf } from '~/lib/words';
import { DataTable, type Column } from '~/ui/DataTable';
import { SelectionBar } from '~/ui/SelectionBar';
import { useSelection } from '~/ui/use-selection';
import { ExportActivity } from './ExportActivity';

interface JobsTableProps {
  columns: readonly Column<JobSnapshot>[];
  shown: readonly JobSnapshot[];
  /** How many there are in all. */
  total: number;
  /** How many plans were looked through for one thing, of how many; null: nothing is looked for. */
  looked: { readonly count: number; readonly of: number } | null;
  /** Under another one, a selection of all is another one. */
  filter: string;
  loading: boolean;
  isMine(job: JobSnapshot): boolean;
  onDelete(jobs: readonly JobSnapshot[]): void;
  empty: ReactNode;
}

const idOf = ({ id }: JobSnapshot): string => id;

/** The jobs that are shown; some of them can be chosen, to export or delete their record. */
export function JobsTable({ columns, shown, total, looked, filter, loading, isMine, onDelete, empty }: JobsTableProps) {
  const ids = useMemo(() => shown.map(idOf), [shown]);
  const chosen = useSelection(useState(NOTHING_SELECTED), { filter, shown: ids }, shown.length);
  const isLooking = looked !== null && looked.count < looked.of;
  const selected = chosen.everything ? shown : shown.filter(({ id }) => chosen.has(id));
  return (
    <div>
      {total > 0 && (
        <SelectionBar
          chosen={{ ...chosen, count: selected.length, notShown: 0 }}
          shown={shown.length}
          total={shown.length}
          filtered={shown.length < total}
          rows={
            <Text span size="sm" c="dimmed" role="status">
              {isLooking ? lookedWords(looked) : countWords(shown.length, total)}
            </Text>
          }
          actions={
            <>
              <ExportActivity jobs={selected} isMine={isMine} />
              <Menu position="bottom-end" withinPortal>
                <Menu.Target>
                  <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
                    <Trans>More</Trans>
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    color="red"
                    leftSection={<IconTrash size={16} aria-hidden />}
                    onClick={() => onDelete(selected)}
                  >
                    {plural(selected.length, { one: 'Delete # job…', other: 'Delete # jobs…' })}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </>
          }
        >
          <ExportActivity jobs={shown} isMine={isMine} />
        </SelectionBar>
      )}
      <DataTable
        label={t`Jobs`}
        columns={columns}
        rows={shown}
        rowKey={idOf}
        loading={loading}
        busy={isLooking}
        scrollKey={filter}
        maxHeight="max(24rem, calc(100dvh - 22rem))"
        selection={{
          isSelected: ({ id }) => chosen.has(id),
          onToggle: ({ id }, on) => chosen.toggle([id], on),
          onToggleRange: (rows, on) => chosen.toggle(rows.map(idOf), on),
          all: chosen.ofShown,
          onToggleAll: chosen.toggleAll,
          label: ({ title }) => selectWords(wordsOf(title)),
        }}
        empty={isLooking ? <EmptyLooking /> : empty}
      />
    </div>
  );
}

function EmptyLooking() {
  return (
    <Text size="sm" c="dimmed" ta="center" py="xl">
      <Trans>Nothing found so far</Trans>
    </Text>
  );
}

function countWords(shown: number, total: number): string {
  const some = formatCount(shown);
  return shown === total
    ? plural(total, { one: '# job', other: '# jobs' })
    : t`${some} of ${plural(total, { one: '# job', other: '# jobs' })}`;
}

function lookedWords({ count, of }: { count: number; of: number }): string {
  const looked = formatCount(count);
  return t`Looked through ${looked} of ${plural(of, { one: '# job', other: '# jobs' })}…`;
}

const selectWords = (title: string): string => t`Select ${title}`;
