import { t } from '@lingui/core/macro';
import { Modal, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { aroundQuery } from '~/data/room-messages';
import { useSession } from '~/data/session';
import { DataTable } from '~/ui/DataTable';
import { Id } from '~/ui/Id';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Section } from '~/ui/Section';
import { useReturnedFocus } from '~/ui/use-returned-focus';
import { MESSAGE_COLUMNS } from './message-columns';

interface EventContextProps {
  roomId: string;
  eventId: string;
  onClose(): void;
}

const keyOf = ({ event_id }: { event_id: string }): string => event_id;

/** One event with what was sent before and after it, the newest first. */
export function EventContext({ roomId, eventId, onClose }: EventContextProps) {
  useReturnedFocus();
  const { homeserver } = useSession();
  const reading = useQuery(aroundQuery(homeserver, roomId, eventId));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`What was sent around this event`}
      size="xl"
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="sm">
        <Id value={eventId} />
        <Section unread={t`Could not load the events`} reading={reading}>
          {({ messages, odd }) => (
            <>
              <OddRowsNote odd={odd} />
              <DataTable label={t`Events`} columns={MESSAGE_COLUMNS} rows={messages} rowKey={keyOf} maxHeight="60dvh" />
            </>
          )}
        </Section>
      </Stack>
    </Modal>
  );
}
