import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { MediaRow, ShownFile } from '~/api/media';
import { useLongRead } from '~/data/long-read';
import { useSession } from '~/data/session';
import { allFilesOf } from '~/data/user-files';
import { OF_FILE, WHICH_FILE } from '~/entities/media/columns';
import { FilesTable } from '~/entities/media/FilesTable';
import { isolated } from '~/lib/shown-text';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { ReadFirst } from './ReadFirst';

const COLUMNS: readonly Column<MediaRow>[] = [
  WHICH_FILE,
  { id: 'state', ...OF_FILE.state },
  { id: 'created_ts', ...OF_FILE.created_ts },
  { id: 'last_access_ts', ...OF_FILE.last_access_ts },
];

/** Other files with the same content, as far as they can be found: a quarantine takes them along. */
export function FileCopies({ file }: { file: ShownFile }) {
  const { user_id: owner, sha256, media_origin: origin } = file;
  if (origin != null) {
    return (
      <EmptyNote title={t`Copies can’t be looked for`}>
        {t`Synapse lists no copies of other homeservers’ files.`}
      </EmptyNote>
    );
  }
  if (sha256 == null || owner == null || owner === '') {
    return (
      <EmptyNote title={t`Copies can’t be looked for`}>
        {t`Synapse doesn’t tell the hash of this file’s content, or whose it is.`}
      </EmptyNote>
    );
  }
  return <OfOwner owner={owner} sha256={sha256} mediaId={file.media_id} />;
}

function OfOwner({ owner, sha256, mediaId }: { owner: string; sha256: string; mediaId: string }) {
  const { homeserver, serverName } = useSession();
  const mxcOf = useCallback(({ media_id: id }: MediaRow) => `mxc://${serverName}/${id}`, [serverName]);
  const of = useMemo(() => ({ userId: owner }), [owner]);
  const reading = useLongRead([homeserver.baseUrl, 'media', 'copies', owner, sha256], async (signal, show) => {
    const { files, isExact } = await allFilesOf(homeserver, owner, signal, show);
    return { isExact, copies: files.filter((one) => one.sha256 === sha256 && one.media_id !== mediaId) };
  });
  const who = isolated(owner);
  return (
    <ReadFirst
      reading={reading}
      cost={t`Synapse quarantines all files with the same content together, whoever uploaded them, and can’t list them. Glia can look through the files of ${who}: one request for each 1,000 files. Copies of other users and of other homeservers stay unknown.`}
      button={t`Look for copies`}
      unread={t`Could not look for copies`}
      refresh={t`Look for copies again`}
    >
      {({ copies, isExact }) => (
        <>
          {!isExact && (
            <Text size="sm">{t`The list changed while it was read, or a row of it could not be read: some may be missing.`}</Text>
          )}
          <FilesTable
            label={t`Copies`}
            rows={copies}
            mxcOf={mxcOf}
            columns={COLUMNS}
            of={of}
            empty={<EmptyNote title={t`No copies`}>{t`No other file of this user has the same content.`}</EmptyNote>}
          />
        </>
      )}
    </ReadFirst>
  );
}
