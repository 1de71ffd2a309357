import { plural, t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { inTurns } from '~/lib/in-turns';
import { columnLabels, type Table } from '~/lib/table-csv';
import { isolatedWords } from '~/lib/shown-text';
import { usersIn, type ColumnUsers } from '~/lib/users-csv';
import { wordsOf } from '~/lib/words';
import { Outside } from '~/ui/Outside';
import { Notes, Problems } from '~/ui/PasteField';

/** A table that was read, and waits for its column to be seen. */
export interface ReadTable {
  /** Of the file; null: it was pasted. */
  name: string | null;
  table: Table;
  suggested: number | null;
}

interface ColumnChoiceProps {
  file: ReadTable;
  serverName: string;
  onAdd(lines: readonly string[]): void;
  onCancel(): void;
}

/** Which column of a table holds the users: suggested by what its cells look like, seen before use, and open to change. */
export function ColumnChoice({ file, serverName, onAdd, onCancel }: ColumnChoiceProps) {
  const { t } = useLingui();
  const { name, table, suggested } = file;
  const [column, setColumn] = useState(suggested);
  const users = useColumn(table, column, serverName);
  const labels = columnLabels(table.columns);
  const count = users?.lines.length ?? 0;
  const source = name === null ? t`the text you pasted` : isolatedWords(name, 80);
  const samples = column === null ? [] : (table.columns[column]?.samples ?? []);
  return (
    <Paper withBorder p="sm" mt="sm" component="section" aria-label={t`The table in ${source}`}>
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          <bdi>{source}</bdi>: {sizeOf(table)}
        </Text>
        <NativeSelect
          label={t`Column with the user IDs`}
          description={suggested === null ? t`Glia can’t tell which column has the user IDs.` : undefined}
          data={[
            ...(suggested === null ? [{ value: '', label: t`Choose a column` }] : []),
            ...labels.map((label, index) => ({ value: String(index), label: wordsOf(label) })),
          ]}
          value={column === null ? '' : String(column)}
          onChange={(event) => setColumn(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
        />
        {samples.length > 0 && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <Trans>First values:</Trans>{' '}
            {samples.map((sample, index) => (
              // Values may repeat.
              // oxlint-disable-next-line react/no-array-index-key
              <span key={index}>
                {index > 0 && ', '}
                <Outside text={sample} longest={80} />
              </span>
            ))}
          </Text>
        )}
        <Text size="sm" role="status">
          {column !== null && (users === null ? t`Reading…` : inWords(users))}
        </Text>
        <Notes notes={users?.notes ?? table.notes} />
        <Problems problems={users?.problems ?? table.skipped} />
        <Group gap="xs">
          <Button size="compact-sm" disabled={count === 0} onClick={() => users && onAdd(users.lines)}>
            {users ? plural(count, { one: 'Add # user', other: 'Add # users' }) : t`Add users`}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            <Trans>Don’t use this table</Trans>
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function sizeOf({ rows, columns }: Table): string {
  const rowCount = rows.length;
  const columnCount = columns.length;
  return t`${plural(rowCount, { one: '# row', other: '# rows' })}, ${plural(columnCount, { one: '# column', other: '# columns' })}`;
}

function inWords({ ids, words }: ColumnUsers): string {
  const found = plural(ids, { one: '# user ID.', other: '# user IDs.' });
  if (words === 0) return found;
  const names = plural(words, {
    one: '# name without a server part is added as it is.',
    other: '# names without a server part are added as they are.',
  });
  return [found, names].join(' ');
}

function useColumn(table: Table, column: number | null, serverName: string): ColumnUsers | null {
  const [read, setRead] = useState<{ table: Table; column: number; users: ColumnUsers } | null>(null);
  useEffect(() => {
    if (column === null) return undefined;
    let wanted = true;
    const readColumn = async () => {
      const users = await inTurns(usersIn(table, column, serverName), () => wanted);
      if (users && wanted) setRead({ table, column, users });
    };
    void readColumn();
    return () => {
      wanted = false;
    };
  }, [table, column, serverName]);
  return read?.table === table && read.column === column ? read.users : null;
}
