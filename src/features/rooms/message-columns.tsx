import { msg, t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import type { RoomMessage } from '~/api/room-content';
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
