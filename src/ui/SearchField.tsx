import { t } from '@lingui/core/macro';
import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';

interface SearchFieldProps {
  label: string;
  placeholder?: string;
  description?: ReactNode;
  value: string;
  /** Once a moment has passed without typing, or at once with Enter. */
  onSearch(text: string): void;
  className?: string | undefined;
}

const PAUSE_MS = 350;

/** A search that asks the server when one pauses, not at each letter. */
export function SearchField({ label, placeholder, description, value, onSearch, className }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState<readonly string[]>([]);
  if (value !== seen) {
    setSeen(value);
    // What we sent comes back a little later, when more may have been typed: only what came from elsewhere (Back, “clear
    // the filters”) is followed.
    const own = sent.indexOf(value);
    setSent(own === -1 ? [] : sent.slice(own + 1));
    if (own === -1) setText(value);
  }
  const send = (next: string) => {
    const trimmed = next.trim();
    if (trimmed === (sent.at(-1) ?? value)) return;
    setSent([...sent, trimmed]);
    onSearch(trimmed);
  };
  const later = useDebouncedCallback(send, PAUSE_MS);
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      className={className}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text === '' ? null : (
          <CloseButton
            size="sm"
            aria-label={t`Clear search`}
            onClick={() => {
              later.cancel();
              setText('');
              send('');
            }}
          />
        )
      }
      value={text}
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
