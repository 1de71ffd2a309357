import { t } from '@lingui/core/macro';
import { Group } from '@mantine/core';
import type { Uploader } from '~/api/statistics';
import { allUploadersProgress } from '~/data/all-uploaders';
import { READ_PAGE } from '~/data/list-reader';
import { useReadOnDemand } from '~/data/read-on-demand';
import { useSession } from '~/data/session';
import { statistics } from '~/data/statistics';
import { formatCount } from '~/lib/numbers';
import { BarTable } from '~/ui/charts/BarTable';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';
import { LostNote } from '~/ui/LostNote';
import { ReadOnDemand } from '~/ui/ReadOnDemand';

const EXPORTED: readonly ExportColumn<Uploader>[] = [
  { name: 'user_id', of: ({ user_id: id }) => id },
  { name: 'displayname', of: ({ displayname }) => displayname },
  { name: 'media_count', of: ({ media_count: count }) => count },
  { name: 'media_length', of: ({ media_length: bytes }) => bytes },
];

/** All users that uploaded something, beside each other: whose files take most of the space, and of all of them a file. */
export function AllUploaders() {
  const { homeserver } = useSession();
  const control = useReadOnDemand(statistics.everyUploader(homeserver), allUploadersProgress);
  const page = formatCount(READ_PAGE);
  return (
    <ReadOnDemand
      title={t`All users who uploaded`}
      about={t`Who takes which part of the space, as a plot and as a file.`}
      cost={t`One request for each ${page} of them.`}
      show={t`Compare all users`}
      control={control}
    >
      {({ rows, odd, missing }) => (
        <>
          <Group justify="flex-end">
            <ExportMenu stem="media-by-user" columns={EXPORTED} read={() => ({ rows, lost: odd + missing })} />
          </Group>
          <BarTable
            caption={t`Most space first`}
            header={t`User`}
            show={12}
            rows={rows
              .map(({ user_id: key, media_count: files, media_length: bytes }) => ({ key, files, bytes: bytes ?? 0 }))
              .toSorted((a, b) => b.bytes - a.bytes)}
          />
          <LostNote odd={odd} missing={missing} />
        </>
      )}
    </ReadOnDemand>
  );
}
