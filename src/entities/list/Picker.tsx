import { Button } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PickDialog, type PickOption } from '~/ui/PickDialog';
import { wordsOf } from '~/lib/words';
import type { Text } from '~/lib/text';

const TYPING_MS = 250;

export interface PickProps {
  onPick(ids: readonly string[]): void;
}

/** What was found so far, and what is being looked for. */
interface Found {
  data: { options: readonly PickOption[]; total: number; note: Text | null } | undefined;
  isFetching: boolean;
  error: Error | null;
}

/** The word to look for: settled once the typing pauses, and nothing before the dialog is open. */
export function usePickSearch() {
  const [opened, { open, close }] = useDisclosure();
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search, TYPING_MS);
  return { opened, open, close, search, setSearch, searched };
}

interface PickerProps extends PickProps {
  looking: ReturnType<typeof usePickSearch>;
  found: Found;
  button: string;
  title: string;
  /** What is added, in a sentence. */
  about?: string;
  add(this: void, count: number): string;
}

/** A button that opens a dialog to look something up and pick from it. */
export function Picker({ looking, found, button, title, about, add, onPick }: PickerProps) {
  const { opened, open, close, search, setSearch } = looking;
  const client = useQueryClient();
  const shut = () => {
    close();
    // What is being looked for is not wanted any more.
    void client.cancelQueries({ predicate: ({ queryKey }) => queryKey[2] === 'picker' });
  };
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={open}>
        {button}
      </Button>
      <PickDialog
        title={title}
        about={about}
        opened={opened}
        onClose={shut}
        search={search}
        onSearch={setSearch}
        options={found.data?.options ?? []}
        total={found.data?.total ?? 0}
        note={found.data?.note ? wordsOf(found.data.note) : null}
        loading={found.isFetching}
        error={found.error}
        add={add}
        onPick={onPick}
      />
    </>
  );
}
