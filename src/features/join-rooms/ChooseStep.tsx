import {
  Button,
  Checkbox,
  FileButton,
  Paper,
  Radio,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Session } from '~/data/session';
import { parseUserIds } from '~/lib/mxid';
import { formatCount, plural } from '~/lib/numbers';
import { parseRoomRefs } from '~/lib/room-refs';
import { PasteField } from '~/ui/PasteField';
import { StepActions } from '~/ui/wizard/StepActions';
import { filterQuery, problemOf, withLines, type Choice } from './choice';
import { AddFromRoom } from './AddFromRoom';
import { PickRooms, PickUsers } from './Pickers';
import type { Wanted } from './planning';
import { usePairs } from './use-pairs';

interface ChooseStepProps {
  choice: Choice;
  session: Session;
  onChange(patch: Partial<Choice>): void;
  onNext(wanted: Wanted): void;
}

/** Who, and where. Nothing is changed from here. */
export function ChooseStep({ choice, session, onChange, onNext }: ChooseStepProps) {
  const roomsText = useDeferredValue(choice.rooms);
  const usersText = useDeferredValue(choice.users);
  const rooms = useMemo(() => parseRoomRefs(roomsText), [roomsText]);
  const users = useMemo(() => parseUserIds(usersText, session.serverName), [usersText, session.serverName]);
  const pairs = usePairs(choice.mode === 'pairs' ? choice.pairs : '', session.serverName);
  const settled = roomsText === choice.rooms && usersText === choice.users;
  const problem = settled ? problemOf(choice, { rooms, users, pairs }) : 'Still reading what was pasted.';

  const next = () => {
    if (choice.mode === 'every') {
      const query = filterQuery(choice.filter);
      onNext({
        rooms: rooms.refs,
        users: choice.usersFrom === 'named' ? { kind: 'named', ids: users.ids } : { kind: 'filter', query },
        pairs: null,
      });
    } else if (pairs) onNext(wantedPairs(pairs.pairs));
  };

  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label="How users and rooms belong together"
        value={choice.mode}
        onChange={(mode) => onChange({ mode: mode === 'pairs' ? 'pairs' : 'every' })}
        data={[
          { value: 'every', label: 'Every user to every room' },
          { value: 'pairs', label: 'Pairs from a CSV' },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      {choice.mode === 'every' ? (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Paper withBorder p="md" component="section" aria-labelledby="choose-rooms">
            <Title order={3} size="h4" id="choose-rooms" mb="xs">
              Rooms
            </Title>
            <Rooms choice={choice} onChange={onChange} rooms={rooms} />
          </Paper>
          <Paper withBorder p="md" component="section" aria-labelledby="choose-users">
            <Title order={3} size="h4" id="choose-users" mb="xs">
              Users
            </Title>
            <Users choice={choice} onChange={onChange} users={users} session={session} />
          </Paper>
        </SimpleGrid>
      ) : (
        <Pairs choice={choice} onChange={onChange} pairs={pairs} />
      )}
      <StepActions next={{ label: 'Make the plan', onClick: next, disabled: problem }}>
        <Text size="sm" role="status">
          {problem === null ? sum(choice, rooms.refs.length, users.ids.length, pairs?.pairs.length ?? 0) : ''}
        </Text>
      </StepActions>
    </Stack>
  );
}

function sum(choice: Choice, rooms: number, users: number, pairs: number): string {
  if (choice.mode === 'pairs') return plural(pairs, 'join');
  if (choice.usersFrom === 'filter') return `all that match × ${plural(rooms, 'room')}`;
  return `${plural(users, 'user')} × ${plural(rooms, 'room')} = ${plural(users * rooms, 'join')}`;
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

function Rooms({ choice, onChange, rooms }: PartProps & { rooms: ReturnType<typeof parseRoomRefs> }) {
  const add = (lines: readonly string[]) => onChange({ rooms: withLines(choice.rooms, lines) });
  return (
    <PasteField
      label="Rooms to join"
      description="Aliases, ids or matrix.to links, one a line."
      placeholder={'#lobby:example.org\n!abcdef:example.org'}
      value={choice.rooms}
      onChange={(text) => onChange({ rooms: text })}
      understood={plural(rooms.refs.length, 'room')}
      problems={rooms.problems}
    >
      <PickRooms onPick={add} />
      <AddFromRoom kind="space" onAdd={add} />
    </PasteField>
  );
}

function Users({
  choice,
  onChange,
  users,
  session,
}: PartProps & { users: ReturnType<typeof parseUserIds>; session: Session }) {
  const add = (lines: readonly string[]) => onChange({ users: withLines(choice.users, lines) });
  const { filter } = choice;
  return (
    <Stack gap="sm">
      <Radio.Group
        label="Which users"
        value={choice.usersFrom}
        onChange={(from) => onChange({ usersFrom: from === 'filter' ? 'filter' : 'named' })}
      >
        <Stack gap={6} mt={6}>
          <Radio value="named" label="Those named here" />
          <Radio
            value="filter"
            label="All users that match a filter"
            description={`Of ${session.serverName}. Deactivated, locked and guest users are left out.`}
          />
        </Stack>
      </Radio.Group>
      {choice.usersFrom === 'named' ? (
        <PasteField
          label="Users who join"
          description={`User ids, one a line. A name alone means a user of ${session.serverName}.`}
          placeholder={`@anna:${session.serverName}`}
          value={choice.users}
          onChange={(text) => onChange({ users: text })}
          understood={understoodUsers(users)}
          problems={users.problems}
        >
          <PickUsers onPick={add} />
          <AddFromRoom kind="members" onAdd={add} />
          <FromFile
            onText={(text) => onChange({ users: `${choice.users}${choice.users === '' ? '' : '\n'}${text}` })}
          />
        </PasteField>
      ) : (
        <>
          <TextInput
            label="Name contains"
            description="In the user id’s first part or the display name. Empty: every user."
            value={filter.name}
            onChange={(event) => onChange({ filter: { ...filter, name: event.currentTarget.value } })}
          />
          <Checkbox
            label="Only server admins"
            checked={filter.onlyAdmins}
            onChange={(event) => onChange({ filter: { ...filter, onlyAdmins: event.currentTarget.checked } })}
          />
        </>
      )}
    </Stack>
  );
}

function understoodUsers({ ids, remote, completed }: ReturnType<typeof parseUserIds>): string {
  const parts = [plural(ids.length, 'user')];
  if (completed > 0) parts.push(`${formatCount(completed)} completed with the server’s name`);
  if (remote > 0) parts.push(`${formatCount(remote)} of other homeservers, who can’t be joined`);
  return parts.join(', ');
}

function Pairs({ choice, onChange, pairs }: PartProps & { pairs: ReturnType<typeof usePairs> }) {
  return (
    <Paper withBorder p="md">
      <PasteField
        label="Users and rooms"
        description="A user and a room a line, set apart by comma, semicolon or tab. A first line may name the columns (user, room)."
        placeholder={'@anna:example.org,#lobby:example.org'}
        value={choice.pairs}
        onChange={(text) => onChange({ pairs: text })}
        understood={pairs === null ? 'Reading…' : plural(pairs.pairs.length, 'pair')}
        problems={pairs?.problems ?? []}
      >
        <FromFile onText={(text) => onChange({ pairs: text })} />
      </PasteField>
    </Paper>
  );
}

const MAX_FILE_BYTES = 20_000_000;

function FromFile({ onText }: { onText(text: string): void }) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      <FileButton
        accept=".csv,.txt,text/csv,text/plain"
        onChange={(file) => {
          if (!file) return;
          if (file.size > MAX_FILE_BYTES) {
            setProblem(`${file.name} is larger than 20 MB.`);
            return;
          }
          setProblem(null);
          void file.text().then(onText, () => setProblem(`${file.name} could not be read.`));
        }}
      >
        {(props) => (
          <Button {...props} size="compact-sm" variant="default">
            From a file…
          </Button>
        )}
      </FileButton>
      {problem !== null && (
        <Text size="sm" c="red" role="alert">
          {problem}
        </Text>
      )}
    </>
  );
}
