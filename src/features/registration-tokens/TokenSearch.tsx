import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { EmptyNote } from '~/ui/EmptyNote';

/** Finds a token by a part of it. What is entered stays out of the address and out of the browser’s memory: it may be a token. */
export function TokenSearch({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      type="search"
      label={t`Search`}
      placeholder={t`Part of a token`}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
      w={{ base: '100%', sm: 320 }}
    />
  );
}

/** @param props.all how many there are, whatever is searched for */
export function NoTokens({ all }: { all: number }) {
  return all === 0 ? (
    <EmptyNote title={t`No registration tokens`}>
      {t`Create one, and give it to people who should be able to register.`}
    </EmptyNote>
  ) : (
    <EmptyNote title={t`No tokens found`}>{t`Clear the search or the filter.`}</EmptyNote>
  );
}
