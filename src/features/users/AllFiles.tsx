import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { AnyAction } from '~/actions/action';
import type { MediaRow } from '~/api/media';
import type { Progress } from '~/data/long-read';
import { useSession } from '~/data/session';
import { allFilesOf } from '~/data/user-files';
import { BulkMenu } from '~/entities/action/BulkMenu';
import { useOpenWith } from '~/entities/list/use-open-with';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { isoTime } from '~/lib/times';
import { wordsOfError } from '~/lib/words';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';
import { showToast } from '~/ui/toasts';

const time = (ms: number | null | undefined): string | null => (ms == null ? null : isoTime(ms));

/** What can be done with all files of a user, once their list was read to its end; and that list as a file. */
export function AllFiles({ userId }: { userId: string }) {
  const { homeserver, serverName } = useSession();
  const openWith = useOpenWith();
  const [progress, show] = useState<Progress | null>(null);
  const reading = useRef<AbortController | null>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const begin = async ({ kind }: AnyAction) => {
    const { signal } = (reading.current = new AbortController());
    show({ done: 0, of: null });
    try {
      const { files, isExact } = await allFilesOf(homeserver, userId, signal, show);
      if (signal.aborted) return;
      // What a plan is made of must be all there is, or the number that is confirmed would be wrong.
      if (!isExact) return couldNot(t`The list changed while it was read, or a row of it could not be read.`);
      openWith(paths.bulk(kind), {
        media: { ids: files.map(({ media_id: id }) => `mxc://${serverName}/${id}`), userId },
      });
    } catch (error) {
      if (!signal.aborted) couldNot(wordsOfError(error));
    } finally {
      show(null);
    }
  };
  if (progress !== null) {
    const [done, of] = [formatCount(progress.done), formatCount(progress.of ?? 0)];
    return (
      <Group gap="xs">
        <Text size="sm" role="status">
          {progress.of === null ? t`Reading the files…` : t`${done} of ${of} files read`}
        </Text>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            reading.current?.abort();
            show(null);
          }}
        >
          <Trans>Stop</Trans>
        </Button>
      </Group>
    );
  }
  const columns: readonly ExportColumn<MediaRow>[] = [
    { name: 'mxc', of: ({ media_id: id }) => `mxc://${serverName}/${id}` },
    { name: 'upload_name', of: ({ upload_name: name }) => name },
    { name: 'media_type', of: ({ media_type: type }) => type },
    { name: 'media_length', of: ({ media_length: bytes }) => bytes },
    { name: 'created', of: ({ created_ts: ms }) => time(ms) },
    { name: 'last_access', of: ({ last_access_ts: ms }) => time(ms) },
    { name: 'quarantined_by', of: ({ quarantined_by: by }) => by },
    { name: 'safe_from_quarantine', of: ({ safe_from_quarantine: isSafe }) => String(isSafe) },
    { name: 'url_cache', of: ({ url_cache: url }) => url },
    { name: 'sha256', of: ({ sha256 }) => sha256 },
  ];
  const read = async (signal: AbortSignal) => {
    const { files, lost } = await allFilesOf(homeserver, userId, signal);
    return { rows: files, lost };
  };
  return (
    <Group gap="xs">
      <Text size="sm">
        <Trans>With all files:</Trans>
      </Text>
      <BulkMenu entity="media" onChoose={(action) => void begin(action)} />
      <ExportMenu stem="user-media" columns={columns} read={read} />
    </Group>
  );
}

const couldNot = (body: string): void =>
  showToast({ tone: 'warning', title: t`Could not read all files`, body, actions: [] });
