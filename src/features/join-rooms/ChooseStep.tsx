import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Paper, SegmentedControl, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { roomsMatching, userCount } from '~/data/pickers';
import type { Session } from '~/data/session';
import { AddFromRoom } from '~/entities/room/AddFromRoom';
import { PickRooms } from '~/entities/room/PickRooms';
import { UserChooser } from '~/entities/user/UserChooser';
import { removedWords } from '~/lib/entries';
import { withLines } from '~/lib/lines';
import { roomRefsIn, type ParsedRoomRefs } from '~/lib/room-refs';
import { wordsOf } from '~/lib/words';
import { ErrorNote } from '~/ui/ErrorNote';
import { Notice } from '~/ui/Notice';
import { PasteField } from '~/ui/PasteField';
import { useReadText } from '~/ui/use-read-text';
import { useUserIds } from '~/ui/use-user-ids';
import { StepActions } from '~/ui/wizard/StepActions';
import classes from './join-rooms.module.css';
import { problemOf, usersQuery, type Choice } from './choice';
import { PairsField } from './PairsField';
import type { Wanted } from './planning';
import { usePairs } from './use-pairs';

interface ChooseStepProps {
  choice: Choice;
  session: Session;
  onChange(patch: Partial<Choice>): void;
  onNext(wanted: Wanted): void;
}

const STILL_READING = /*i18n*/ { id: 'join.reading-pasted', message: 'Still reading what was pasted.' };

/** Who, and where. Nothing is changed from here. */
export function ChooseStep({ choice, session, onChange, onNext }: ChooseStepProps) {
  const { t } = useLingui();
  const { serverName } = session;
  const { parsed: rooms, settled: areRoomsRead } = useReadText(choice.rooms, roomRefsIn);
  const named = useUserIds(choice.users, session.serverName, 'alone');
  const users = named.parsed;
  const asked = { text: choice.mode === 'pairs' ? choice.pairs : '', columns: choice.pairColumns };
  const pairs = usePairs(asked, session.serverName, 'alone');
  const matching = useMatching(choice, session);
  const settled = areRoomsRead && named.settled;
  const problem = settled ? problemOf(choice, { rooms, users, matching: matching.count, pairs }) : STILL_READING;

  const next = () => {
    const query = usersQuery(choice);
    if (choice.mode === 'every') {
      onNext({
        rooms: rooms.refs,
        users: query === null ? { kind: 'named', ids: users.ids } : { kind: 'filter', query },
        pairs: null,
      });
    } else if (pairs) onNext(wantedPairs(pairs.pairs));
  };
  const userTotal = choice.usersFrom === 'named' ? users.ids.length : matching.count;

  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={t`Which users join which rooms`}
        value={choice.mode}
        onChange={(mode) => onChange({ mode: mode === 'pairs' ? 'pairs' : 'every' })}
        data={[
          { value: 'every', label: t`Every user to every room` },
          { value: 'pairs', label: t`Pairs from a CSV` },
        ]}
        classNames={{ root: classes.mode, label: classes.modeLabel }}
      />
      {choice.mode === 'every' ? (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Paper withBorder p="md" component="section" aria-labelledby="choose-rooms">
            <Title order={3} size="h4" id="choose-rooms" mb="xs">
              <Trans>Rooms</Trans>
            </Title>
            <HandedRooms choice={choice} session={session} onChange={onChange} />
            <Rooms choice={choice} onChange={onChange} rooms={rooms} />
          </Paper>
          <Paper withBorder p="md" component="section" aria-labelledby="choose-users">
            <Title order={3} size="h4" id="choose-users" mb="xs">
              <Trans>Users</Trans>
            </Title>
            <UserChooser
              label={t`Which users`}
              session={session}
              choice={{ from: choice.usersFrom, handed: choice.handed, text: choice.users }}
              onChange={({ from = choice.usersFrom, text = choice.users }) =>
                onChange({ usersFrom: from, users: text })
              }
              sources={{
                named: {},
                filter: {
                  description: t`Users of ${serverName}, without deactivated, locked and guest users.`,
                },
                handed: {},
              }}
              named={{ label: t`Users who join`, parsed: users }}
              filter={{ value: choice.filter, onChange: (filter) => onChange({ filter }) }}
            />
          </Paper>
        </SimpleGrid>
      ) : (
        <PairsField choice={choice} onChange={onChange} pairs={pairs} serverName={session.serverName} />
      )}
      <StepActions next={{ label: t`Review`, onClick: next, disabled: problem && wordsOf(problem) }}>
        <Sum choice={choice} rooms={rooms.refs.length} users={userTotal} pairs={pairs?.pairs.length ?? 0} />
      </StepActions>
    </Stack>
  );
}

interface SumProps {
  choice: Choice;
  rooms: number;
  /** Null: not known yet. */
  users: number | null;
  pairs: number;
}

function Sum({ choice, rooms, users, pairs }: SumProps) {
  const { t } = useLingui();
  if (choice.mode === 'pairs') return t`${plural(pairs, { one: '# join', other: '# joins' })}`;
  if (users === null) return t`all matching users × ${plural(rooms, { one: '# room', other: '# rooms' })}`;
  const joins = users * rooms;
  return t`${plural(users, { one: '# user', other: '# users' })} × ${plural(rooms, { one: '# room', other: '# rooms' })} = ${plural(joins, { one: '# join', other: '# joins' })}`;
}

const TYPING_MS = 300;

/** How many users match the filter, asked when the typing rests; null: not known yet, or they are named. */
function useMatching(choice: Choice, { homeserver }: Session): { count: number | null } {
  const query = usersQuery(choice);
  const key = JSON.stringify(query);
  const [asked] = useDebouncedValue(key, TYPING_MS);
  const wanted = choice.mode === 'every' && query !== null;
  const { data } = useQuery({ ...userCount(homeserver, query ?? {}), enabled: wanted && asked === key });
  return { count: wanted ? (data ?? null) : null };
}

function wantedPairs(pairs: NonNullable<ReturnType<typeof usePairs>>['pairs']): Wanted {
  const rooms = new Map(pairs.map(({ room }) => [room.ref, room]));
  return {
    rooms: [...rooms.values()],
    users: { kind: 'named', ids: [...new Set(pairs.map(({ userId }) => userId))] },
    pairs: pairs.map(({ userId, room }) => ({ userId, ref: room.ref })),
  };
}

type PartProps = Pick<ChooseStepProps, 'choice' | 'onChange'>;

/** “All rooms that match” were handed over: they are read once and stand among the others, to be looked at. */
function HandedRooms({ choice, session, onChange }: PartProps & { session: Session }) {
  const { t } = useLingui();
  const { handedRooms, unreadRooms, rooms } = choice;
  const { data, error, refetch } = useQuery({
    ...roomsMatching(session.homeserver, handedRooms?.filter ?? {}),
    enabled: handedRooms !== null,
  });
  useEffect(() => {
    if (handedRooms !== null && data) {
      onChange({ rooms: withLines(rooms, data.ids), unreadRooms: data.unread, handedRooms: null });
    }
  }, [handedRooms, data, rooms, onChange]);
  if (handedRooms === null)
    return unreadRooms > 0 ? (
      <Notice
        tone="warning"
        title={t`${plural(unreadRooms, { one: '# room of the list could not be read', other: '# rooms of the list could not be read' })}`}
      >
        <Trans>The homeserver sent them in a form that Glia can’t read, so they are not among the rooms below.</Trans>
      </Notice>
    ) : null;
  if (error) {
    return (
      <ErrorNote
        title={t`The rooms selected in the list could not be read`}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  return (
    <Text size="sm" c="dimmed" role="status">
      <Trans>Reading the rooms that match the list’s filter…</Trans>
    </Text>
  );
}

const EXAMPLES = '#lobby:example.org\n!abcdef:example.org';

function Rooms({ choice, onChange, rooms }: PartProps & { rooms: ParsedRoomRefs }) {
  const { t } = useLingui();
  const count = rooms.refs.length;
  const add = (lines: readonly string[]) => onChange({ rooms: withLines(choice.rooms, lines) });
  return (
    <PasteField
      label={t`Rooms to join`}
      description={t`Room aliases, room IDs or links, one per line.`}
      placeholder={EXAMPLES}
      value={choice.rooms}
      onChange={(text) => onChange({ rooms: text })}
      understood={t`${plural(count, { one: '# room', other: '# rooms' })}`}
      problems={rooms.problems}
      notes={removedWords(rooms.removed)}
    >
      <PickRooms onPick={add} />
      <AddFromRoom kind="space" onAdd={add} />
    </PasteField>
  );
}
