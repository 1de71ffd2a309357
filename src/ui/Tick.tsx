import { useEffect, useRef } from 'react';
import classes from './Tick.module.css';

interface TickProps {
  label: string;
  checked: boolean;
  /** Some are, some are not. */
  partly?: boolean;
  disabled?: boolean | undefined;
  onChange(checked: boolean, withShift: boolean): void;
}

/** A checkbox of one element: a table makes dozens of them while one scrolls. */
export function Tick({ label, checked, partly = false, disabled, onChange }: TickProps) {
  const input = useRef<HTMLInputElement>(null);
  // There is no attribute for it.
  useEffect(() => {
    if (input.current) input.current.indeterminate = partly;
  }, [partly]);
  return (
    <input
      ref={input}
      type="checkbox"
      className={classes.tick}
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onChange={({ currentTarget, nativeEvent }) => {
        // React takes the click for the change of a checkbox.
        onChange(currentTarget.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
      }}
    />
  );
}
