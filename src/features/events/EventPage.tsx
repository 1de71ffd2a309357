import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { eventItemId } from '~/actions/event/event';
import { HomeserverError } from '~/api/errors';
import type { StoredEvent } from '~/api/events';
import { events } from '~/data/events';
import { useSession } from '~/data/session';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { RoomInSight } from '~/entities/room/RoomInSight';
import { UserLink } from '~/entities/user/UserLink';
import { eventIdIn } from '~/lib/event-id';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Facts, type Fact } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { JsonTree } from '~/ui/JsonTree';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { Page } from '~/ui/Page';
import { Section } from '~/ui/Section';

/** Finds one event by its ID, whichever room it is in. */
export function EventPage() {
  const { t } = useLingui();
  const { eventId } = useParams();
  return (
    <Page
      title={eventId === undefined ? t`Events` : t`Event`}
      about={t`Shows any event that this homeserver keeps, also from rooms that you are not in.`}
      {...(eventId !== undefined && { actions: <OfEvent key={eventId} eventId={eventId} /> })}
    >
      <Lookup key={eventId} eventId={eventId ?? ''} />
      {eventId !== undefined && <OneEvent key={eventId} eventId={eventId} />}
    </Page>
  );
}

function Lookup({ eventId }: { eventId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(eventId);
  const [isOdd, setOdd] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const found = eventIdIn(typed);
        setOdd(found === null);
        if (found !== null) void navigate(paths.event(found));
      }}
    >
      <Group align="flex-start" gap="sm">
        <TextInput
          label={t`Event ID or link to a message`}
          placeholder="$…"
          style={{ flex: '1 1 20rem' }}
          maw={640}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setOdd(false);
          }}
          error={isOdd && t`This is not an event ID. Those begin with “$”.`}
          spellCheck={false}
          autoComplete="off"
        />
        <Button type="submit" mt={{ base: 0, xs: 25 }}>
          <Trans>Look up</Trans>
        </Button>
      </Group>
    </form>
  );
}

/** What can be done with it, once its room is known. */
function OfEvent({ eventId }: { eventId: string }) {
  const { homeserver } = useSession();
  const { data } = useQuery(events.one(homeserver, eventId));
  if (data?.room_id === undefined) return null;
  return <ActionMenu entity="event" id={eventItemId(data.event_id, data.room_id)} look="page" />;
}

function OneEvent({ eventId }: { eventId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(events.one(homeserver, eventId));
  const { error } = reading;
  if (error instanceof HomeserverError && error.notFound) {
    return (
      <EmptyNote title={t`Event not found`}>
        <Trans>
          This homeserver doesn’t have <Outside as="id" text={eventId} />: it was purged, or never arrived here.
        </Trans>
      </EmptyNote>
    );
  }
  return (
    <Section unread={t`Could not load the event`} reading={reading}>
      {(event) => (
        <Stack gap="md">
          <Facts facts={factsOf(event)} />
          <JsonTree label={t`The event as JSON`} value={event} />
        </Stack>
      )}
    </Section>
  );
}

function factsOf({ event_id: id, room_id: roomId, sender, type, origin_server_ts: ms }: StoredEvent): Fact[] {
  return [
    { name: t`Event ID`, value: <Id value={id} wrap /> },
    { name: t`Room`, value: roomId === undefined ? t`unknown` : <RoomInSight roomId={roomId} /> },
    { name: t`Sender`, value: sender === undefined ? t`unknown` : <UserLink userId={sender} /> },
    { name: t`Type`, value: <Outside as="id" text={type} /> },
    { name: t`Sent`, value: <Moment ms={ms} /> },
  ];
}
