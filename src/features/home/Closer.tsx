import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { HomeserverError } from '~/api/errors';
import { lacks } from '~/api/since';
import { allUsersProgress, type AllUsers } from '~/data/all-users';
import { activeSince, newByWeek } from '~/data/counts';
import { allUploadersProgress } from '~/data/all-uploaders';
import { useLacks } from '~/data/lacks';
import { READ_PAGE } from '~/data/list-reader';
import { useReadOnDemand } from '~/data/read-on-demand';
import { useSession, type Session } from '~/data/session';
import { statistics } from '~/data/statistics';
import type { Numbers } from '~/data/trends';
import { userFilter, USUAL_USER_LIST } from '~/data/user-list';
import { users } from '~/data/users';
import { RoomInSight } from '~/entities/room/RoomInSight';
import { formatBytes } from '~/lib/bytes';
import { startOfWeek } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { SeriesPlot } from '~/ui/charts/SeriesPlot';
import { Facts } from '~/ui/Facts';
import { LostNote } from '~/ui/LostNote';
import { ReadOnDemand } from '~/ui/ReadOnDemand';

const WEEKS = 12;
const DAY_MS = 86_400_000;

/** Everyone but guests. */
const everyone = (session: Session) => userFilter({ ...USUAL_USER_LIST, bridged: 'any' }, session);

interface CloserProps {
  /** Undefined: not known. */
  usersTotal: number | undefined;
  onRead(numbers: Numbers): void;
}

/** What costs more than a glance: each is read at a click. */
export function Closer({ usersTotal, onRead }: CloserProps) {
  return (
    <Stack component="section" gap="sm" aria-labelledby="closer">
      <Title order={2} size="h4" id="closer">
        <Trans>Look closer</Trans>
      </Title>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <NewUsers />
        <ActiveUsers total={usersTotal} onRead={onRead} />
        <LocalMedia onRead={onRead} />
        <LargestRooms />
      </SimpleGrid>
    </Stack>
  );
}

function NewUsers() {
  const session = useSession();
  const [now] = useState(() => Date.now());
  const from = startOfWeek(now, WEEKS - 1);
  const control = useReadOnDemand(users.all(session.homeserver, everyone(session), { from }), allUsersProgress);
  const page = formatCount(READ_PAGE);
  return (
    <ReadOnDemand<AllUsers>
      title={t`New users by week`}
      about={t`Accounts made in the last ${WEEKS} weeks, without guests.`}
      cost={t`One request for each ${page} of them.`}
      show={t`Count new users`}
      control={control}
    >
      {(read) => (
        <>
          <SeriesPlot
            caption={t`New users by week`}
            header={t`Week from`}
            value={t`New users`}
            rows={newByWeek(read.users, WEEKS, now)}
            kind="bars"
            isTitled
            format={formatCount}
          />
          <LostNote odd={read.odd} missing={read.missing} />
        </>
      )}
    </ReadOnDemand>
  );
}

function ActiveUsers({ total, onRead }: { total: number | undefined; onRead(numbers: Numbers): void }) {
  const session = useSession();
  const control = useReadOnDemand(users.all(session.homeserver, everyone(session), null), allUsersProgress);
  const { data, dataUpdatedAt } = control.reading;
  const counts = data === undefined ? null : activeSince(data.users, dataUpdatedAt - 30 * DAY_MS);
  const active = counts?.active;
  useEffect(() => {
    if (active !== undefined) onRead({ active });
  }, [active, onRead]);
  const page = formatCount(READ_PAGE);
  const requests = Math.max(1, Math.ceil((total ?? 0) / READ_PAGE));
  const lacking = lacks(session.version, 'users-last-seen');
  return (
    <ReadOnDemand
      title={t`Active users`}
      about={t`How many accounts were used in the last 30 days. Synapse can’t count them: Glia reads the whole list.`}
      cost={
        total === undefined
          ? t`One request for each ${page} users.`
          : t`That takes about ${plural(requests, { one: '# request', other: '# requests' })}.`
      }
      show={t`Count active users`}
      lacking={lacking === null ? null : wordsOf(lacking)}
      control={control}
    >
      {(read) => (
        <>
          <Facts
            facts={[
              { name: t`Active in 30 days`, value: formatCount(counts?.active ?? 0) },
              { name: t`Not active`, value: formatCount(counts?.inactive ?? 0) },
              { name: t`Unknown`, value: formatCount(counts?.unknown ?? 0) },
            ]}
          />
          <Text size="xs" c="dimmed">
            {t`Without guests and deactivated accounts. “Unknown” are accounts that never signed in or have no session left; accounts of bridges are among them.`}
          </Text>
          <LostNote odd={read.odd} missing={read.missing} />
        </>
      )}
    </ReadOnDemand>
  );
}

function LocalMedia({ onRead }: { onRead(numbers: Numbers): void }) {
  const { homeserver } = useSession();
  const control = useReadOnDemand(statistics.everyUploader(homeserver), allUploadersProgress);
  const { data } = control.reading;
  const mediaBytes = data?.rows.reduce((sum, { media_length: bytes }) => sum + (bytes ?? 0), 0);
  const mediaFiles = data?.rows.reduce((sum, { media_count: count }) => sum + count, 0);
  useEffect(() => {
    if (mediaBytes !== undefined && mediaFiles !== undefined) onRead({ mediaBytes, mediaFiles });
  }, [mediaBytes, mediaFiles, onRead]);
  const page = formatCount(READ_PAGE);
  return (
    <ReadOnDemand
      title={t`Size of local media`}
      about={t`What users of this homeserver have uploaded.`}
      cost={t`One request for each ${page} users who uploaded something.`}
      show={t`Add up local media`}
      control={control}
    >
      {({ rows, odd, missing }) => (
        <>
          <Facts
            facts={[
              { name: t`Size`, value: formatBytes(mediaBytes ?? 0) },
              { name: t`Files`, value: formatCount(mediaFiles ?? 0) },
              { name: t`Users who uploaded`, value: formatCount(rows.length) },
            ]}
          />
          <Text size="xs" c="dimmed">
            {t`Synapse does not say how much its cache of remote media takes: only the disk can.`}
          </Text>
          <LostNote odd={odd} missing={missing} />
          <Anchor component={Link} to={paths.statistics()} size="sm">
            {t`Show media by user`}
          </Anchor>
        </>
      )}
    </ReadOnDemand>
  );
}

function LargestRooms() {
  const { homeserver } = useSession();
  const lacking = useLacks('room-sizes');
  const control = useReadOnDemand(statistics.largestRooms(homeserver));
  const { error } = control.reading;
  const isOtherDatabase = error instanceof HomeserverError && error.kind === 'matrix' && error.status === 400;
  return (
    <ReadOnDemand
      title={t`Largest rooms`}
      about={t`The rooms that take most of the database, as PostgreSQL estimates it.`}
      cost={t`One request, and one for each room that is shown.`}
      show={t`Show largest rooms`}
      lacking={
        isOtherDatabase
          ? t`Only PostgreSQL can estimate the size of rooms, and this homeserver uses another database.`
          : lacking === null
            ? null
            : wordsOf(lacking)
      }
      control={control}
    >
      {({ rows }) => (
        <>
          <Facts
            facts={rows.slice(0, 5).map(({ room_id: id, estimated_size: bytes }) => ({
              name: formatBytes(bytes),
              value: <RoomInSight roomId={id} />,
            }))}
          />
          <Anchor component={Link} to={`${paths.statistics()}?tab=rooms`} size="sm">
            {t`Show all of them`}
          </Anchor>
        </>
      )}
    </ReadOnDemand>
  );
}
