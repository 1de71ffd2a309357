import { msg, t } from '@lingui/core/macro';
import type { ShownMedia } from '~/api/media';
import type { MediaColumn } from '~/data/media-list';
import { formatBytes } from '~/lib/bytes';
import { shownText } from '~/lib/shown-text';
import type { Column } from '~/ui/DataTable';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { fileBadges } from './badges';
import { LocalFileLink } from './FileLink';

/** No previews: they count as opening the file, and would keep it. */
export const WHICH_FILE: Column<ShownMedia> = {
  id: 'upload_name',
  header: msg`File`,
  width: 'minmax(13rem, 2fr)',
  sortable: true,
  cell: (file) => (
    <div style={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 }}>
      <Outside
        text={shownText(file.upload_name) === null ? file.url_cache : file.upload_name}
        none={t`no name`}
        longest={80}
      />
      <LocalFileLink mediaId={file.media_id} />
    </div>
  ),
};

export const OF_FILE: Readonly<Record<MediaColumn, Omit<Column<ShownMedia>, 'id'>>> = {
  state: { header: msg`Status`, width: 'minmax(7rem, 0.8fr)', cell: (file) => <Marks marks={fileBadges(file)} /> },
  media_type: {
    header: msg`Type`,
    width: 'minmax(7rem, 0.8fr)',
    sortable: true,
    cell: (file) => <Outside text={file.media_type} none={t`unknown`} longest={60} />,
  },
  media_length: {
    header: msg`Size`,
    width: '6rem',
    align: 'end',
    sortable: true,
    cell: ({ media_length: bytes }) => (bytes == null ? t`unknown` : formatBytes(bytes)),
  },
  created_ts: {
    header: msg`Uploaded`,
    width: 'minmax(7.5rem, 0.6fr)',
    sortable: true,
    cell: (file) => <Moment ms={file.created_ts} />,
  },
  last_access_ts: {
    header: msg`Last opened`,
    width: 'minmax(7.5rem, 0.6fr)',
    sortable: true,
    cell: (file) => <Moment ms={file.last_access_ts} none={t`never`} />,
  },
};

export const MEDIA_ORDER_GROUPS = [
  {
    group: msg`Sort the files by`,
    items: [
      { value: 'created_ts', label: msg`Uploaded` },
      { value: 'last_access_ts', label: msg`Last opened` },
      { value: 'media_length', label: msg`Size` },
      { value: 'upload_name', label: msg`Name` },
      { value: 'media_type', label: msg`Type` },
      { value: 'quarantined_by', label: msg`Quarantined` },
      { value: 'safe_from_quarantine', label: msg`Protected` },
    ],
  },
] as const;
