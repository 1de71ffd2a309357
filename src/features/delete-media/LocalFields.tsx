import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Checkbox, Divider, Group, NativeSelect, Radio, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { Session } from '~/data/session';
import { UserChooser } from '~/entities/user/UserChooser';
import { SIZE_UNITS, type SizeUnit } from '~/lib/bytes';
import type { LineProblem, ParsedUserIds } from '~/lib/mxid';
import { newestProblem, sizeOf, sizeProblem, sweepProblem, type Choice } from './choice';

interface LocalFieldsProps {
  choice: Choice;
  session: Session;
  /** The users that are named, and the lines that are left out. */
  named: { parsed: ParsedUserIds; problems: readonly LineProblem[] };
  onChange(patch: Partial<Choice>): void;
}

/** The choices for files of this homeserver. */
export function LocalFields({ choice, session, named, onChange }: LocalFieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <Size choice={choice} onChange={onChange} />
      <Divider />
      <Whose choice={choice} session={session} named={named} onChange={onChange} />
      <Divider />
      <Stack gap="xs">
        <Switch
          label={t`Keep avatars`}
          description={t`The profile pictures of users, including deactivated and locked ones.`}
          checked={choice.keepAvatars}
          onChange={(event) => onChange({ keepAvatars: event.currentTarget.checked })}
        />
        {choice.keepAvatars && <RoomAvatars choice={choice} onChange={onChange} />}
      </Stack>
      <Newest choice={choice} onChange={onChange} />
      <Divider />
      <How choice={choice} onChange={onChange} />
    </>
  );
}

/** An example. */
const SIZE = '5 MB';

/** A text field, because a number field drops what it doesn't know: `5 GB` would become 5 of another unit. */
function Size({ choice, onChange }: Pick<LocalFieldsProps, 'choice' | 'onChange'>) {
  const { t } = useLingui();
  const size = sizeOf(choice);
  const own = size?.ok === true ? size.unit : null;
  const bytes = size?.ok === true ? size.bytes : null;
  return (
    <div>
      <Group align="flex-start" gap="xs">
        <TextInput
          label={t`Larger than`}
          description={t`Leave empty for any size.`}
          placeholder={SIZE}
          autoComplete="off"
          w={{ base: '100%', xs: 260 }}
          value={choice.size}
          error={sizeProblem(choice)}
          onChange={(event) => onChange({ size: event.currentTarget.value })}
        />
        <NativeSelect
          label={t`Unit`}
          description={own === null ? t`1 kB is 1,000 B.` : t`As written in the size.`}
          w={140}
          data={Object.keys(SIZE_UNITS)}
          value={own ?? choice.unit}
          disabled={own !== null}
          onChange={(event) => onChange({ unit: event.currentTarget.value as SizeUnit })}
        />
      </Group>
      <Text size="sm" mt={6} role="status">
        {bytes !== null && t`= ${plural(bytes, { one: '# byte', other: '# bytes' })}`}
      </Text>
    </div>
  );
}

function Newest({ choice, onChange }: Pick<LocalFieldsProps, 'choice' | 'onChange'>) {
  const { t } = useLingui();
  return (
    <TextInput
      label={t`Keep each user’s newest files`}
      description={t`So many of the last uploads of each user are kept, however old they are. Leave empty to go by the date alone.`}
      inputMode="numeric"
      autoComplete="off"
      maw={420}
      value={choice.newest}
      error={newestProblem(choice)}
      onChange={(event) => onChange({ newest: event.currentTarget.value })}
    />
  );
}

function RoomAvatars({ choice, onChange }: Pick<LocalFieldsProps, 'choice' | 'onChange'>) {
  const { t } = useLingui();
  return (
    <>
      <Checkbox
        label={t`Keep room avatars, too`}
        description={t`Takes one more request for each room.`}
        checked={choice.roomAvatars}
        onChange={(event) => onChange({ roomAvatars: event.currentTarget.checked })}
      />
      <Text size="sm" c="dimmed">
        {choice.method === 'exact'
          ? t`Glia can’t look up avatars that someone set for one room only, or used in the past, so these are deleted like other files. If you let Synapse delete, it keeps them.`
          : t`Synapse always keeps room avatars. It also keeps avatars that someone set for one room only, or used in the past, but the plan can’t know these and lists them as deleted.`}
      </Text>
    </>
  );
}

function Whose({ choice, session, named, onChange }: LocalFieldsProps) {
  const { t } = useLingui();
  const { whose: from, handed, users: text } = choice;
  return (
    <UserChooser<Choice['whose']>
      label={t`Whose files`}
      session={session}
      choice={{ from, handed, text }}
      onChange={(patch) =>
        onChange({
          ...(patch.from !== undefined && { whose: patch.from }),
          ...(patch.text !== undefined && { users: patch.text }),
        })
      }
      sources={{ handed: {}, everyone: {}, filter: {}, named: {} }}
      filter={{ value: choice.filter, onChange: (filter) => onChange({ filter }) }}
      named={{ label: t`User IDs`, ...named }}
    />
  );
}

function How({ choice, onChange }: Pick<LocalFieldsProps, 'choice' | 'onChange'>) {
  const { t } = useLingui();
  const noSweep = sweepProblem(choice);
  return (
    <Radio.Group
      label={t`How to delete`}
      value={choice.method}
      onChange={(method) => onChange({ method: method === 'sweep' ? 'sweep' : 'exact' })}
    >
      <Stack gap="xs" mt="xs">
        <Radio
          value="exact"
          label={t`Exactly the planned files, one by one`}
          description={t`Glia looks at each file again just before deleting it. Slower, but nothing else is deleted.`}
        />
        <Radio
          value="sweep"
          label={t`Let Synapse delete by date and size`}
          disabled={noSweep !== null && choice.method !== 'sweep'}
          description={
            noSweep ??
            t`A few requests instead of one for each file. Synapse chooses again by the same rule, so it may also delete link previews and files that no list shows. Glia compares each answer with the plan.`
          }
        />
      </Stack>
    </Radio.Group>
  );
}
