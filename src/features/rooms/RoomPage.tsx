import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { HomeserverError } from '~/api/errors';
import type { StateEvent } from '~/api/rooms';
import { lacks } from '~/api/since';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { block, unblock } from '~/actions/room/block';
import { ActionButton } from '~/entities/action/ActionButton';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';
import { shownTitle } from '~/lib/shown-text';
import { EmptyNote } from '~/ui/EmptyNote';
import { Headline } from '~/ui/Headline';
import { Marks } from '~/ui/Marks';
import { OddFieldNote } from '~/ui/OddRowsNote';
import { Page } from '~/ui/Page';
import { together } from '~/ui/reading';
import { Section } from '~/ui/Section';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { blockedMark, POLICY_SERVER, roomBadges } from '~/entities/room/badges';
import { RoomWithoutStatistics } from './MissingStatistics';
import { RoomActivity } from './RoomActivity';
import { RoomAliases } from './RoomAliases';
import { RoomFacts } from './RoomFacts';
import { RoomHierarchy } from './RoomHierarchy';
import { RoomMedia } from './RoomMedia';
import { RoomMembers } from './RoomMembers';
import { RoomMessages } from './RoomMessages';
import { RoomPower } from './RoomPower';
import { RoomState } from './RoomState';
import { RoomWizards } from './RoomWizards';
import { Outside } from '~/ui/Outside';

const ROOMS = { label: msg`Rooms`, to: paths.rooms() };

const namesPolicyServer = ({ state_key, content }: StateEvent): boolean =>
  state_key === '' && typeof content['via'] === 'string' && content['via'] !== '';

export function RoomPage() {
  const { roomId = '' } = useParams();
  // With a key of its own, so that nothing of the room shown before stays on the page.
  return <OneRoom key={roomId} roomId={roomId} />;
}

function OneRoom({ roomId }: { roomId: string }) {
  const { homeserver, version } = useSession();
  const openWith = useOpenWith();
  const reading = useQuery(rooms.one(homeserver, roomId));
  // One of the room’s facts, from a request of its own. Both are refreshed together, and the page is as old as the older one.
  const { error } = reading;
  const absent = error instanceof HomeserverError && error.notFound;
  // A room that was deleted a moment ago is not shown as it was.
  const data = absent ? undefined : reading.data?.value;
  const mayAsk = (data !== undefined || absent) && lacks(version, 'room-block') === null;
  const blocking = useQuery({ ...rooms.block(homeserver, roomId), enabled: mayAsk });
  const policy = useQuery({ ...rooms.stateOf(homeserver, roomId, 'm.room.policy'), enabled: data !== undefined });
  const policyMark = policy.data?.some(namesPolicyServer) === true ? [POLICY_SERVER] : [];
  const joinUsers = () => openWith(paths.joinRooms(), { rooms: { ids: [roomId] } });
  return (
    <Page
      title={shownTitle(data?.name) ?? shownTitle(data?.canonical_alias) ?? t`Room`}
      parent={ROOMS}
      {...(!absent && {
        reading: { of: mayAsk && data ? together([reading, blocking]) : reading, refresh: t`Refresh room` },
      })}
      about={
        <Headline
          id={roomId}
          marks={data && <Marks marks={[...blockedMark(blocking.data), ...roomBadges(data), ...policyMark]} />}
        />
      }
      actions={
        data ? (
          <>
            <Button size="xs" variant="default" onClick={joinUsers}>
              <Trans>Join users…</Trans>
            </Button>
            <ActionMenu entity="room" id={roomId} look="page">
              <RoomWizards roomId={roomId} />
            </ActionMenu>
          </>
        ) : (
          // A room that nobody here knows can be blocked before anybody joins it.
          absent && blocking.data && <ActionButton actions={[block, unblock]} id={roomId} seen={blocking.data} />
        )
      }
    >
      {data?.replacement_room != null && (
        <Alert color="yellow" variant="light" title={t`This room was replaced by another room`}>
          <Anchor component={Link} to={paths.room(data.replacement_room)} underline="always">
            <Outside as="id" text={data.replacement_room} />
          </Anchor>
        </Alert>
      )}
      {absent ? (
        <EmptyNote title={t`Room not found`}>
          <Trans>
            The room <Outside as="id" text={roomId} /> was deleted, or no user of this homeserver has ever been in it.
          </Trans>{' '}
          {blocking.data?.block === true && <Trans>It is blocked: nobody on this homeserver can join it.</Trans>}
        </EmptyNote>
      ) : (
        <TabsInUrl
          label={t`About this room`}
          tabs={[
            {
              id: 'room',
              label: t`Room`,
              content: (
                <Section unread={t`Could not load the room`} reading={reading}>
                  {({ value, problem }) => (
                    <>
                      <OddFieldNote problem={problem} />
                      <RoomWithoutStatistics room={value} />
                      <RoomFacts room={value} />
                      <RoomAliases room={value} />
                      <RoomPower room={value} />
                    </>
                  )}
                </Section>
              ),
            },
            { id: 'members', label: t`Members`, content: <RoomMembers roomId={roomId} /> },
            { id: 'state', label: t`State`, content: <RoomState roomId={roomId} /> },
            ...(data?.room_type === 'm.space'
              ? [{ id: 'hierarchy', label: t`Hierarchy`, content: <RoomHierarchy spaceId={roomId} /> }]
              : []),
            { id: 'messages', label: t`Messages`, content: <RoomMessages roomId={roomId} /> },
            { id: 'media', label: t`Media`, content: <RoomMedia roomId={roomId} /> },
            { id: 'activity', label: t`Activity`, content: <RoomActivity roomId={roomId} /> },
          ]}
        />
      )}
    </Page>
  );
}
