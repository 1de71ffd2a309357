import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatCount } from '~/lib/numbers';
import classes from './FilterChips.module.css';
import { wordsOf, type Words } from '~/lib/words';

export interface FilterChip<Value extends string> {
  value: Value;
  /** “will join” */
  label: Words;
  count: number;
  /** A CSS colour: the dot before the words. */
  dot?: string;
}

interface FilterChipsProps<Value extends string> {
  /** What is filtered: “Verdict”. */
  label: string;
  chips: readonly FilterChip<Value>[];
  /** Null: everything is shown. */
  value: Value | null;
  onChange(value: Value | null): void;
  children?: ReactNode;
}

/** Totals that filter: each says its number, and a click shows only those; another click shows all again. */
export function FilterChips<Value extends string>({
  label,
  chips,
  value,
  onChange,
  children,
}: FilterChipsProps<Value>) {
  return (
    <div role="group" aria-label={label} className={classes.chips}>
      {chips.map((chip) => (
        <UnstyledButton
          key={chip.value}
          className={classes.chip}
          aria-pressed={value === chip.value}
          data-empty={chip.count === 0}
          onClick={() => onChange(value === chip.value ? null : chip.value)}
        >
          {chip.dot !== undefined && <span className={classes.dot} style={{ background: chip.dot }} aria-hidden />}
          <b>{formatCount(chip.count)}</b> {wordsOf(chip.label)}
        </UnstyledButton>
      ))}
      {children}
    </div>
  );
}
