import { msg, t } from '@lingui/core/macro';
import { Menu, Text } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { eventItemId } from '~/actions/event/event';
import type { RoomMessage } from '~/api/room-content';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { UserLink } from '~/entities/user/UserLink';
import type { Column } from '~/ui/DataTable';
import { Id } from '~/ui/Id';
import { JsonFold } from '~/ui/JsonFold';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';

export const MESSAGE_COLUMNS: readonly Column<RoomMessage>[] = [
  { id: 'when', header: msg`Sent`, width: '8rem', cell: ({ origin_server_ts: ms }) => <Moment ms={ms} /> },
  {
    id: 'sender',
    header: msg`Sender`,
    width: 'minmax(10rem, 0.8fr)',
    cell: ({ sender }) => (sender == null ? t`unknown` : <UserLink userId={sender} />),
  },
  { id: 'type', header: msg`Type`, width: 'minmax(9rem, 0.7fr)', cell: ({ type }) => <Outside as="id" text={type} /> },
  { id: 'content', header: msg`Content`, width: 'minmax(16rem, 3fr)', cell: (event) => <Content event={event} /> },
];

/** @param onAround asks for what was sent before and after an event */
export const messageColumns = (roomId: string, onAround: (eventId: string) => void): readonly Column<RoomMessage>[] => [
  ...MESSAGE_COLUMNS,
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    align: 'end',
    cell: ({ event_id }) => (
      <ActionMenu entity="event" id={eventItemId(event_id, roomId)} look="row">
        <Menu.Item leftSection={<IconMessages size={16} aria-hidden />} onClick={() => onAround(event_id)}>
          {t`Show what was sent around it`}
        </Menu.Item>
      </ActionMenu>
    ),
  },
];

const bodyIn = (content: unknown): string | null => {
  if (typeof content !== 'object' || content === null || !('body' in content)) return null;
  return typeof content.body === 'string' ? content.body : null;
};

const isEmpty = (content: unknown): boolean =>
  typeof content === 'object' && content !== null && Object.keys(content).length === 0;

/** What was written, where it can be read. Pictures and files are not loaded: their names are shown. */
function Content({ event: { type, content, state_key, unsigned } }: { event: RoomMessage }) {
  if (type === 'm.room.encrypted') {
    return (
      <Text size="sm" c="dimmed">
        {t`Encrypted: it can’t be read here.`}
      </Text>
    );
  }
  if (unsigned?.redacted_because !== undefined || isEmpty(content)) {
    return (
      <Text size="sm" c="dimmed">
        {t`Redacted, or empty`}
      </Text>
    );
  }
  const body = type === 'm.room.message' || type === 'm.sticker' ? bodyIn(content) : null;
  return (
    <div style={{ minWidth: 0 }}>
      {body !== null && (
        <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          <Outside text={body} longest={2000} />
        </Text>
      )}
      {state_key != null && state_key !== '' && <Id value={state_key} />}
      {body === null && <JsonFold content={content} />}
    </div>
  );
}
