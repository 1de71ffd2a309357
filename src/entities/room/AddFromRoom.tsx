import { Button, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { localMembersOf, roomsOfSpace } from '~/data/room-lookups';
import { useSession } from '~/data/session';
import { wholeRoom } from '~/lib/needles';
import { plural } from '~/lib/numbers';

interface AddFromRoomProps {
  /** The rooms of a space, or the local members of a room. */
  kind: 'space' | 'members';
  onAdd(ids: readonly string[]): void;
}

const WORDS = {
  space: {
    button: 'Rooms of a space…',
    label: 'Space',
    hint: 'Joining a space does not join its rooms: this adds each room below it, and not the space itself.',
    action: 'Add its rooms',
    none: 'This space has no rooms that this homeserver knows.',
  },
  members: {
    button: 'Members of a room…',
    label: 'Room',
    hint: 'Adds everybody of this homeserver who is in the room.',
    action: 'Add its members',
    none: 'Nobody of this homeserver is in this room.',
  },
} as const;

/** Asks the homeserver once, and adds what it says as lines. */
export function AddFromRoom({ kind, onAdd }: AddFromRoomProps) {
  const { homeserver, serverName } = useSession();
  const [opened, { open, close }] = useDisclosure();
  const [text, setText] = useState('');
  const words = WORDS[kind];
  // Closing this is giving it up: nothing is asked any more, and nothing is added to the list behind.
  const asking = useRef<AbortController | null>(null);
  const giveUp = () => asking.current?.abort();
  useEffect(() => () => asking.current?.abort(), []);
  const lookup = useMutation({
    mutationFn: async (typed: string) => {
      const room = wholeRoom(typed, serverName);
      giveUp();
      const { signal } = (asking.current = new AbortController());
      const ids = await (kind === 'space'
        ? roomsOfSpace(homeserver, room, signal)
        : localMembersOf(homeserver, room, serverName, signal));
      signal.throwIfAborted();
      return ids;
    },
    onSuccess(ids) {
      if (ids.length > 0) onAdd(ids);
    },
  });
  const shut = () => {
    giveUp();
    lookup.reset();
    close();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    lookup.mutate(text);
  };
  return (
    <Popover opened={opened} onChange={(open) => !open && shut()} width={340} position="bottom-end" trapFocus withArrow>
      <Popover.Target>
        <Button size="compact-sm" variant="default" onClick={opened ? shut : open}>
          {words.button}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.button}>
        <form onSubmit={submit}>
          <Stack gap="xs">
            <TextInput
              label={words.label}
              description={words.hint}
              placeholder="#team:example.org"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              error={lookup.error?.message}
              data-autofocus
            />
            <Text size="sm" role="status">
              {lookup.data && (lookup.data.length === 0 ? words.none : `${plural(lookup.data.length, 'line')} added.`)}
            </Text>
            <Button type="submit" size="xs" loading={lookup.isPending} disabled={text.trim() === ''}>
              {words.action}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
