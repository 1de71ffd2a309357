import { Checkbox, Divider, Group, NativeSelect, Radio, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { handedWords } from '~/data/handover';
import type { Session } from '~/data/session';
import { SIZE_UNITS, type SizeUnit } from '~/lib/bytes';
import { completeWords } from '~/lib/complete-words';
import { removedWords } from '~/lib/entries';
import { plural } from '~/lib/numbers';
import { PasteField } from '~/ui/PasteField';
import { sizeOf, sizeProblem, sweepProblem, type Choice } from './choice';
import { readUsers } from './users';

interface LocalFieldsProps {
  choice: Choice;
  session: Session;
  onChange(patch: Partial<Choice>): void;
}

/** The choices that only local media have. */
export function LocalFields({ choice, session, onChange }: LocalFieldsProps) {
  return (
    <>
      <Size choice={choice} onChange={onChange} />
      <Divider />
      <Whose choice={choice} session={session} onChange={onChange} />
      <Divider />
      <Stack gap="xs">
        <Switch
          label="Keep avatars"
          description="The pictures of users, deactivated and locked ones too."
          checked={choice.keepAvatars}
          onChange={(event) => onChange({ keepAvatars: event.currentTarget.checked })}
        />
        {choice.keepAvatars && <RoomAvatars choice={choice} onChange={onChange} />}
      </Stack>
      <Divider />
      <How choice={choice} onChange={onChange} />
    </>
  );
}

/** Text, and no number field: a mask drops what it does not know, and `5 GB` becomes 5 of something else. */
function Size({ choice, onChange }: Pick<LocalFieldsProps, 'choice' | 'onChange'>) {
  const size = sizeOf(choice);
  const own = size?.ok === true ? size.unit : null;
  return (
    <div>
      <Group align="flex-start" gap="xs">
        <TextInput
          label="Larger than"
          description="Leave empty for any size."
          placeholder="5 MB"
          autoComplete="off"
          w={{ base: '100%', xs: 260 }}
          value={choice.size}
          error={sizeProblem(choice)}
          onChange={(event) => onChange({ size: event.currentTarget.value })}
        />
        <NativeSelect
          label="Unit"
          description={own === null ? '1 kB is 1,000 B.' : 'As written beside it.'}
          w={140}
          data={Object.keys(SIZE_UNITS)}
          value={own ?? choice.unit}
          disabled={own !== null}
          onChange={(event) => onChange({ unit: event.currentTarget.value as SizeUnit })}
        />
      </Group>
      <Text size="sm" mt={6} role="status">
        {size?.ok === true && `= ${plural(size.bytes, 'byte')}`}
      </Text>
    </div>
  );
}

function RoomAvatars({ choice, onChange }: Pick<LocalFieldsProps, 'choice' | 'onChange'>) {
  return (
    <>
      <Checkbox
        label="Room pictures too"
        description="Looking them up takes one request for each room."
        checked={choice.roomAvatars}
        onChange={(event) => onChange({ roomAvatars: event.currentTarget.checked })}
      />
      <Text size="sm" c="dimmed">
        {choice.method === 'exact'
          ? 'Pictures that someone set for a single room, or used before, can’t be looked up from here: they go like other files. The server’s sweep knows and keeps them.'
          : 'The sweep keeps room pictures in any case, and those that someone set for a single room or used before; the plan can’t know the latter and counts them among what goes.'}
      </Text>
    </>
  );
}

function Whose({ choice, session, onChange }: LocalFieldsProps) {
  const { ids, problems, parsed } = useMemo(
    () => readUsers(choice.users, session.serverName),
    [choice.users, session.serverName],
  );
  return (
    <Stack gap="xs">
      <Radio.Group label="Whose files" value={choice.whose} onChange={(whose) => onChange({ whose })}>
        <Stack gap="xs" mt="xs">
          {choice.handed !== null && <Radio value="handed" label={capital(handedWords(choice.handed))} />}
          <Radio value="everyone" label="Everyone’s" />
          <Radio value="some" label="Of some users" />
        </Stack>
      </Radio.Group>
      {choice.whose === 'some' && (
        <PasteField
          label="User IDs"
          description={`Whole IDs like @anna:${session.serverName}, one a line, or set apart by commas or spaces.`}
          placeholder={`@anna:${session.serverName}`}
          value={choice.users}
          onChange={(users) => onChange({ users })}
          understood={plural(ids.length, 'user')}
          problems={problems}
          notes={removedWords(parsed.removed)}
          completion={{
            serverName: session.serverName,
            waiting: parsed.waiting,
            completed: parsed.completed,
            onComplete: () => onChange({ users: completeWords(choice.users, parsed, session.serverName) }),
          }}
        />
      )}
    </Stack>
  );
}

function How({ choice, onChange }: Omit<LocalFieldsProps, 'session'>) {
  const noSweep = sweepProblem(choice);
  return (
    <Radio.Group
      label="How to delete"
      value={choice.method}
      onChange={(method) => onChange({ method: method === 'sweep' ? 'sweep' : 'exact' })}
    >
      <Stack gap="xs" mt="xs">
        <Radio
          value="exact"
          label="Exactly the planned files, one by one"
          description="Each is looked at again just before. Slower, and nothing else can go."
        />
        <Radio
          value="sweep"
          label="The server’s own sweep, in slices of time"
          disabled={noSweep !== null && choice.method !== 'sweep'}
          description={
            noSweep ??
            'A few calls instead of one for each file. The server chooses again by the same rule, also link previews and files that no list shows; each slice is compared with the plan.'
          }
        />
      </Stack>
    </Radio.Group>
  );
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
