import { msg, plural, t } from '@lingui/core/macro';
import { Skeleton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useState } from 'react';
import type { ShownEvent } from '~/api/rooms';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { needlesOf } from '~/lib/needles';
import { matching } from '~/lib/matching';
import { formatCount } from '~/lib/numbers';
import { sorted } from '~/lib/sorted';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { JsonFold } from '~/ui/JsonFold';
import { Moment } from '~/ui/Moment';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { keysInTurns } from '~/ui/row-keys';
import { Section } from '~/ui/Section';
import { useInTurns } from '~/ui/use-in-turns';
import { TableCaption } from '~/ui/TableCaption';
import { UserLink } from '~/entities/user/UserLink';
import classes from './RoomState.module.css';
import { Outside } from '~/ui/Outside';

/** All current state events of the room, from one request. */
export function RoomState({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(rooms.state(homeserver, roomId));
  return (
    <Section unread={t`Could not load the state`} refresh={t`Refresh state`} reading={reading}>
      {({ rows, odd }) => (
        <>
          <OddRowsNote odd={odd} />
          <StateTable roomId={roomId} events={rows} />
        </>
      )}
    </Section>
  );
}

export const STATE_COLUMNS: readonly Column<ShownEvent>[] = [
  {
    id: 'type',
    header: msg`Type and state key`,
    width: 'minmax(13rem, 1.2fr)',
    cell: ({ type, state_key }) => (
      <div className={classes.which}>
        <Outside as="id" text={type} />
        {state_key !== '' && <Id value={state_key} />}
      </div>
    ),
  },
  {
    id: 'sender',
    header: msg`Sender`,
    width: 'minmax(10rem, 0.9fr)',
    cell: ({ sender }) => (sender == null ? t`unknown` : <UserLink userId={sender} />),
  },
  { id: 'when', header: msg`Sent`, width: '8rem', cell: ({ origin_server_ts: ms }) => <Moment ms={ms} /> },
  {
    id: 'content',
    header: msg`Content`,
    width: 'minmax(14rem, 2fr)',
    cell: ({ content }) => <JsonFold content={content} />,
  },
];

/** No type has a line end in it, or there would be two of one key: then the table tells them apart. */
const keyOf = ({ type, state_key }: ShownEvent): string => `${type}\n${state_key}`;
const textOf = ({ type, state_key, sender }: ShownEvent): string => `${type}\n${state_key}\n${sender ?? ''}`;

function byTypeAndKey(one: ShownEvent, other: ShownEvent): number {
  if (one.type !== other.type) return one.type < other.type ? -1 : 1;
  return one.state_key < other.state_key ? -1 : 1;
}

function StateTable({ roomId, events }: { roomId: string; events: readonly ShownEvent[] }) {
  const [search, setSearch] = useState('');
  const searched = useDeferredValue(search);
  const inOrder = useInTurns(
    roomId,
    useCallback(() => sorted(events, byTypeAndKey), [events]),
  );
  const shown = useInTurns(
    roomId,
    useCallback(() => toShow(inOrder, searched), [inOrder, searched]),
  );
  if (!shown) return <Skeleton h={240} aria-busy />;
  return (
    <>
      <TextInput
        label={t`Search types, state keys and senders`}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        mb="xs"
        maw={480}
      />
      <TableCaption>{countWords(shown.length, events.length)}</TableCaption>
      <DataTable
        label={t`State events`}
        columns={STATE_COLUMNS}
        rows={shown}
        rowKey={keyOf}
        scrollKey={searched}
        empty={<EmptyNote title={t`No state events found`} />}
      />
    </>
  );
}

function* toShow(events: readonly ShownEvent[] | undefined, searched: string) {
  if (!events) return undefined;
  const found = yield* matching(events, textOf, needlesOf(searched));
  yield* keysInTurns(found, keyOf);
  return found;
}

function countWords(count: number, total: number): string {
  if (count === total) return t`${plural(total, { one: '# state event', other: '# state events' })}`;
  const shown = formatCount(count);
  return t`${shown} of ${plural(total, { one: '# state event', other: '# state events' })}`;
}
