import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { NamedInSight, OwnerInSight, SizeInSight, StateInSight, TypeInSight } from '~/entities/media/FileInSight';
import { FilesTable } from '~/entities/media/FilesTable';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';
import { FilterChips } from '~/ui/FilterChips';
import { Section } from '~/ui/Section';

type Where = 'local' | 'remote';
type Files = Readonly<Record<Where, readonly string[]>>;

const COLUMNS: readonly Column<string>[] = [
  { id: 'file', header: msg`File`, width: 'minmax(16rem, 2fr)', cell: (mxc) => <NamedInSight mxc={mxc} /> },
  { id: 'owner', header: msg`Owner`, width: 'minmax(10rem, 1fr)', cell: (mxc) => <OwnerInSight mxc={mxc} /> },
  { id: 'type', header: msg`Type`, width: 'minmax(7rem, 0.7fr)', cell: (mxc) => <TypeInSight mxc={mxc} /> },
  { id: 'size', header: msg`Size`, width: '6rem', align: 'end', cell: (mxc) => <SizeInSight mxc={mxc} /> },
  { id: 'state', header: msg`Status`, width: 'minmax(7rem, 0.6fr)', cell: (mxc) => <StateInSight mxc={mxc} /> },
];

const EXPORTED: readonly ExportColumn<string>[] = [{ name: 'mxc', of: (mxc) => mxc }];

const keyOf = (mxc: string): string => mxc;

/** The files that messages of the room name, as far as Synapse can read them. No pictures: to show one counts as opening it. */
export function RoomMedia({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(rooms.media(homeserver, roomId));
  return (
    <Section unread={t`Could not load the files`} refresh={t`Refresh files`} reading={reading}>
      {(files) => <Listed roomId={roomId} files={files} />}
    </Section>
  );
}

function Listed({ roomId, files }: { roomId: string; files: Files }) {
  const openWith = useOpenWith();
  const [only, setOnly] = useState<Where | null>(null);
  // The same file may be in many messages.
  const each = useMemo(() => ({ local: [...new Set(files.local)], remote: [...new Set(files.remote)] }), [files]);
  const shown = useMemo(() => (only === null ? [...each.local, ...each.remote] : each[only]), [each, only]);
  const of = useMemo(() => ({ roomId }), [roomId]);
  return (
    <>
      <Text size="sm" c="dimmed" maw={760}>
        <Trans>
          Files in unencrypted messages. Files in encrypted messages can’t be listed: only the people in the room know
          of them. Copies from other homeservers can be quarantined, but only their own homeserver can delete them.
        </Trans>
      </Text>
      <FilesTable
        label={t`Files`}
        rows={shown}
        mxcOf={keyOf}
        columns={COLUMNS}
        of={of}
        empty={<EmptyNote title={t`No files`}>{t`No unencrypted message of this room contains a file.`}</EmptyNote>}
        tools={
          <>
            <FilterChips<Where>
              label={t`Show`}
              chips={[
                { value: 'local', label: t`uploaded here`, count: each.local.length },
                { value: 'remote', label: t`copies from other homeservers`, count: each.remote.length },
              ]}
              value={only}
              onChange={setOnly}
            />
            {each.local.length > 0 && (
              <Button
                size="xs"
                variant="default"
                onClick={() => openWith(paths.deleteMedia(), { rooms: { ids: [roomId] } })}
              >
                {t`Delete media by date…`}
              </Button>
            )}
            <ExportMenu stem="room-media" columns={EXPORTED} read={() => ({ rows: shown, lost: 0 })} />
          </>
        }
      />
    </>
  );
}
