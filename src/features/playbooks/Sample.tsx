import { Trans, useLingui } from '@lingui/react/macro';
import { Modal, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { roomsOf } from '~/actions/playbook/left';
import { send } from '~/api/ask';
import { roomMessages, type RoomMessage } from '~/api/room-content';
import { useSession, type Session } from '~/data/session';
import { RoomLink } from '~/entities/room/RoomLink';
import { asServer } from '~/job-store/action-jobs';
import { recordReading } from '~/job-store/readings';
import { EmptyNote } from '~/ui/EmptyNote';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { Section } from '~/ui/Section';
import classes from './playbooks.module.css';

/** So many rooms are looked into, and so many messages shown of each. */
const ROOMS = 5;
const OF_EACH = 4;

interface Said {
  readonly roomId: string;
  readonly messages: readonly RoomMessage[];
}

const sampleQuery = (userId: string, session: Session) =>
  queryOptions({
    queryKey: [session.homeserver.baseUrl, 'users', 'sample', userId],
    queryFn: async ({ signal }): Promise<readonly Said[]> => {
      const { homeserver } = session;
      const rooms = await roomsOf(userId, (one) => send(homeserver, one, signal), asServer(session));
      const said: Said[] = [];
      for (const roomId of rooms.slice(0, ROOMS)) {
        // oxlint-disable-next-line no-await-in-loop -- few, and one after the other
        const { messages } = await roomMessages(homeserver, roomId, { sender: userId }, signal);
        const written = messages.filter(({ type }) => type === 'm.room.message' || type === 'm.room.encrypted');
        if (written.length > 0) said.push({ roomId, messages: written.slice(0, OF_EACH) });
      }
      return said;
    },
    staleTime: 60_000,
    gcTime: 60_000,
  });

/** The last messages of an account, where the admin asks for them. */
export function Sample({ userId, onClose }: { userId: string | null; onClose(): void }) {
  const { t } = useLingui();
  return (
    <Modal
      opened={userId !== null}
      onClose={onClose}
      title={t`Last messages`}
      size="lg"
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {userId !== null && <Messages userId={userId} />}
    </Modal>
  );
}

function Messages({ userId }: { userId: string }) {
  const { t } = useLingui();
  const session = useSession();
  const reading = useQuery(sampleQuery(userId, session));
  useEffect(() => recordReading('read.messages-by', userId, session), [userId, session]);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        <Trans>
          The last messages of <Outside as="id" text={userId} /> in up to {ROOMS} rooms. Activity lists that you read
          them.
        </Trans>
      </Text>
      <Section unread={t`The messages could not be read`} reading={reading}>
        {(said) =>
          said.length === 0 ? (
            <EmptyNote title={t`No messages in these rooms`} />
          ) : (
            <Stack gap="lg">
              {said.map(({ roomId, messages }) => (
                <Stack key={roomId} gap={4}>
                  <RoomLink roomId={roomId} />
                  {messages.map((message) => (
                    <OneMessage key={message.event_id} message={message} />
                  ))}
                </Stack>
              ))}
            </Stack>
          )
        }
      </Section>
    </Stack>
  );
}

function OneMessage({ message: { type, content, origin_server_ts: at, unsigned } }: { message: RoomMessage }) {
  const { t } = useLingui();
  const body =
    typeof content === 'object' && content !== null && 'body' in content && typeof content.body === 'string'
      ? content.body
      : null;
  return (
    <Text size="sm" className={classes.body}>
      <Text span size="xs" c="dimmed">
        <Moment ms={at} />{' '}
      </Text>
      {type === 'm.room.encrypted' ? (
        <i>{t`Encrypted: it can’t be read here.`}</i>
      ) : body === null || unsigned?.redacted_because !== undefined ? (
        <i>{t`Redacted, or empty`}</i>
      ) : (
        <Outside text={body} longest={500} />
      )}
    </Text>
  );
}
