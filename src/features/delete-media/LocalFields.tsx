import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Divider, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import type { Session } from '~/data/session';
import { UserChooser } from '~/entities/user/UserChooser';
import { SIZE_UNITS, type SizeUnit } from '~/lib/bytes';
import type { LineProblem, ParsedUserIds } from '~/lib/mxid';
import { Estimate } from './Estimate';
import { KeepFields } from './KeepFields';
import { OneRoom } from './OneRoom';
import { sizeOf, sizeProblem, sweepProblem, type Choice } from './choice';

interface LocalFieldsProps {
  choice: Choice;
  session: Session;
  /** The users that are named, and the lines that are left out. */
  named: { parsed: ParsedUserIds; problems: readonly LineProblem[] };
  onChange(patch: Partial<Choice>): void;
}

/** The choices for files of this homeserver. */
export function LocalFields({ choice, session, named, onChange }: LocalFieldsProps) {
  return (
    <>
      <Size choice={choice} onChange={onChange} />
      <Divider />
      {choice.where === 'room' ? (
        <OneRoom choice={choice} session={session} onChange={onChange} />
      ) : (
        <Whose choice={choice} session={session} named={named} onChange={onChange} />
      )}
      <Divider />
      <KeepFields choice={choice} session={session} onChange={onChange} />
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

function Whose({ choice, session, named, onChange }: LocalFieldsProps) {
  const { t } = useLingui();
  const { whose: from, handed, users: text } = choice;
  return (
    <div>
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
      {from === 'everyone' && <Estimate session={session} />}
    </div>
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
