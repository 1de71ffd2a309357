import { useSession } from '~/data/session';
import { paths } from '~/lib/paths';
import { IdLink } from '~/ui/IdLink';

/** A file, as a link to its page. @param short its ID, where it is clear of which server it is */
export function FileLink({ mxc, short = mxc }: { mxc: string; short?: string }) {
  return <IdLink value={short} to={paths.file(mxc)} />;
}

/** A file of this homeserver. */
export function LocalFileLink({ mediaId }: { mediaId: string }) {
  const { serverName } = useSession();
  return <FileLink mxc={`mxc://${serverName}/${mediaId}`} short={mediaId} />;
}
