import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import type { Handover } from '~/data/handover';
import { BulkMenu } from '~/entities/action/BulkMenu';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';

interface ChosenFilesProps {
  /** What is ticked: none, and all that are listed are offered. */
  chosen: readonly string[];
  all: readonly string[];
  /** Whose they are. */
  of: { userId: string } | { roomId: string } | { from: 'list' };
  onClear(): void;
}

/** What can be done with the files that are ticked, or with all that are listed. */
export function ChosenFiles({ chosen, all, of, onClear }: ChosenFilesProps) {
  const openWith = useOpenWith();
  const ids = chosen.length > 0 ? chosen : all;
  if (ids.length === 0) return null;
  const media: NonNullable<Handover['media']> = { ids, ...of };
  return (
    <Group gap="xs" role="region" aria-label={t`Selection`}>
      <Text size="sm" role="status">
        {chosen.length > 0
          ? plural(ids.length, { one: 'With the chosen file:', other: 'With the # chosen files:' })
          : plural(ids.length, { one: 'With this file:', other: 'With all # files:' })}
      </Text>
      <BulkMenu entity="media" onChoose={({ kind }) => openWith(paths.bulk(kind), { media })} />
      {chosen.length > 0 && (
        <Button variant="subtle" size="compact-xs" color="gray" onClick={onClear}>
          <Trans>Clear</Trans>
        </Button>
      )}
    </Group>
  );
}
