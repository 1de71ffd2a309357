import {
  Checkbox,
  Divider,
  Group,
  NativeSelect,
  NumberInput,
  Radio,
  Stack,
  Switch,
  Text,
  Textarea,
} from '@mantine/core';
import { handedWords } from '~/data/handover';
import type { Session } from '~/data/session';
import { plural } from '~/lib/numbers';
import { SIZE_UNITS, sizeProblem, sweepProblem, type Choice, type SizeUnit } from './choice';
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
      <Group align="flex-start" gap="xs">
        <NumberInput
          label="Larger than"
          description="Leave empty for any size."
          min={0}
          allowNegative={false}
          hideControls
          w={160}
          value={choice.size}
          error={sizeProblem(choice.size)}
          onChange={(size) => onChange({ size })}
        />
        <NativeSelect
          label="Unit"
          description="1 kB is 1,000 B."
          w={110}
          data={Object.keys(SIZE_UNITS)}
          value={choice.unit}
          onChange={(event) => onChange({ unit: event.currentTarget.value as SizeUnit })}
        />
      </Group>
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
      <How choice={choice} session={session} onChange={onChange} />
    </>
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
  const { ids, problems } = readUsers(choice.users, session.serverName);
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
        <>
          <Textarea
            label="User ids"
            description={`One a line, or set apart by commas or spaces: @anna:${session.serverName}, or just anna.`}
            autosize
            minRows={3}
            maxRows={10}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            value={choice.users}
            onChange={(event) => onChange({ users: event.currentTarget.value })}
          />
          <Text size="sm" role="status">
            {plural(ids.length, 'user')}
            {problems.length > 0 && ` · ${plural(problems.length, 'entry', 'entries')} left out:`}
          </Text>
          {problems.slice(0, 5).map((problem) => (
            <Text key={problem} size="sm" c="red">
              {problem}
            </Text>
          ))}
        </>
      )}
    </Stack>
  );
}

function How({ choice, session, onChange }: LocalFieldsProps) {
  const noSweep = sweepProblem(choice, session);
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
