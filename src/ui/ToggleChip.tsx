import { UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import classes from './FilterChips.module.css';

interface ToggleChipProps {
  label: string;
  isOn: boolean;
  onChange(isOn: boolean): void;
}

/** A filter that is on or off, and always in sight: what a list leaves out as usual is said by it. */
export function ToggleChip({ label, isOn, onChange }: ToggleChipProps) {
  return (
    <UnstyledButton className={classes.chip} aria-pressed={isOn} onClick={() => onChange(!isOn)}>
      {isOn && <IconCheck size={14} aria-hidden />}
      {label}
    </UnstyledButton>
  );
}
