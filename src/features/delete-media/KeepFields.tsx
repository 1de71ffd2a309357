import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Checkbox, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Session } from '~/data/session';
import { RoomChooser } from '~/entities/room/RoomChooser';
import { parseRoomRefs } from '~/lib/room-refs';
import { PasteField } from '~/ui/PasteField';
import { newestProblem, type Choice } from './choice';
import { readKeepList } from './keep-list';

interface KeepFieldsProps {
  choice: Choice;
  session: Pick<Session, 'serverName'>;
  onChange(patch: Partial<Choice>): void;
}

/** What is never deleted, though the rule would. */
export function KeepFields({ choice, session, onChange }: KeepFieldsProps) {
  const { t } = useLingui();
  return (
    <Stack gap="md">
      <Title order={3} size="h5">
        {t`What is always kept`}
      </Title>
      <Stack gap="xs">
        <Switch
          label={t`Keep avatars`}
          description={t`The profile pictures of users, including deactivated and locked ones.`}
          checked={choice.keepAvatars}
          onChange={(event) => onChange({ keepAvatars: event.currentTarget.checked })}
        />
        {choice.keepAvatars && <RoomAvatars choice={choice} onChange={onChange} />}
      </Stack>
      <TextInput
        label={t`Keep each user’s newest files`}
        description={t`How many of each user’s latest uploads to keep, however old they are. Leave empty to go by the date alone.`}
        inputMode="numeric"
        autoComplete="off"
        maw={420}
        value={choice.newest}
        error={newestProblem(choice)}
        onChange={(event) => onChange({ newest: event.currentTarget.value })}
      />
      <Listed choice={choice} session={session} onChange={onChange} />
      <Stickers choice={choice} onChange={onChange} />
    </Stack>
  );
}

type Part = Pick<KeepFieldsProps, 'choice' | 'onChange'>;

function RoomAvatars({ choice, onChange }: Part) {
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

const EXAMPLES = 'mxc://example.org/abcdef\nmxc://example.org/ghijkl';

function Listed({ choice: { listed }, session, onChange }: KeepFieldsProps) {
  const { t } = useLingui();
  const [isOpen, open] = useState(listed !== '');
  const { own, others } = useMemo(() => readKeepList(listed, session.serverName), [listed, session.serverName]);
  const understood = t`${plural(own, { one: '# file of this homeserver', other: '# files of this homeserver' })}`;
  const more = t`${plural(others, { one: '# of another homeserver, which is not deleted anyway', other: '# of other homeservers, which are not deleted anyway' })}`;
  return (
    <>
      <Switch
        label={t`Keep files on a list`}
        description={t`For stickers, pictures of a website and other files that must stay.`}
        checked={isOpen}
        onChange={(event) => {
          open(event.currentTarget.checked);
          if (!event.currentTarget.checked) onChange({ listed: '' });
        }}
      />
      {isOpen && (
        <PasteField
          label={t`Files to keep`}
          description={t`One mxc://server/id per line, or any text that contains some, such as JSON.`}
          placeholder={EXAMPLES}
          value={listed}
          onChange={(next) => onChange({ listed: next })}
          understood={listed.trim() === '' ? '' : others === 0 ? understood : `${understood}; ${more}`}
          problems={[]}
        />
      )}
    </>
  );
}

function Stickers({ choice: { stickerRooms }, onChange }: Part) {
  const { t } = useLingui();
  const [isOpen, open] = useState(stickerRooms !== '');
  const parsed = useMemo(() => parseRoomRefs(stickerRooms), [stickerRooms]);
  return (
    <>
      <Switch
        label={t`Keep stickers and custom emoji of rooms`}
        description={t`Glia reads the packs of the rooms that you choose. It can’t read packs that users keep in their own accounts.`}
        checked={isOpen}
        onChange={(event) => {
          open(event.currentTarget.checked);
          if (!event.currentTarget.checked) onChange({ stickerRooms: '' });
        }}
      />
      {isOpen && (
        <RoomChooser
          choice={{ from: 'named', rooms: null, text: stickerRooms }}
          parsed={parsed}
          onChange={({ text }) => text !== undefined && onChange({ stickerRooms: text })}
        />
      )}
    </>
  );
}
