import { plural, t } from '@lingui/core/macro';
import { Anchor, Button, Group, Progress, ScrollArea, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { toCsv } from '~/lib/csv';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { download, fileName } from '~/ui/download';
import { Id } from '~/ui/Id';
import { useSnapshot } from '~/ui/job/use-snapshot';
import { Notice } from '~/ui/Notice';

interface CreatedTokensProps {
  job: Job;
  /** In the order of its items. */
  tokens: readonly string[];
  onClose(): void;
}

/** What became of new tokens: only those that the homeserver said are there now are handed out. */
export function CreatedTokens({ job, tokens, onClose }: CreatedTokensProps) {
  const clipboard = useClipboard({ timeout: 1500 });
  const snapshot = useSnapshot(job);
  const { counts, total, state } = snapshot;
  if (!isOver(snapshot) && state.phase !== 'paused') {
    return (
      <Stack gap="sm">
        <Text role="status">{t`Created ${counts.done} of ${plural(total, { one: '# token', other: '# tokens' })}`}</Text>
        <Progress value={(100 * counts.done) / total} aria-label={t`Progress`} />
      </Stack>
    );
  }
  const done = tokens.filter((_, index) => job.row(index).status === 'done');
  const [failed] = job.indexes(['failed', 'unknown', 'skipped']);
  const save = () =>
    download(
      new Blob(
        [
          toCsv(
            ['token'],
            done.map((token) => [token]),
          ),
        ],
        { type: 'text/csv' },
      ),
      fileName('registration-tokens', 'csv'),
    );
  return (
    <Stack gap="sm">
      {done.length < total ? (
        <Notice
          tone="warning"
          role="alert"
          title={t`Created ${done.length} of ${plural(total, { one: '# token', other: '# tokens' })}`}
        >
          {failed !== undefined && <Text size="sm">{wordsOf(job.row(failed).reason)}</Text>}
        </Notice>
      ) : (
        <Notice
          tone="good"
          role="status"
          title={t`${plural(total, { one: 'Token created', other: '# tokens created' })}`}
        >
          <Text size="sm">{t`They stay in the list: you can copy them again later.`}</Text>
        </Notice>
      )}
      <ScrollArea.Autosize mah="40dvh" viewportProps={{ tabIndex: 0 }}>
        <Stack gap={4}>
          {done.map((token) => (
            <Id key={token} value={token} wrap />
          ))}
        </Stack>
      </ScrollArea.Autosize>
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          {done.length > 0 && 'clipboard' in navigator && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconCopy size={14} aria-hidden />}
              onClick={() => clipboard.copy(done.join('\n'))}
            >
              {clipboard.copied ? t`Copied` : t`Copy`}
            </Button>
          )}
          {done.length > 1 && (
            <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={save}>
              {t`Download CSV`}
            </Button>
          )}
          <Anchor component={Link} to={paths.job(job.id)} size="sm">{t`Open job`}</Anchor>
        </Group>
        <Button onClick={onClose}>{t`Close`}</Button>
      </Group>
    </Stack>
  );
}
