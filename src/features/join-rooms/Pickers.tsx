import { plural, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { roomPicker, userPicker } from '~/data/pickers';
import { useSession } from '~/data/session';
import { PickDialog, type PickOption } from '~/ui/PickDialog';

const TYPING_MS = 250;

interface PickProps {
  onPick(ids: readonly string[]): void;
}

/** What was found so far, and what is being looked for. */
interface Found {
  data: { options: readonly PickOption[]; total: number; note: string | null } | undefined;
  isFetching: boolean;
  error: Error | null;
}

/** The word to look for: settled once the typing pauses, and nothing before the dialog is open. */
function useSearch() {
  const [opened, { open, close }] = useDisclosure();
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search, TYPING_MS);
  return { opened, open, close, search, setSearch, searched };
}

export function PickRooms({ onPick }: PickProps) {
  const { homeserver, serverName } = useSession();
  const looking = useSearch();
  const found = useQuery({ ...roomPicker(homeserver, serverName, looking.searched), enabled: looking.opened });
  return (
    <Picker
      looking={looking}
      found={found}
      button={t`Pick rooms…`}
      title={t`Pick rooms`}
      add={(count) => t`Add ${plural(count, { one: '# room', other: '# rooms' })}`}
      onPick={onPick}
    />
  );
}

export function PickUsers({ onPick }: PickProps) {
  const { homeserver, serverName } = useSession();
  const looking = useSearch();
  const found = useQuery({ ...userPicker(homeserver, serverName, looking.searched), enabled: looking.opened });
  return (
    <Picker
      looking={looking}
      found={found}
      button={t`Pick users…`}
      title={t`Pick users`}
      add={(count) => t`Add ${plural(count, { one: '# user', other: '# users' })}`}
      onPick={onPick}
    />
  );
}

interface PickerProps extends PickProps {
  looking: ReturnType<typeof useSearch>;
  found: Found;
  button: string;
  title: string;
  add(this: void, count: number): string;
}

function Picker({ looking, found, button, title, add, onPick }: PickerProps) {
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
        opened={opened}
        onClose={shut}
        search={search}
        onSearch={setSearch}
        options={found.data?.options ?? []}
        total={found.data?.total ?? 0}
        note={found.data?.note ?? null}
        loading={found.isFetching}
        error={found.error}
        add={add}
        onPick={onPick}
      />
    </>
  );
}
