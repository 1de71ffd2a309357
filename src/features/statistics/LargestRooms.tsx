import { msg, t } from '@lingui/core/macro';
import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { HomeserverError } from '~/api/errors';
import type { RoomSize } from '~/api/statistics';
import { useLacks } from '~/data/lacks';
import { useSession } from '~/data/session';
import { statistics } from '~/data/statistics';
import { RoomInSight } from '~/entities/room/RoomInSight';
import { formatBytes } from '~/lib/bytes';
import { wordsOf } from '~/lib/words';
import { SeriesPlot } from '~/ui/charts/SeriesPlot';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Section } from '~/ui/Section';

const COLUMNS: readonly Column<RoomSize>[] = [
  {
    id: 'room',
    header: msg`Room`,
    width: 'minmax(15rem, 3fr)',
    cell: ({ room_id: id }) => <RoomInSight roomId={id} />,
  },
  {
    id: 'size',
    header: msg`Size in the database`,
    width: '11rem',
    align: 'end',
    cell: ({ estimated_size: bytes }) => formatBytes(bytes),
  },
];

const EXPORTED: readonly ExportColumn<RoomSize>[] = [
  { name: 'room_id', of: ({ room_id: id }) => id },
  { name: 'estimated_size', of: ({ estimated_size: bytes }) => bytes },
];

/** Those that are not even shown in part. */
const lostIn = (odd: readonly { readonly legible?: unknown }[]): number =>
  odd.filter(({ legible }) => legible === undefined).length;

const keyOf = ({ room_id: id }: RoomSize): string => id;

/** The ten rooms that take most of the database. Only PostgreSQL can tell. */
export function LargestRooms() {
  const { homeserver } = useSession();
  const lacking = useLacks('room-sizes');
  const reading = useQuery({ ...statistics.largestRooms(homeserver), enabled: lacking === null });
  const { error } = reading;
  const reason = lacking === null ? null : wordsOf(lacking);
  const isOtherDatabase = error instanceof HomeserverError && error.kind === 'matrix' && error.status === 400;
  if (reason !== null || isOtherDatabase) {
    return (
      <EmptyNote title={t`Room sizes are unknown here`}>
        {reason ?? t`Only PostgreSQL can estimate them, and this homeserver uses another database.`}
      </EmptyNote>
    );
  }
  return (
    <Section unread={t`Could not load the room sizes`} refresh={t`Refresh room sizes`} reading={reading}>
      {({ rows, odd }) => (
        <>
          <OddRowsNote odd={odd} />
          {rows.length > 0 && (
            <>
              <Group justify="flex-end">
                <ExportMenu stem="largest-rooms" columns={EXPORTED} read={() => ({ rows, lost: lostIn(odd) })} />
              </Group>
              <SeriesPlot
                caption={t`Size in the database`}
                header={t`Room`}
                value={t`Size`}
                rows={rows.map(({ room_id: key, estimated_size: value }) => ({ key, value }))}
                kind="bars"
                hidesKeys
                format={formatBytes}
              />
            </>
          )}
          <DataTable
            label={t`Largest rooms`}
            columns={COLUMNS}
            rows={rows}
            rowKey={keyOf}
            empty={<EmptyNote title={t`No rooms`} />}
          />
        </>
      )}
    </Section>
  );
}
