import { Button } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { roomPicker, userPicker } from '~/data/pickers';
import { useSession } from '~/data/session';
import { PickDialog } from '~/ui/PickDialog';

const TYPING_MS = 250;

export function PickRooms({ onPick }: { onPick(ids: readonly string[]): void }) {
  const { homeserver } = useSession();
  const [opened, { open, close }] = useDisclosure();
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search, TYPING_MS);
  const { data, isFetching, error } = useQuery({ ...roomPicker(homeserver, searched), enabled: opened });
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={open}>
        Pick rooms…
      </Button>
      <PickDialog
        title="Pick rooms"
        opened={opened}
        onClose={close}
        search={search}
        onSearch={setSearch}
        options={data?.options ?? []}
        total={data?.total ?? 0}
        loading={isFetching}
        error={error}
        noun={['room', 'rooms']}
        onPick={onPick}
      />
    </>
  );
}

export function PickUsers({ onPick }: { onPick(ids: readonly string[]): void }) {
  const { homeserver } = useSession();
  const [opened, { open, close }] = useDisclosure();
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search, TYPING_MS);
  const { data, isFetching, error } = useQuery({ ...userPicker(homeserver, searched), enabled: opened });
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={open}>
        Pick users…
      </Button>
      <PickDialog
        title="Pick users"
        opened={opened}
        onClose={close}
        search={search}
        onSearch={setSearch}
        options={data?.options ?? []}
        total={data?.total ?? 0}
        loading={isFetching}
        error={error}
        noun={['user', 'users']}
        onPick={onPick}
      />
    </>
  );
}
