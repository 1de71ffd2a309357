import { useLingui } from '@lingui/react/macro';
import { Group, Stack, Text, TextInput } from '@mantine/core';
import { lacks } from '~/api/since';
import type { Session } from '~/data/session';
import { PickRooms } from '~/entities/room/PickRooms';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { roomProblem, type Choice } from './choice';

interface OneRoomProps {
  choice: Choice;
  session: Session;
  onChange(patch: Partial<Choice>): void;
}

const EXAMPLE = '#lobby:example.org';

/** Which room’s files, and what Synapse can’t say about them. */
export function OneRoom({ choice, session, onChange }: OneRoomProps) {
  const { t } = useLingui();
  const tooOld = lacks(session.version, 'media-info');
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t`Room`}
          description={t`Its alias, its room ID or a link to it.`}
          placeholder={EXAMPLE}
          autoComplete="off"
          spellCheck={false}
          w={{ base: '100%', xs: 420 }}
          value={choice.room}
          error={choice.room.trim() === '' ? null : roomProblem(choice)}
          onChange={(event) => onChange({ room: event.currentTarget.value })}
        />
        <PickRooms onPick={([room = '']) => onChange({ room })} />
      </Group>
      <Text size="sm" c="dimmed">
        {t`Synapse finds these files in unencrypted messages only. It can’t list files in encrypted messages. Files of other homeservers are not deleted.`}
      </Text>
      {tooOld !== null && <Notice tone="warning">{wordsOf(tooOld)}</Notice>}
    </Stack>
  );
}
