import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Room, RoomBlock } from '~/api/rooms';
import { lacks } from '~/api/since';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { joinRuleWords } from '~/entities/room/badges';
import { formatCount } from '~/lib/numbers';
import { Facts, type Fact } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { UserLink } from '~/entities/user/UserLink';
import { Outside } from '~/ui/Outside';
import { wordsOf, wordsOfError } from '~/lib/words';

const words = (value: string | null | undefined, otherwise: string) => (
  <Outside text={value} none={otherwise} longest={2000} />
);
const choice = (value: boolean | null | undefined, isSo: string, isNot: string): string =>
  value == null ? t`unknown: this version of Synapse doesn’t say` : value ? isSo : isNot;

/** Everything that the homeserver says about a room. */
export function RoomFacts({ room }: { room: Room }) {
  const [none, unknown, yes, no] = [t`none`, t`unknown`, t`yes`, t`no`];
  const count = (value: number | null | undefined) => (value == null ? unknown : formatCount(value));
  const facts: Fact[] = [
    { name: t`Room ID`, value: <Id value={room.room_id} /> },
    { name: t`Name`, value: words(room.name, none) },
    { name: t`Alias`, value: room.canonical_alias == null ? none : <Id value={room.canonical_alias} /> },
    { name: t`Topic`, value: words(room.topic, none) },
    { name: t`Members`, value: count(room.joined_members) },
    { name: t`Local members`, value: count(room.joined_local_members) },
    { name: t`Sessions of local members`, value: count(room.joined_local_devices) },
    { name: t`Blocked`, value: <Block roomId={room.room_id} /> },
    { name: t`Replaced`, value: choice(room.tombstoned, yes, no) },
    { name: t`Room directory`, value: choice(room.public, t`listed`, t`not listed`) },
    { name: t`Join rule`, value: joinRuleWords(room.join_rules) ?? unknown },
    { name: t`Guest access`, value: words(room.guest_access, unknown) },
    { name: t`History visibility`, value: words(room.history_visibility, unknown) },
    { name: t`Encryption`, value: words(room.encryption, none) },
    { name: t`Federated`, value: choice(room.federatable, yes, t`no, only users of this homeserver can join`) },
    { name: t`Type`, value: words(room.room_type, t`regular room`) },
    { name: t`Version`, value: words(room.version, unknown) },
    { name: t`Creator`, value: room.creator == null ? unknown : <UserLink userId={room.creator} /> },
    { name: t`State events`, value: count(room.state_events) },
    { name: t`Forward extremities`, value: <Extremities roomId={room.room_id} /> },
    { name: t`Avatar`, value: room.avatar == null || room.avatar === '' ? none : <Id value={room.avatar} /> },
    { name: t`Forgotten`, value: choice(room.forgotten, t`yes, by every local user who was in it`, no) },
    { name: t`Policy server`, value: <PolicyServer roomId={room.room_id} /> },
  ];
  return <Facts facts={facts} />;
}

/** From a request of its own: the answer, or why there is none. */
function Asked<Data>({ of, children }: { of: UseQueryResult<Data>; children(data: Data): ReactNode }) {
  const { data, error, refetch } = of;
  if (data !== undefined) return children(data);
  if (!error) return '…';
  const reason = <bdi>{wordsOfError(error)}</bdi>;
  return (
    <>
      <Trans>could not load: {reason}</Trans>{' '}
      <Button variant="subtle" size="compact-xs" onClick={() => void refetch()}>
        <Trans>Try again</Trans>
      </Button>
    </>
  );
}

/** More than so many slow the homeserver down. */
const MANY = 10;

function Extremities({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const asked = useQuery(rooms.extremities(homeserver, roomId));
  return (
    <Asked of={asked}>
      {({ count }) => {
        const number = formatCount(count);
        return count > MANY
          ? t`${number}: more than ${MANY} slow Synapse down. You can delete them under “More”.`
          : number;
      }}
    </Asked>
  );
}

/** A server that checks events before they are sent, as the state of the room names it (MSC4284). */
function PolicyServer({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const asked = useQuery(rooms.stateOf(homeserver, roomId, 'm.room.policy'));
  return (
    <Asked of={asked}>
      {(events) => {
        const via = events.find(({ state_key }) => state_key === '')?.content['via'];
        return typeof via === 'string' && via !== '' ? <Id value={via} /> : t`none`;
      }}
    </Asked>
  );
}

/** Whether the room is blocked for users of this homeserver: a request of its own. */
function Block({ roomId }: { roomId: string }) {
  const { homeserver, version } = useSession();
  const lacking = lacks(version, 'room-block');
  const asked = useQuery({ ...rooms.block(homeserver, roomId), enabled: lacking === null });
  if (lacking !== null) {
    const needs = wordsOf(lacking);
    return t`unknown. ${needs}`;
  }
  return <Asked of={asked}>{(data) => (data === null ? '' : <BlockedBy block={data} />)}</Asked>;
}

function BlockedBy({ block }: { block: RoomBlock }) {
  if (!block.block) return t`no`;
  if (block.user_id == null) return t`yes`;
  const admin = <UserLink userId={block.user_id} />;
  return <Trans>yes, by {admin}</Trans>;
}
