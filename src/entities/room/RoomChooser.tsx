import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Radio, Stack } from '@mantine/core';
import { handedRoomsWords } from '~/data/handed-rooms';
import type { Handover } from '~/data/handover';
import { removedWords } from '~/lib/entries';
import { withLines } from '~/lib/lines';
import type { ParsedRoomRefs } from '~/lib/room-refs';
import { wordsOf } from '~/lib/words';
import { PasteField } from '~/ui/PasteField';
import { AddFromRoom } from './AddFromRoom';
import { PickRooms } from './PickRooms';

interface RoomChoice {
  from: 'named' | 'handed';
  /** What was selected in the rooms list, or left by a job, on the way here. */
  rooms: NonNullable<Handover['rooms']> | null;
  /** Rooms that are named, as they were entered. */
  text: string;
}

interface RoomChooserProps {
  choice: RoomChoice;
  parsed: ParsedRoomRefs;
  onChange(patch: Partial<Pick<RoomChoice, 'from' | 'text'>>): void;
}

const EXAMPLES = '#lobby:example.org\n!abcdef:example.org';

/** Which rooms a change is for: those selected in a list, or those that are named. */
export function RoomChooser({ choice: { from, rooms, text }, parsed, onChange }: RoomChooserProps) {
  const { t } = useLingui();
  const add = (lines: readonly string[]) => onChange({ text: withLines(text, lines) });
  const count = parsed.refs.length;
  return (
    <Stack gap="md">
      {rooms && (
        <Radio.Group
          label={t`Which rooms?`}
          value={from}
          onChange={(value) => onChange({ from: value === 'handed' ? 'handed' : 'named' })}
        >
          <Stack gap="sm" mt="xs">
            <Radio value="handed" label={<bdi>{wordsOf(handedRoomsWords(rooms))}</bdi>} />
            <Radio value="named" label={t`Only rooms that I enter`} />
          </Stack>
        </Radio.Group>
      )}
      {(from === 'named' || !rooms) && (
        <PasteField
          label={t`Rooms`}
          description={t`Room aliases, room IDs or links, one per line.`}
          placeholder={EXAMPLES}
          value={text}
          onChange={(next) => onChange({ text: next })}
          understood={text.trim() === '' ? '' : t`${plural(count, { one: '# room', other: '# rooms' })}`}
          problems={parsed.problems}
          notes={removedWords(parsed.removed)}
        >
          <PickRooms onPick={add} />
          <AddFromRoom kind="space" onAdd={add} />
        </PasteField>
      )}
    </Stack>
  );
}
