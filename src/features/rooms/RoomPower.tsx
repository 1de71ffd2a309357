import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Room, StateEvent } from '~/api/rooms';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { powerWords } from '~/entities/member/power';
import { UserLink } from '~/entities/user/UserLink';
import { formatCount } from '~/lib/numbers';
import { wordsOf } from '~/lib/words';
import { Facts, type Fact } from '~/ui/Facts';
import { Outside } from '~/ui/Outside';
import { together } from '~/ui/reading';
import { Section } from '~/ui/Section';
import { powerTable, type PowerTable } from './power-levels';

/** So many users are listed: the Members tab has all of them. */
const SHOWN = 50;

/** Who may do what in the room. */
export function RoomPower({ room }: { room: Room }) {
  const { homeserver } = useSession();
  const { room_id: roomId, version, creator } = room;
  const levels = useQuery(rooms.stateOf(homeserver, roomId, 'm.room.power_levels'));
  // Up to version 11 it says nothing more than the details of the room do.
  const hasCreators = version == null || Number.parseInt(version, 10) >= 12;
  const create = useQuery({ ...rooms.stateOf(homeserver, roomId, 'm.room.create'), enabled: hasCreators });
  const created = hasCreators ? create.data?.[0] : createdBy(creator, version);
  const isRead = levels.data !== undefined && (!hasCreators || create.data !== undefined);
  const data = isRead ? powerTable(levels.data[0], created) : undefined;
  return (
    <Stack gap="xs" component="section" aria-labelledby="power-levels">
      <Title order={2} size="h4" id="power-levels" mt="md">
        <Trans>Power levels</Trans>
      </Title>
      <Section
        unread={t`Could not load the power levels`}
        reading={{ ...together(hasCreators ? [levels, create] : [levels]), data, error: levels.error ?? create.error }}
      >
        {(table) => <Tables table={table} />}
      </Section>
    </Stack>
  );
}

const createdBy = (sender: string | null | undefined, room_version: string): StateEvent | undefined =>
  sender == null ? undefined : { type: 'm.room.create', state_key: '', sender, content: { room_version } };

function Tables({ table: { creators, users, everyone, needs, events } }: { table: PowerTable }) {
  const more = users.length - SHOWN;
  const who: Fact[] = [
    ...creators.map((userId) => ({
      key: `creator/${userId}`,
      name: t`creator`,
      value: <UserLink userId={userId} />,
    })),
    ...users.slice(0, SHOWN).map(({ userId, level }) => ({
      key: userId,
      name: powerWords(level),
      value: <UserLink userId={userId} />,
    })),
    { key: 'everyone', name: powerWords(everyone), value: t`everyone else` },
  ];
  const takes: Fact[] = [
    ...needs.map(({ what, level }) => ({ name: wordsOf(what), value: levelWords(level) })),
    ...events.map(({ type, level }) => ({
      key: `event/${type}`,
      name: type,
      value: levelWords(level),
    })),
  ];
  const count = formatCount(more);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          <Trans>Who has which level</Trans>
        </Text>
        <Facts facts={who} />
        {more > 0 && <Text size="sm">{t`and ${count} more: see Members`}</Text>}
      </Stack>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          <Trans>The level that each change requires</Trans>
        </Text>
        <Facts facts={takes} />
      </Stack>
    </SimpleGrid>
  );
}

const levelWords = (level: number) => <Outside text={level < 0 ? String(level) : formatCount(level)} />;
