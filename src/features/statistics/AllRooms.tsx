import { plural, t } from '@lingui/core/macro';
import { SimpleGrid, Text } from '@mantine/core';
import { allRoomsProgress } from '~/data/all-rooms';
import { countBy, originOf } from '~/data/counts';
import { READ_PAGE } from '~/data/list-reader';
import { useReadOnDemand } from '~/data/read-on-demand';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { formatCount } from '~/lib/numbers';
import { LostNote } from '~/ui/LostNote';
import { ReadOnDemand } from '~/ui/ReadOnDemand';
import { CountPlot } from './CountPlot';

/** Where the rooms are from, and of which versions: one reading of the whole list. */
export function AllRooms() {
  const { homeserver } = useSession();
  const control = useReadOnDemand(rooms.all(homeserver, {}), allRoomsProgress);
  const page = formatCount(READ_PAGE);
  return (
    <ReadOnDemand
      title={t`Origin and version of rooms`}
      about={t`From which servers the rooms are, and which room versions they have.`}
      cost={t`Synapse can’t count them, so Glia reads the whole list: one request for each ${page} rooms.`}
      show={t`Count rooms`}
      control={control}
    >
      {(read) => {
        const lost = read.odd + read.missing;
        const origins = countBy(read.rows, originOf);
        const versions = countBy(read.rows, ({ version }) => version ?? null);
        return (
          <>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
              <div>
                <CountPlot
                  caption={t`Rooms by server of origin`}
                  header={t`Server`}
                  value={t`Rooms`}
                  counts={origins.counts}
                  file={{ stem: 'rooms-by-origin', column: 'server' }}
                  lost={lost + origins.none}
                />
                <Text size="xs" c="dimmed" mt="xs">
                  {t`By the server in the room ID. IDs of version 12 have none: there it is the server of whoever made the room.`}
                </Text>
                <UnknownNote count={origins.none} />
              </div>
              <div>
                <CountPlot
                  caption={t`Rooms by version`}
                  header={t`Room version`}
                  value={t`Rooms`}
                  counts={versions.counts}
                  file={{ stem: 'rooms-by-version', column: 'version' }}
                  lost={lost + versions.none}
                />
                <UnknownNote count={versions.none} />
              </div>
            </SimpleGrid>
            <LostNote odd={read.odd} missing={read.missing} />
          </>
        );
      }}
    </ReadOnDemand>
  );
}

function UnknownNote({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Text size="sm">
      {plural(count, {
        one: 'Of # room, Synapse does not say it.',
        other: 'Of # rooms, Synapse does not say it.',
      })}
    </Text>
  );
}
