import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LongRead } from '~/data/long-read';
import { formatCount } from '~/lib/numbers';
import { ErrorNote } from '~/ui/ErrorNote';
import { AsOf, StaleNote } from '~/ui/Freshness';

interface ReadFirstProps<Data> {
  reading: LongRead<Data>;
  /** What it costs, in sentences to read before. */
  cost: ReactNode;
  /** “Read the largest files” */
  button: string;
  /** “Could not read the largest files” */
  unread: string;
  /** “Read the largest files again” */
  refresh: string;
  /** What is chosen first: how much is read. */
  choice?: ReactNode;
  children(data: Data): ReactNode;
}

/** What takes many requests: what they are for and how many, then how far they are, then what they found. */
export function ReadFirst<Data>({ reading, cost, button, unread, refresh, choice, children }: ReadFirstProps<Data>) {
  const { data, error, isFetching } = reading;
  return (
    <Stack gap="sm">
      <Paper withBorder p="md">
        <Stack gap="sm">
          <Text size="sm" component="div" maw={760}>
            {cost}
          </Text>
          {error && data === undefined && <ErrorNote title={unread} error={error} />}
          <Group gap="sm" align="flex-end">
            {choice}
            {isFetching ? (
              <Reading reading={reading} />
            ) : data === undefined ? (
              <Button size="sm" onClick={reading.refetch}>
                {button}
              </Button>
            ) : (
              <AsOf reading={reading} label={refresh} />
            )}
          </Group>
        </Stack>
      </Paper>
      <StaleNote reading={reading} />
      {data !== undefined && children(data)}
    </Stack>
  );
}

/** How far it is, and the way out of it. */
export function Reading({ reading: { progress, stop } }: { reading: Pick<LongRead<unknown>, 'progress' | 'stop'> }) {
  const of = progress?.of ?? null;
  const [done, all] = [formatCount(progress?.done ?? 0), formatCount(of ?? 0)];
  return (
    <Group gap="sm" style={{ flex: '1 1 14rem' }}>
      <Progress
        style={{ flex: 1, minWidth: '8rem' }}
        value={of === null || of === 0 ? 100 : Math.min(100, (100 * (progress?.done ?? 0)) / of)}
        animated={of === null}
        aria-label={t`Reading`}
      />
      <Text size="sm" role="status">
        {of === null ? t`Reading…` : t`${done} of ${all} read`}
      </Text>
      <Button size="xs" variant="default" onClick={stop}>
        <Trans>Stop</Trans>
      </Button>
    </Group>
  );
}
