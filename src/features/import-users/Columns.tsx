import { Trans, useLingui } from '@lingui/react/macro';
import { NativeSelect, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { isolatedWords } from '~/lib/shown-text';
import { columnLabels } from '~/lib/table-csv';
import { COLUMN_FIELDS, mappingProblem, type Mapping } from '~/lib/user-columns';
import { wordsOf } from '~/lib/words';
import { isField, UNUSED, type Maker } from './choice';
import { FIELD_WORDS } from './field-words';
import type { ReadFile } from './use-accounts';

interface ColumnsProps {
  file: ReadFile;
  maker: Maker;
  onChange(mapping: Mapping): void;
}

/** What each column is taken for, with what stands in it: seen before it is used, and changed where the guess is wrong. */
export function Columns({ file: { table, mapping }, maker, onChange }: ColumnsProps) {
  const { t } = useLingui();
  const labels = columnLabels(table.columns);
  const problem = mappingProblem(mapping);
  const fields = COLUMN_FIELDS.map((field) => ({
    value: field,
    label: wordsOf(FIELD_WORDS[field]),
    disabled: UNUSED[maker].has(field),
  }));
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="import-columns">
      <Title order={3} size="h4" id="import-columns" mb="xs">
        <Trans>Columns</Trans>
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        <Trans>Glia guessed these from the header and the cells. Change what is wrong.</Trans>
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }}>
        {table.columns.map(({ samples }, index) => {
          const field = mapping[index] ?? null;
          const shown = samples.slice(0, 2).map((sample) => isolatedWords(sample, 40));
          return (
            <NativeSelect
              // Columns neither move nor have another name.
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              label={wordsOf(labels[index] ?? '')}
              description={field === 'password' ? '••••••••' : shown.length === 0 ? t`empty` : shown.join(' · ')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={field ?? ''}
              onChange={(event) => {
                const { value } = event.currentTarget;
                onChange(
                  table.columns.map((_, at) =>
                    at === index ? (isField(value) ? value : null) : (mapping[at] ?? null),
                  ),
                );
              }}
              data={[{ value: '', label: t`Not used` }, ...fields]}
            />
          );
        })}
      </SimpleGrid>
      {problem !== null && (
        <Text size="sm" c="var(--mantine-color-error)" mt="sm" role="status">
          {wordsOf(problem)}
        </Text>
      )}
    </Paper>
  );
}
