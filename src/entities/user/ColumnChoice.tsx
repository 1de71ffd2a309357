import { Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { inTurns } from '~/lib/in-turns';
import { formatCount, plural } from '~/lib/numbers';
import { columnLabels, type Table } from '~/lib/table-csv';
import { isolatedWords } from '~/lib/shown-text';
import { usersIn, type ColumnUsers } from '~/lib/users-csv';
import { wordsOf } from '~/lib/words';
import { Outside } from '~/ui/Outside';
import { Notes, Problems } from '~/ui/PasteField';

/** A table that was read, and waits for its column to be seen. */
export interface ReadTable {
  name: string;
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
  const { name, table, suggested } = file;
  const [column, setColumn] = useState(suggested);
  const users = useColumn(table, column, serverName);
  const labels = columnLabels(table.columns);
  const samples = column === null ? [] : (table.columns[column]?.samples ?? []);
  return (
    <Paper withBorder p="sm" mt="sm" component="section" aria-label={`The table in ${isolatedWords(name, 80)}`}>
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          <Outside text={name} />: {plural(table.rows.length, 'row')}, {plural(table.columns.length, 'column')}
        </Text>
        <NativeSelect
          label="Column with the user IDs"
          description={suggested === null ? 'It is not clear which column holds the users. Choose it.' : undefined}
          data={[
            ...(suggested === null ? [{ value: '', label: 'Choose a column' }] : []),
            ...labels.map((label, index) => ({ value: String(index), label: wordsOf(label) })),
          ]}
          value={column === null ? '' : String(column)}
          onChange={(event) => setColumn(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
        />
        {samples.length > 0 && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            First values:{' '}
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
          {column !== null && (users === null ? 'Reading…' : inWords(users))}
        </Text>
        <Notes notes={users?.notes ?? table.notes} />
        <Problems problems={users?.problems ?? table.skipped} />
        <Group gap="xs">
          <Button
            size="compact-sm"
            disabled={!users || users.lines.length === 0}
            onClick={() => users && onAdd(users.lines)}
          >
            {users ? `Add ${plural(users.lines.length, 'user')}` : 'Add users'}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            Don’t use this table
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function inWords({ ids, words }: ColumnUsers): string {
  const names = words > 0 ? `, ${formatCount(words)} without a server part, added as written` : '';
  return `${plural(ids, 'user ID')}${names}.`;
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
