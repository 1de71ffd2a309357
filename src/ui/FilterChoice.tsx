import { NativeSelect } from '@mantine/core';
import classes from './FilterRow.module.css';

interface FilterChoiceProps<Value extends string> {
  label: string;
  /** The first is the usual one, which filters nothing. */
  choices: readonly { value: Value; label: string }[];
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
      data={[...choices]}
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
