import { NativeSelect } from '@mantine/core';
import classes from './FilterRow.module.css';
import { wordsOf, type Words } from '~/lib/words';

interface FilterChoiceProps<Value extends string> {
  label: string;
  /** The first is the usual one, which filters nothing. */
  choices: readonly { value: Value; label: Words }[];
  value: Value;
  disabled?: boolean;
  onChange(value: Value): void;
}

/** One filter of a list; one that is set is told apart. */
export function FilterChoice<Value extends string>({
  label,
  choices,
  value,
  disabled = false,
  onChange,
}: FilterChoiceProps<Value>) {
  return (
    <NativeSelect
      label={label}
      value={value}
      data={choices.map((one) => ({ value: one.value, label: wordsOf(one.label) }))}
      className={classes.choice}
      disabled={disabled}
      data-filtering={!disabled && value !== choices[0]?.value}
      onChange={(event) => {
        const found = choices.find((one) => one.value === event.currentTarget.value);
        if (found) onChange(found.value);
      }}
    />
  );
}
