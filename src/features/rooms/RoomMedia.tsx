import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { BulkMenu } from '~/entities/action/BulkMenu';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { FilterChips } from '~/ui/FilterChips';
import { Id } from '~/ui/Id';
import { Section } from '~/ui/Section';
import { TableCaption } from '~/ui/TableCaption';

type Where = 'local' | 'remote';
type Files = Readonly<Record<Where, readonly string[]>>;

const COLUMNS: readonly Column<string>[] = [
  { id: 'file', header: msg`File`, width: 'minmax(16rem, 1fr)', cell: (mxc) => <Id value={mxc} /> },
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    align: 'end',
    cell: (mxc) => <ActionMenu entity="media" id={mxc} look="row" />,
  },
];

const keyOf = (mxc: string): string => mxc;

/** The files that messages of the room name, as far as Synapse can read them. No pictures: to show one counts as opening it. */
export function RoomMedia({ roomId }: { roomId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(rooms.media(homeserver, roomId));
  return (
    <Section unread={t`Could not load the files`} refresh={t`Refresh files`} reading={reading}>
      {(files) => <FilesTable roomId={roomId} files={files} />}
    </Section>
  );
}

function FilesTable({ roomId, files }: { roomId: string; files: Files }) {
  const openWith = useOpenWith();
  const [only, setOnly] = useState<Where | null>(null);
  const shown = useMemo(
    () => [...new Set(only === null ? [...files.local, ...files.remote] : files[only])],
    [files, only],
  );
  const count = shown.length;
  return (
    <>
      <Text size="sm" c="dimmed" maw={760}>
        <Trans>
          Files in unencrypted messages. Files in encrypted messages can’t be listed: only the people in the room know
          of them.
        </Trans>
      </Text>
      <Group justify="space-between" align="flex-end">
        <FilterChips<Where>
          label={t`Show`}
          chips={[
            { value: 'local', label: t`uploaded here`, count: files.local.length },
            { value: 'remote', label: t`copies from other homeservers`, count: files.remote.length },
          ]}
          value={only}
          onChange={setOnly}
        />
        {count > 0 && (
          <Group gap="xs">
            {files.local.length > 0 && (
              <Button
                size="xs"
                variant="default"
                onClick={() => openWith(paths.deleteMedia(), { rooms: { ids: [roomId] } })}
              >
                {t`Delete media by date…`}
              </Button>
            )}
            <Text size="sm">{plural(count, { one: 'With this file:', other: 'With these # files:' })}</Text>
            <BulkMenu
              entity="media"
              onChoose={({ kind }) => openWith(paths.bulk(kind), { media: { ids: shown, roomId } })}
            />
          </Group>
        )}
      </Group>
      <TableCaption>{t`${plural(count, { one: '# file', other: '# files' })}`}</TableCaption>
      <DataTable
        label={t`Files`}
        columns={COLUMNS}
        rows={shown}
        rowKey={keyOf}
        scrollKey={only ?? ''}
        empty={<EmptyNote title={t`No files`}>{t`No unencrypted message of this room contains a file.`}</EmptyNote>}
      />
    </>
  );
}
