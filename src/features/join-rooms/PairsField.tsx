import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Group, NativeSelect, Paper } from '@mantine/core';
import { completeCells } from '~/lib/complete-words';
import { removedWords } from '~/lib/entries';
import type { ParsedPairs } from '~/lib/pairs-csv';
import { isolatedWords } from '~/lib/shown-text';
import { columnLabels } from '~/lib/table-csv';
import { wordsOf } from '~/lib/words';
import { FromFile } from '~/ui/FromFile';
import { PasteField } from '~/ui/PasteField';
import type { Choice } from './choice';

interface PairsFieldProps {
  choice: Choice;
  /** Null while the text is being read. */
  pairs: ParsedPairs | null;
  serverName: string;
  onChange(patch: Partial<Choice>): void;
}

/** A user and a room a line, from a file or pasted. */
export function PairsField({ choice, onChange, pairs, serverName }: PairsFieldProps) {
  const { t } = useLingui();
  const count = pairs?.pairs.length ?? 0;
  const example = `@anna:${serverName},#lobby:${serverName}`;
  // Other text has other columns and other words: what was said of the last one is not said of it.
  const take = (text: string) => onChange({ pairs: text, pairColumns: null });
  return (
    <Paper withBorder p="md">
      <FromFile
        onText={(text) => {
          take(text);
          return Promise.resolve(null);
        }}
      >
        {(fileButton) => (
          <PasteField
            label={t`Users and rooms`}
            description={t`One user and one room per line, separated by a comma, a semicolon or a tab. The first line may name the columns (user, room). You can also drop a file here.`}
            placeholder={example}
            value={choice.pairs}
            onChange={take}
            understood={pairs === null ? t`Reading…` : t`${plural(count, { one: '# pair', other: '# pairs' })}`}
            problems={pairs?.problems ?? []}
            notes={pairs === null ? [] : [...pairs.notes, ...removedWords(pairs.removed)]}
            {...(pairs && {
              completion: {
                serverName,
                waiting: pairs.waiting,
                completed: pairs.completed,
                onComplete: () => {
                  const table = { ...pairs, column: pairs.used.user };
                  onChange({ pairs: completeCells(choice.pairs, table, serverName) });
                },
              },
            })}
          >
            {fileButton}
          </PasteField>
        )}
      </FromFile>
      {pairs && pairs.columns.length > 2 && <Columns pairs={pairs} onChange={onChange} />}
    </Paper>
  );
}

/** Which column is which: seen before the plan, and changed where the guess is wrong. */
function Columns({ pairs: { columns, used }, onChange }: { pairs: ParsedPairs } & Pick<PairsFieldProps, 'onChange'>) {
  const { t } = useLingui();
  const labels = columnLabels(columns);
  const data = columns.map(({ samples: [first = t`empty`] }, index) => ({
    value: String(index),
    label: `${wordsOf(labels[index] ?? '')}: ${isolatedWords(first, 60)}`,
  }));
  return (
    <Group grow mt="sm" align="flex-start">
      <NativeSelect
        label={t`Column with the user IDs`}
        data={data}
        value={String(used.user)}
        onChange={(event) => onChange({ pairColumns: { ...used, user: Number(event.currentTarget.value) } })}
      />
      <NativeSelect
        label={t`Column with the rooms`}
        data={data}
        value={String(used.room)}
        onChange={(event) => onChange({ pairColumns: { ...used, room: Number(event.currentTarget.value) } })}
      />
    </Group>
  );
}
