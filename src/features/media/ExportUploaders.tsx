import { useSearchParams } from 'react-router';
import { allUploaders, type Uploader } from '~/api/statistics';
import { readParams } from '~/data/list-state';
import { useSession } from '~/data/session';
import { canSearchUploaders, isSpan, uploaderFilter, uploaderListSchema } from '~/data/statistics';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';

const COLUMNS: readonly ExportColumn<Uploader>[] = [
  { name: 'user_id', of: ({ user_id }) => user_id },
  { name: 'displayname', of: ({ displayname }) => displayname },
  { name: 'media_count', of: ({ media_count }) => media_count },
  { name: 'media_length', of: ({ media_length }) => media_length },
];

/** All users that match the search and the days, whoever has most first. */
export function ExportUploaders() {
  const { homeserver } = useSession();
  const [search] = useSearchParams();
  const read = async (signal: AbortSignal) => {
    const state = readParams(uploaderListSchema, search);
    if (!canSearchUploaders(state) || !isSpan(state)) return { rows: [], lost: 0 };
    const { rows, odd } = await allUploaders(homeserver, uploaderFilter(state), signal);
    return { rows: rows.toSorted((a, b) => (b.media_length ?? 0) - (a.media_length ?? 0)), lost: odd.length };
  };
  return <ExportMenu stem="media-by-user" columns={COLUMNS} read={read} />;
}
