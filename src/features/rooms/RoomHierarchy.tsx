import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button, Group, Loader, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { lacks } from '~/api/since';
import type { SpaceChild } from '~/api/room-content';
import { roomsOfSpace } from '~/data/room-lookups';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { useOpenWith } from '~/entities/list/use-open-with';
import { RoomLink } from '~/entities/room/RoomLink';
import { roomBadges } from '~/entities/room/badges';
import { whyNotBegin } from '~/job-store/action-jobs';
import { paths } from '~/lib/paths';
import { shownText } from '~/lib/shown-text';
import { wordsOf, wordsOfError } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { ErrorNote } from '~/ui/ErrorNote';
import { Id } from '~/ui/Id';
import { Marks } from '~/ui/Marks';
import { NotYetButton } from '~/ui/NotYetButton';
import { useWhileShown } from '~/ui/use-while-shown';
import classes from './RoomHierarchy.module.css';

/** The rooms of a space as a tree. Each level is read when it is opened: Synapse limits how often it may be asked. */
export function RoomHierarchy({ spaceId }: { spaceId: string }) {
  const { version } = useSession();
  const lacking = lacks(version, 'hierarchy');
  if (lacking !== null) return <EmptyNote title={t`This homeserver can’t do that`}>{wordsOf(lacking)}</EmptyNote>;
  return (
    <div className={classes.tree}>
      <JoinBranch spaceId={spaceId} />
      <Level spaceId={spaceId} above={[spaceId]} />
    </div>
  );
}

/** @param above the spaces that it is in: a space may be below itself */
function Level({ spaceId, above }: { spaceId: string; above: readonly string[] }) {
  const { homeserver } = useSession();
  const reading = useInfiniteQuery(rooms.level(homeserver, spaceId));
  const { data, error, isFetching, hasNextPage } = reading;
  if (!data) {
    if (!error) return <Loader size="sm" m="xs" role="status" aria-label={t`Loading`} />;
    return <ErrorNote title={t`Could not load the rooms`} error={error} onRetry={() => void reading.refetch()} />;
  }
  const known = new Map(data.pages.flatMap((page) => page.rooms.map((room) => [room.room_id, room] as const)));
  const unknown = hasNextPage ? [] : (data.pages[0]?.named.filter((roomId) => !known.has(roomId)) ?? []);
  if (known.size + unknown.length === 0) {
    return (
      <Text size="sm" c="dimmed" py={6}>
        <Trans>No rooms in it</Trans>
      </Text>
    );
  }
  return (
    <ul>
      {[...known.values()].map((room) => (
        <Room key={room.room_id} room={room} above={above} />
      ))}
      {unknown.map((roomId) => (
        <li key={roomId} className={classes.room}>
          <Id value={roomId} />
          <Text size="sm" c="dimmed">
            <Trans>Nobody on this homeserver is in it</Trans>
          </Text>
        </li>
      ))}
      {hasNextPage && (
        <li>
          <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void reading.fetchNextPage()}>
            <Trans>Load more rooms</Trans>
          </Button>
        </li>
      )}
      {error && (
        <li>
          <ErrorNote title={t`Could not load more rooms`} error={error} onRetry={() => void reading.fetchNextPage()} />
        </li>
      )}
    </ul>
  );
}

function Room({ room, above }: { room: SpaceChild; above: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  const { room_id: roomId, num_joined_members: members } = room;
  const name = shownText(room.name) ?? shownText(room.canonical_alias);
  const isSpace = room.room_type === 'm.space';
  const isAbove = above.includes(roomId);
  return (
    <li>
      <div className={classes.room}>
        <Anchor component={Link} to={paths.room(roomId)} className={classes.name}>
          <bdi>{name ?? t`no name`}</bdi>
        </Anchor>
        <Marks marks={roomBadges({ room_id: roomId, room_type: room.room_type, join_rules: room.join_rule })} />
        {members != null && (
          <Text size="sm" c="dimmed">
            {plural(members, { one: '# member', other: '# members' })}
          </Text>
        )}
        {isSpace &&
          (isAbove ? (
            <Text size="sm" c="dimmed">
              <Trans>Already shown above</Trans>
            </Text>
          ) : (
            <Button
              size="compact-xs"
              variant="default"
              aria-expanded={isOpen}
              onClick={() => setOpen((opened) => !opened)}
            >
              {isOpen ? t`Hide its rooms` : t`Show its rooms`}
            </Button>
          ))}
        <div className={classes.id}>
          <RoomLink roomId={roomId} />
        </div>
      </div>
      {isOpen && (
        <>
          <JoinBranch spaceId={roomId} />
          <Level spaceId={roomId} above={[...above, roomId]} />
        </>
      )}
    </li>
  );
}

/** Hands all rooms below a space, whatever the depth, to the wizard of joins. */
function JoinBranch({ spaceId }: { spaceId: string }) {
  const session = useSession();
  const openWith = useOpenWith();
  const whileShown = useWhileShown(spaceId);
  const reason = whyNotBegin('join-rooms', session);
  const reading = useMutation({
    mutationFn: async () => {
      const signal = whileShown();
      const ids = await roomsOfSpace(session.homeserver, spaceId, signal);
      signal.throwIfAborted();
      return ids;
    },
    onSuccess(ids) {
      if (ids.length > 0) openWith(paths.joinRooms(), { rooms: { ids } });
    },
  });
  return (
    <Group gap="xs" mb="xs">
      {reason === null ? (
        <Button size="compact-sm" variant="default" loading={reading.isPending} onClick={() => reading.mutate()}>
          <Trans>Join users to all rooms below…</Trans>
        </Button>
      ) : (
        <NotYetButton size="compact-sm" variant="default" reason={wordsOf(reason)}>
          <Trans>Join users to all rooms below…</Trans>
        </NotYetButton>
      )}
      {reading.data?.length === 0 && (
        <Text size="sm" role="status">
          <Trans>No rooms found</Trans>
        </Text>
      )}
      {reading.error && (
        <Text size="sm" role="alert">
          {t`Could not read the rooms.`} <bdi>{wordsOfError(reading.error)}</bdi>
        </Text>
      )}
    </Group>
  );
}
