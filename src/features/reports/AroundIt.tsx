import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { HomeserverError } from '~/api/errors';
import { isRedacted } from '~/api/event-context';
import type { RoomMessage } from '~/api/room-content';
import { reports } from '~/data/reports';
import { useSession } from '~/data/session';
import { UserLink } from '~/entities/user/UserLink';
import { recordReading } from '~/job-store/readings';
import { ErrorNote } from '~/ui/ErrorNote';
import { Moment } from '~/ui/Moment';
import { EventContent } from './EventContent';
import classes from './reports.module.css';

/** Events before and after it together. */
const AROUND = 10;

interface AroundItProps {
  event: { readonly roomId: string; readonly eventId: string };
}

/** How the message is in its room by now, and at a click what was written around it. */
export function AroundIt({ event }: AroundItProps) {
  const session = useSession();
  const { homeserver } = session;
  const [isAsked, ask] = useState(false);
  const now = useQuery(reports.context(homeserver, event, 0));
  const around = useQuery({ ...reports.context(homeserver, event, AROUND), enabled: isAsked });
  const isGone = now.error instanceof HomeserverError && now.error.notFound;
  if (isGone) {
    return (
      <Text size="sm" c="dimmed">
        {t`The message is no longer in the room: its history was purged, or the room was deleted.`}
      </Text>
    );
  }
  const { data } = around;
  return (
    <Stack gap="xs">
      {now.data && isRedacted(now.data.event) && (
        <Text size="sm">
          <b>{t`It is redacted in the room by now.`}</b>{' '}
          {t`Synapse keeps the text of redacted messages for 7 days, unless configured otherwise.`}
        </Text>
      )}
      {now.error && !isGone && (
        <ErrorNote
          title={t`Could not look at the message in its room`}
          error={now.error}
          onRetry={() => void now.refetch()}
        />
      )}
      {!isAsked && (
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              recordReading('read.messages', event.roomId, session);
              ask(true);
            }}
          >
            <Trans>Show the messages around it</Trans>
          </Button>
          <Text size="xs" c="dimmed">
            {t`You then read what others wrote. Nobody in the room is notified.`}
          </Text>
        </Group>
      )}
      {isAsked && around.error && (
        <ErrorNote
          title={t`Could not load the messages around it`}
          error={around.error}
          onRetry={() => void around.refetch()}
        />
      )}
      {isAsked && around.isLoading && <Loader size="sm" role="status" aria-label={t`Loading`} />}
      {data && (
        <ol className={classes.timeline} aria-label={t`Messages around it`}>
          {data.before.map((one) => (
            <Line key={one.event_id} event={one} />
          ))}
          <Line event={data.event} isReported />
          {data.after.map((one) => (
            <Line key={one.event_id} event={one} />
          ))}
        </ol>
      )}
    </Stack>
  );
}

function Line({ event, isReported = false }: { event: RoomMessage; isReported?: boolean }) {
  const { sender, origin_server_ts: ms, type, content } = event;
  return (
    <li data-reported={isReported || undefined} {...(isReported && { 'aria-current': true })}>
      <span className={classes.by}>
        {sender == null ? t`unknown` : <UserLink userId={sender} />} <Moment ms={ms} />
        {isReported && <b>{t`reported`}</b>}
      </span>
      <EventContent type={type} content={isRedacted(event) ? null : content} />
    </li>
  );
}
