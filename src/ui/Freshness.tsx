import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { clock } from '~/lib/dates';
import { isTime } from '~/lib/times';
import { Notice } from './Notice';
import type { Reading } from './reading';
import { wordsOfError } from '~/lib/words';

interface AsOfProps {
  reading: Omit<Reading, 'data'>;
  /** “Refresh users”: several of them may stand on one page. */
  label: string;
}

/** How old what is shown is, and the way to read it again. */
export function AsOf({ reading, label }: AsOfProps) {
  const { dataUpdatedAt, isFetching, refetch } = reading;
  const time = clock(dataUpdatedAt);
  return (
    <Group gap={6} wrap="nowrap">
      {isTime(dataUpdatedAt) && dataUpdatedAt > 0 && (
        <Text span size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {t`as of ${time}`}
        </Text>
      )}
      <Tooltip label={label}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={label}
          aria-busy={isFetching}
          onClick={() => void refetch()}
        >
          <IconRefresh size={16} stroke={1.6} aria-hidden opacity={isFetching ? 0.4 : 1} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

/** Over data that is still shown though the last reading failed: old rows must never pass for new ones. */
export function StaleNote({ reading }: { reading: Reading }) {
  const { data, error, dataUpdatedAt, isFetching, refetch } = reading;
  if (data === undefined || error === null) return null;
  const time = clock(dataUpdatedAt);
  return (
    <Notice role="alert" tone="warning" title={t`Could not refresh`}>
      {/* Each on its own line: what a server says may end without a full stop. */}
      <div>
        <bdi>{wordsOfError(error)}</bdi>
      </div>
      <div>{t`Showing data from ${time}.`}</div>
      <Group mt={6}>
        <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t`Try again`}
        </Button>
      </Group>
    </Notice>
  );
}
