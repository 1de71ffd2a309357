import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { eventItemId } from '~/actions/event/event';
import { HomeserverError } from '~/api/errors';
import { lacks } from '~/api/since';
import { messagesQuery, type MessageFilter } from '~/data/room-messages';
import { useSession } from '~/data/session';
import { recordReading } from '~/job-store/readings';
import { endOfDay, startOfDay } from '~/lib/dates';
import { SelectableTable } from '~/entities/list/SelectableTable';
import { isUserId } from '~/lib/recognise';
import { wordsOf } from '~/lib/words';
import { DataTable } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { ErrorNote } from '~/ui/ErrorNote';
import { Notice } from '~/ui/Notice';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { EventContext } from './EventContext';
import { messageColumns } from './message-columns';
import { RedactPower } from './RedactPower';

const EXAMPLE = '@anna:example.org';

const TYPES = [
  { value: '', label: msg`All events` },
  { value: 'm.room.message', label: msg`Messages` },
  { value: 'm.room.encrypted', label: msg`Encrypted messages` },
  { value: 'm.sticker', label: msg`Stickers` },
  { value: 'm.reaction', label: msg`Reactions` },
  { value: 'm.room.redaction', label: msg`Redactions` },
  { value: 'm.room.member', label: msg`Joins, leaves and profile changes` },
] as const;

/** What was written in the room. Nothing is read before the admin asks for it. */
export function RoomMessages({ roomId }: { roomId: string }) {
  const session = useSession();
  const [filter, setFilter] = useState<MessageFilter | null>(null);
  const lacking = lacks(session.version, 'room-messages');
  if (lacking !== null) return <EmptyNote title={t`This homeserver can’t do that`}>{wordsOf(lacking)}</EmptyNote>;
  return (
    <Stack gap="md">
      {filter === null && (
        <Notice title={t`You are about to read what people wrote`}>
          <Trans>
            Synapse shows admins the messages of any room, even if they are not in it. Nobody in the room is notified.
            Encrypted messages can’t be read: only their sender and time are known. Activity lists that you read them.
          </Trans>
        </Notice>
      )}
      <Asking
        isFirst={filter === null}
        onAsk={(asked) => {
          recordReading('read.messages', roomId, session);
          setFilter(asked);
        }}
      />
      {filter && <Found key={JSON.stringify(filter)} roomId={roomId} filter={filter} />}
    </Stack>
  );
}

function Asking({ isFirst, onAsk }: { isFirst: boolean; onAsk(filter: MessageFilter): void }) {
  const [day, setDay] = useState('');
  const [sender, setSender] = useState('');
  const [type, setType] = useState<string>('');
  const start = day === '' ? null : startOfDay(day);
  const isWrongDay = day !== '' && start === null;
  const isWrongSender = sender.trim() !== '' && !isUserId(sender.trim());
  const isWrong = isWrongDay || isWrongSender;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) onAsk({ sender: sender.trim(), type, before: start === null ? null : endOfDay(start) });
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          type="date"
          label={t`Up to the end of`}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
          error={isWrongDay && t`This is not a date.`}
        />
        <TextInput
          label={t`Sender`}
          placeholder={EXAMPLE}
          value={sender}
          onChange={(event) => setSender(event.currentTarget.value)}
          error={isWrongSender && t`A user ID looks like @name:example.org.`}
          w={{ base: '100%', xs: 260 }}
        />
        <Select
          label={t`Type`}
          data={TYPES.map(({ value, label }) => ({ value, label: wordsOf(label) }))}
          value={type}
          onChange={(value) => setType(value ?? '')}
          allowDeselect={false}
        />
        <Button type="submit" variant={isFirst ? 'filled' : 'default'} disabled={isWrong}>
          {isFirst ? <Trans>Read messages</Trans> : <Trans>Read again</Trans>}
        </Button>
      </Group>
    </form>
  );
}

const keyOf = ({ event_id }: { event_id: string }): string => event_id;

function Found({ roomId, filter }: { roomId: string; filter: MessageFilter }) {
  const { homeserver } = useSession();
  const reading = useInfiniteQuery(messagesQuery(homeserver, roomId, filter));
  const { data, error, isFetching, hasNextPage } = reading;
  const [around, setAround] = useState<string | null>(null);
  const columns = useMemo(() => messageColumns(roomId, setAround), [roomId]);
  if (!data) {
    const isTooOld = error instanceof HomeserverError && error.notFound;
    if (isTooOld) return <EmptyNote title={t`No messages that old`} />;
    if (error) {
      return <ErrorNote title={t`Could not load the messages`} error={error} onRetry={() => void reading.refetch()} />;
    }
  }
  const rows = data?.pages.flatMap(({ messages }) => messages) ?? [];
  const odd = data?.pages.flatMap((page) => page.odd) ?? [];
  const count = rows.length;
  return (
    <>
      <OddRowsNote odd={odd} />
      {count > 0 && <RedactPower roomId={roomId} />}
      {data ? (
        <SelectableTable
          label={t`Messages`}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          entity="event"
          idOf={({ event_id }) => eventItemId(event_id, roomId)}
          caption={
            hasNextPage && count > 0
              ? t`${plural(count, { one: 'The newest event', other: 'The newest # events' })}, and there are older ones`
              : t`${plural(count, { one: '# event', other: '# events' })}`
          }
          empty={
            <EmptyNote title={t`No messages found`}>
              {hasNextPage && <Trans>There may be older ones that match.</Trans>}
            </EmptyNote>
          }
        />
      ) : (
        <DataTable label={t`Messages`} columns={columns} rows={rows} rowKey={keyOf} loading />
      )}
      {around !== null && <EventContext roomId={roomId} eventId={around} onClose={() => setAround(null)} />}
      {data && error && (
        <ErrorNote
          title={t`Could not load older messages`}
          error={error}
          onRetry={() => void reading.fetchNextPage()}
        />
      )}
      {hasNextPage && (
        <Group>
          <Button variant="default" loading={isFetching} onClick={() => void reading.fetchNextPage()}>
            <Trans>Load older messages</Trans>
          </Button>
        </Group>
      )}
      {count > 0 && !hasNextPage && (
        <Text size="sm" c="dimmed">
          <Trans>This is the oldest event that matches and is stored here.</Trans>
        </Text>
      )}
    </>
  );
}
