import { safeFileName } from '~/lib/file-names';
import { OF_LINK, type FileRow } from './archive';

/** The files in a list of media as the homeserver answered it. */

const QUARANTINED = /*i18n*/ {
  id: 'data-request.quarantined',
  message: 'Quarantined: nobody gets it from this homeserver, so it is not handed out.',
};
const UNREADABLE = /*i18n*/ { id: 'data-request.unreadable', message: 'The list doesn’t name its ID.' };

type Row = Record<string, unknown>;

const textIn = (row: Row, name: string): string | null => {
  const value = row[name];
  return typeof value === 'string' && value !== '' ? value : null;
};
const numberIn = (row: Row, name: string): number | null => {
  const value = row[name];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
};

export function filesIn(media: unknown, serverName: string): FileRow[] {
  const rows = Array.isArray(media) ? (media as unknown[]) : [];
  return rows.map((value, index) => {
    const row: Row = typeof value === 'object' && value !== null ? (value as Row) : {};
    const mediaId = textIn(row, 'media_id');
    const name = textIn(row, 'upload_name');
    const refused =
      mediaId === null
        ? UNREADABLE
        : textIn(row, 'quarantined_by') !== null
          ? QUARANTINED
          : textIn(row, 'url_cache') !== null
            ? OF_LINK
            : null;
    return {
      mxc: `mxc://${serverName}/${mediaId ?? ''}`,
      mediaId: mediaId ?? '',
      path: `files/${safeFileName(index, name, rows.length)}`,
      name,
      type: textIn(row, 'media_type'),
      size: numberIn(row, 'media_length'),
      uploadedAt: numberIn(row, 'created_ts'),
      refused,
    };
  });
}
