import { useLingui } from '@lingui/react/macro';
import { NativeSelect, TextInput } from '@mantine/core';
import type { Entry, QueryParameter } from './catalogue/entry';
import classes from './Console.module.css';
import { pathParts, queryValue, withPart, withQuery, type Draft } from './draft';

interface ParametersProps {
  draft: Draft;
  entry: Entry;
  onChange(draft: Draft): void;
}

/** A field for each part of the path, and for each parameter that the request takes. They write the path. */
export function Parameters({ draft, entry, onChange }: ParametersProps) {
  const { t } = useLingui();
  const parts = pathParts(draft);
  const { query = [] } = entry;
  if (parts.length === 0 && query.length === 0) return null;
  return (
    <div role="group" aria-label={t`Parameters`} className={classes.parts}>
      {parts.map(({ name, value }) => (
        <TextInput
          key={name}
          label={name}
          required
          value={value}
          onChange={(event) => onChange(withPart(draft, name, event.currentTarget.value))}
          spellCheck={false}
          autoComplete="off"
          error={(value === '.' || value === '..') && t`No URL can hold this.`}
        />
      ))}
      {query.map((parameter) => (
        <QueryField key={parameter.name} parameter={parameter} draft={draft} onChange={onChange} />
      ))}
    </div>
  );
}

interface QueryFieldProps extends Omit<ParametersProps, 'entry'> {
  parameter: QueryParameter;
}

function QueryField({ parameter: { name, kind, options, required }, draft, onChange }: QueryFieldProps) {
  const { t } = useLingui();
  const value = queryValue(draft, name);
  const change = (next: string) => onChange(withQuery(draft, name, next));
  if (options) {
    return (
      <NativeSelect
        label={name}
        required={required === true}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
        data={[{ value: '', label: t`Not set` }, ...options]}
      />
    );
  }
  const isOdd = kind === 'number' && value !== '' && !/^\d+$/.test(value);
  return (
    <TextInput
      label={name}
      required={required === true}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      {...(kind === 'number' && { inputMode: 'numeric' as const })}
      error={isOdd && t`Synapse takes only whole numbers here.`}
      spellCheck={false}
      autoComplete="off"
    />
  );
}
