import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useKeptFacts } from '~/job-store/jobs';
import { formatBytes } from '~/lib/bytes';

/** How much of the disk they take, of what the browser gives, and how long they stay. */
export function StorageNote({ count, sizes }: { count: number; sizes: ReadonlyMap<string, number> }) {
  const { t } = useLingui();
  const { quota, promised } = useKeptFacts();
  const used = formatBytes([...sizes.values()].reduce((sum, size) => sum + size, 0));
  const given = quota === null ? null : formatBytes(quota);
  return (
    <Text size="sm" c="dimmed">
      {given === null
        ? t`${plural(count, { one: '# job', other: '# jobs' })}, about ${used} on this device.`
        : t`${plural(count, { one: '# job', other: '# jobs' })}, about ${used} on this device, of ${given} available to this site.`}{' '}
      {t`Jobs contain IDs and previous values, but never the access token.`}{' '}
      {promised
        ? t`The browser keeps them until you delete them here or clear this site’s data.`
        : promised === false
          ? t`The browser may clear them when it runs short of space. Glia asks it to keep them when a job starts.`
          : t`They stay until you delete them here or the browser clears this site’s data.`}
    </Text>
  );
}
