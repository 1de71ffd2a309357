import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { retryDestination } from '~/actions/destination/retry';
import { HomeserverError } from '~/api/errors';
import { isFailing, type Destination } from '~/api/federation';
import { federation } from '~/data/federation';
import { useSession } from '~/data/session';
import { ActionButton } from '~/entities/action/ActionButton';
import { destinationMarks, NextAttempt } from '~/entities/destination/state';
import { duration } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { shownTitle } from '~/lib/shown-text';
import { EmptyNote } from '~/ui/EmptyNote';
import { Facts, type Fact } from '~/ui/Facts';
import { Headline } from '~/ui/Headline';
import { Id } from '~/ui/Id';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { OddFieldNote } from '~/ui/OddRowsNote';
import { Outside } from '~/ui/Outside';
import { Page } from '~/ui/Page';
import { Section } from '~/ui/Section';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { DestinationRooms } from './DestinationRooms';

const FEDERATION = { label: msg`Federation`, to: paths.federation() };

export function DestinationPage() {
  const { destination = '' } = useParams();
  // With a key of its own, so that nothing of the server shown before stays on the page.
  return <OneDestination key={destination} destination={destination} />;
}

function OneDestination({ destination }: { destination: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(federation.one(homeserver, destination));
  const { data, error } = reading;
  const absent = error instanceof HomeserverError && error.notFound;
  return (
    <Page
      title={shownTitle(destination) ?? t`Server`}
      parent={FEDERATION}
      reading={{ of: reading, refresh: t`Refresh server` }}
      actions={data && <ActionButton actions={[retryDestination]} id={destination} seen={data.value} />}
      about={<Headline id={destination} marks={data && <Marks marks={destinationMarks(data.value)} />} />}
    >
      {absent ? (
        <EmptyNote title={t`Server not found`}>
          <Trans>
            This homeserver has never sent anything to <Outside as="id" text={destination} />.
          </Trans>
        </EmptyNote>
      ) : (
        <TabsInUrl
          label={t`About this server`}
          tabs={[
            {
              id: 'server',
              label: t`Connection`,
              content: (
                <Section unread={t`Could not load the server`} reading={reading}>
                  {({ value, problem }) => (
                    <>
                      <OddFieldNote problem={problem} />
                      <DestinationFacts destination={value} />
                    </>
                  )}
                </Section>
              ),
            },
            { id: 'rooms', label: t`Shared rooms`, content: <DestinationRooms destination={destination} /> },
          ]}
        />
      )}
    </Page>
  );
}

function DestinationFacts({ destination }: { destination: Destination }) {
  const { failure_ts: since, retry_last_ts: last, retry_interval: wait } = destination;
  const position = destination.last_successful_stream_ordering;
  const failing: Fact[] = [
    { name: t`Failing since`, value: <Moment ms={since} /> },
    { name: t`Last failed attempt`, value: <Moment ms={last} /> },
    { name: t`Wait between attempts`, value: wait == null ? t`unknown` : duration(wait) },
    { name: t`Next attempt`, value: <NextAttempt of={destination} none={t`unknown`} /> },
  ];
  const facts: Fact[] = [
    { name: t`Server`, value: <Id value={destination.destination} /> },
    {
      name: t`Status`,
      value: isFailing(destination)
        ? t`Failing. Synapse waits longer after each failed attempt.`
        : t`Not failing. Synapse has noted no failed attempt since it last reached this server, or since it was told to retry.`,
    },
    ...(isFailing(destination) ? failing : []),
    {
      name: t`Last event sent`,
      value: position == null ? t`none known` : positionWords(position),
    },
  ];
  return <Facts facts={facts} />;
}

function positionWords(position: number): string {
  const number = formatCount(position);
  return t`number ${number} in this homeserver’s stream of events`;
}
