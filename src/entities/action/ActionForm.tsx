import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { Entered, Field } from '~/actions/form';
import { lacks } from '~/api/since';
import { useSession } from '~/data/session';
import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import classes from './ActionForm.module.css';

interface ActionFormProps {
  fields: readonly Field[];
  values: Entered;
  problems: Readonly<Record<string, Text>>;
  onChange(values: Entered): void;
}

/** What an action asks for: few kinds of fields, on purpose. */
export function ActionForm({ fields, values, problems, onChange }: ActionFormProps) {
  const { version } = useSession();
  return (
    <div className={classes.fields}>
      {fields.map((field) => {
        const { name, label, help, feature, onlyIf } = field;
        if (onlyIf && values[onlyIf.field] !== onlyIf.is) return null;
        const lacking = feature === undefined ? null : lacks(version, feature);
        const change = (value: string | number | boolean) => onChange({ ...values, [name]: value });
        const error = problems[name];
        const shared = {
          label: wordsOf(label),
          ...(help !== undefined && { description: wordsOf(help) }),
          ...(lacking !== null && { description: wordsOf(lacking), disabled: true }),
          ...(error !== undefined && { error: wordsOf(error) }),
        };
        const value = values[name];
        const text = typeof value === 'string' ? value : '';
        switch (field.kind) {
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
                className={classes.short}
              />
            );
          case 'text':
            return (
              <TextInput key={name} {...shared} value={text} onChange={(event) => change(event.currentTarget.value)} />
            );
          case 'date':
            return (
              <TextInput
                key={name}
                {...shared}
                type="date"
                value={text}
                onChange={(event) => change(event.currentTarget.value)}
                className={classes.short}
              />
            );
          case 'lines':
            return (
              <Textarea
                key={name}
                {...shared}
                value={text}
                onChange={(event) => change(event.currentTarget.value)}
                autosize
                minRows={2}
                maxRows={10}
              />
            );
          case 'choice':
            return (
              <Select
                key={name}
                {...shared}
                data={field.options.map((option) => ({ value: option.value, label: wordsOf(option.label) }))}
                value={text}
                onChange={(chosen) => change(chosen ?? '')}
                allowDeselect={false}
                maw={320}
              />
            );
        }
      })}
    </div>
  );
}
