import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import classes from './scan-users.module.css';

interface FilterTextProps {
  label: string;
  type?: 'text' | 'date';
  placeholder?: string;
  value: string;
  /** What is wrong with it; null: nothing. */
  problem?: string | null;
  /** The ID of a `datalist`. */
  list?: string;
  /** Once a moment has passed without typing, or at once with Enter. */
  onChange(value: string): void;
}

const PAUSE_MS = 350;

/** A filter that is typed. */
export function FilterText({ label, type = 'text', placeholder, value, problem, list, onChange }: FilterTextProps) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  // What comes from elsewhere (Back, “clear the filters”) is followed.
  if (value !== seen) {
    setSeen(value);
    setText(value);
  }
  const send = (next: string) => {
    const trimmed = next.trim();
    if (trimmed === value) return;
    setSeen(trimmed);
    onChange(trimmed);
  };
  const later = useDebouncedCallback(send, PAUSE_MS);
  return (
    <TextInput
      type={type}
      label={label}
      placeholder={placeholder}
      className={classes.field}
      value={text}
      list={list}
      error={problem}
      data-filtering={value !== ''}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        later.cancel();
        send(text);
      }}
    />
  );
}
