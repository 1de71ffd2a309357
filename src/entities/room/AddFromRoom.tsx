import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { localMembersOf, roomsOfSpace } from '~/data/room-lookups';
import { useSession } from '~/data/session';
import { Picker } from '~/entities/list/Picker';
import { wordsOfError } from '~/lib/words';
import { useRoomSearch } from './PickRooms';

interface AddFromRoomProps {
  /** The rooms of a space, or the local members of a room. */
  kind: 'space' | 'members';
  onAdd(ids: readonly string[]): void;
}

/** Finds spaces or rooms, asks the homeserver once what is in those that are picked, and adds it as lines. */
export function AddFromRoom({ kind, onAdd }: AddFromRoomProps) {
  const { homeserver, serverName } = useSession();
  const search = useRoomSearch(kind === 'space');
  const words = useWords(kind, serverName);
  // Once it is given up, nothing is asked any more, and nothing is added.
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);
  const { mutate, reset, isPending, data, error } = useMutation({
    mutationFn: async (roomIds: readonly string[]) => {
      const { signal } = (asking.current = new AbortController());
      const ids = new Set<string>();
      for (const roomId of roomIds) {
        // One after the other: the homeserver limits how often it may be asked this.
        // oxlint-disable-next-line no-await-in-loop
        const found = await (kind === 'space'
          ? roomsOfSpace(homeserver, roomId, signal)
          : localMembersOf(homeserver, roomId, serverName, signal));
        for (const id of found) ids.add(id);
      }
      signal.throwIfAborted();
      return [...ids];
    },
    onSuccess(ids) {
      if (ids.length > 0) onAdd(ids);
    },
  });
  const giveUp = () => {
    asking.current?.abort();
    reset();
  };
  const pick = (roomIds: readonly string[]) => {
    giveUp();
    mutate(roomIds);
  };
  return (
    <>
      <Picker {...search} {...words} onPick={pick} />
      {isPending && (
        <>
          <Text size="sm" role="status">
            {words.reading}
          </Text>
          <Button size="compact-sm" variant="default" onClick={giveUp}>
            <Trans>Cancel</Trans>
          </Button>
        </>
      )}
      {data && (
        <Text size="sm" role="status">
          {words.outcome(data.length)}
        </Text>
      )}
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {words.failed} <bdi>{wordsOfError(error)}</bdi>
        </Text>
      )}
    </>
  );
}

function useWords(kind: AddFromRoomProps['kind'], serverName: string) {
  const { t } = useLingui();
  if (kind === 'space') {
    return {
      button: t`Rooms of a space…`,
      title: t`Add the rooms of a space`,
      about: t`Joining a space does not join its rooms. This adds the rooms in the spaces that you pick, without the spaces.`,
      add: (count: number) => t`Add the rooms of ${plural(count, { 0: 'spaces', one: '# space', other: '# spaces' })}`,
      reading: t`Reading the rooms…`,
      outcome: (count: number) =>
        t`${plural(count, { 0: 'No rooms found', one: '# room found, now in the list', other: '# rooms found, now in the list' })}`,
      failed: t`The rooms of the space could not be read, so none were added.`,
    };
  }
  return {
    button: t`Members of a room…`,
    title: t`Add the members of a room`,
    about: t`This adds the users of ${serverName} who are in the rooms that you pick.`,
    add: (count: number) => t`Add the members of ${plural(count, { 0: 'rooms', one: '# room', other: '# rooms' })}`,
    reading: t`Reading the members…`,
    outcome: (count: number) =>
      t`${plural(count, { 0: 'No users found', one: '# user found, now in the list', other: '# users found, now in the list' })}`,
    failed: t`The members of the room could not be read, so none were added.`,
  };
}
