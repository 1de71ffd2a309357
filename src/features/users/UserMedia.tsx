import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ShownMedia } from '~/api/media';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { formatBytes } from '~/lib/bytes';
import { formatCount, plural } from '~/lib/numbers';
import { isolated, isolatedWords, shownText } from '~/lib/shown-text';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Marks, type Mark } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Section } from '~/ui/Section';
import { TableCaption } from '~/ui/TableCaption';
import { Outside } from '~/ui/Outside';

export const MEDIA_COLUMNS: readonly Column<ShownMedia>[] = [
  {
    id: 'file',
    header: 'File',
    width: 'minmax(13rem, 2fr)',
    cell: (file) => (
      <div style={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 }}>
        <Outside
          text={shownText(file.upload_name) === null ? file.url_cache : file.upload_name}
          none="no name"
          longest={80}
        />
        <Id value={file.media_id} />
      </div>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 'minmax(7rem, 0.8fr)',
    cell: (file) => <Marks marks={marksOf(file)} none="–" />,
  },
  {
    id: 'type',
    header: 'Type',
    width: 'minmax(7rem, 0.8fr)',
    cell: (file) => <Outside text={file.media_type} none="unknown" longest={60} />,
  },
  {
    id: 'size',
    header: 'Size',
    width: '6rem',
    align: 'end',
    cell: ({ media_length: bytes }) => (bytes == null ? 'unknown' : formatBytes(bytes)),
  },
  {
    id: 'created',
    header: 'Uploaded',
    width: 'minmax(7.5rem, 0.6fr)',
    cell: (file) => <Moment ms={file.created_ts} />,
  },
  {
    id: 'opened',
    header: 'Last opened',
    width: 'minmax(7.5rem, 0.6fr)',
    cell: (file) => <Moment ms={file.last_access_ts} none="never" />,
  },
];

function marksOf(file: ShownMedia): Mark[] {
  const marks: (Mark | false)[] = [
    file.quarantined_by != null && {
      label: 'quarantined',
      tone: 'grave',
      meaning: `by ${isolated(file.quarantined_by)}`,
    },
    file.safe_from_quarantine && { label: 'protected', tone: 'good', meaning: 'Safe from quarantine.' },
    file.url_cache != null && { label: 'link preview', tone: 'plain', meaning: isolatedWords(file.url_cache, 200) },
  ];
  return marks.filter((mark) => mark !== false);
}

const menuOf = (serverName: string): Column<ShownMedia> => ({
  id: 'actions',
  header: 'Actions',
  width: '4.5rem',
  align: 'end',
  cell: ({ media_id }) => <ActionMenu entity="media" id={`mxc://${serverName}/${media_id}`} look="row" />,
});

const keyOf = (file: ShownMedia): string => file.media_id;

/** A user's newest uploads. No previews: looking at a file counts as opening it, and would keep it alive. */
export function UserMedia({ userId }: { userId: string }) {
  const { homeserver, serverName } = useSession();
  const reading = useQuery(users.media(homeserver, userId));
  const columns = useMemo(() => [...MEDIA_COLUMNS, menuOf(serverName)], [serverName]);
  return (
    <Section what="media" reading={reading}>
      {({ rows, odd, total }) => (
        <>
          <OddRowsNote odd={odd} />
          <TableCaption>
            {total > rows.length
              ? `The newest ${formatCount(rows.length)} of ${plural(total, 'file')}`
              : plural(total, 'file')}
          </TableCaption>
          <DataTable
            label="Media"
            columns={columns}
            rows={rows}
            rowKey={keyOf}
            empty={<EmptyNote title="No files">This user has uploaded nothing, or it was deleted.</EmptyNote>}
          />
        </>
      )}
    </Section>
  );
}
