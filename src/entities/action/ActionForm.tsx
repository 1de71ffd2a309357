import { NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import type { Field } from '~/actions/action';
import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';

export type Values = Readonly<Record<string, string | number | boolean>>;

interface ActionFormProps {
  fields: readonly Field[];
  values: Values;
  problems: Readonly<Record<string, Text>>;
  onChange(values: Values): void;
}

/** What an action asks for: few kinds of fields, on purpose. */
export function ActionForm({ fields, values, problems, onChange }: ActionFormProps) {
  return (
    <Stack gap="sm">
      {fields.map(({ name, label, help, kind }) => {
        const change = (value: string | number | boolean) => onChange({ ...values, [name]: value });
        const error = problems[name];
        const shared = {
          label: wordsOf(label),
          ...(help !== undefined && { description: wordsOf(help) }),
          ...(error !== undefined && { error: wordsOf(error) }),
        };
        const value = values[name];
        switch (kind) {
          case 'switch':
            return (
              <Switch
                key={name}
                {...shared}
                checked={value === true}
                onChange={(event) => change(event.currentTarget.checked)}
              />
            );
          case 'number':
            return (
              <NumberInput
                key={name}
                {...shared}
                value={typeof value === 'number' || typeof value === 'string' ? value : ''}
                onChange={change}
                allowNegative={false}
                allowDecimal={false}
                maw={240}
              />
            );
          case 'text':
            return (
              <TextInput
                key={name}
                {...shared}
                value={typeof value === 'string' ? value : ''}
                onChange={(event) => change(event.currentTarget.value)}
              />
            );
        }
      })}
    </Stack>
  );
}
