import { t } from '@lingui/core/macro';
import { HomeserverError } from '~/api/errors';
import { useFileInSight, type FileInSight } from '~/data/files';
import { useSession } from '~/data/session';
import { UserLink } from '~/entities/user/UserLink';
import { formatBytes } from '~/lib/bytes';
import { Marks } from '~/ui/Marks';
import { Outside } from '~/ui/Outside';
import { fileBadges } from './badges';
import { FileLink } from './FileLink';

/** Cells of a list that knows only the addresses of files: the rest is asked for once the row is in sight, once a file. */

const useFile = (mxc: string): FileInSight => useFileInSight(useSession().homeserver, mxc);

export function NamedInSight({ mxc }: { mxc: string }) {
  const { file, error } = useFile(mxc);
  const isGone = error instanceof HomeserverError && error.notFound;
  return (
    <div style={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 }}>
      {isGone ? (
        t`no longer on this homeserver`
      ) : file ? (
        <Outside text={file.upload_name} none={t`no name`} longest={80} />
      ) : (
        t`File`
      )}
      <FileLink mxc={mxc} />
    </div>
  );
}

/** By whom it is quarantined now. */
export function QuarantinedByInSight({ mxc }: { mxc: string }) {
  const by = useFile(mxc).file?.quarantined_by;
  if (by == null) return '';
  return by.startsWith('@') ? <UserLink userId={by} /> : <Outside text={by} />;
}

/** Empty for a copy of another homeserver's file: who uploaded that is not known here. */
export function OwnerInSight({ mxc }: { mxc: string }) {
  const owner = useFile(mxc).file?.user_id;
  return owner?.startsWith('@') ? <UserLink userId={owner} /> : '';
}

export function SizeInSight({ mxc }: { mxc: string }) {
  const bytes = useFile(mxc).file?.media_length;
  return bytes == null ? '' : formatBytes(bytes);
}

export function TypeInSight({ mxc }: { mxc: string }) {
  const { file } = useFile(mxc);
  return file ? <Outside text={file.media_type} none={t`unknown`} longest={60} /> : '';
}

export function StateInSight({ mxc }: { mxc: string }) {
  const { file } = useFile(mxc);
  return file ? <Marks marks={fileBadges(file)} /> : '';
}
