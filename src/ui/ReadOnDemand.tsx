import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatCount } from '~/lib/numbers';
import { ErrorNote } from './ErrorNote';
import { AsOf, StaleNote } from './Freshness';
import { Guard } from './Guard';
import type { Reading } from './reading';

export interface ReadControl<Data> {
  readonly reading: Reading<Data>;
  readonly progress: { readonly read: number; readonly total: number | null } | null;
  onRead(): void;
  onCancel(): void;
}

interface ReadOnDemandProps<Data> {
  title: string;
  /** What is in it, in a sentence. */
  about: string;
  /** What it costs the homeserver: “One request for each 1,000 users: 10 requests.” */
  cost: string;
  /** “Count new users” */
  show: string;
  /** Why it can't be had here, in a sentence. */
  lacking?: string | null;
  control: ReadControl<Data>;
  children(data: Data): ReactNode;
}

/** A part of a page that costs the homeserver much: it is read at a click, which says what it costs, and can be cancelled. */
export function ReadOnDemand<Data>(props: ReadOnDemandProps<Data>) {
  const { title, about, cost, show, lacking = null, control, children } = props;
  const { reading, progress, onRead, onCancel } = control;
  const { data, error, isFetching } = reading;
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <Title order={2} size="h5">
            {title}
          </Title>
          {data !== undefined && <AsOf reading={reading} label={t`Read again: ${title}`} />}
        </Group>
        {lacking !== null && (
          <Text size="sm" c="dimmed">
            {lacking}
          </Text>
        )}
        {lacking === null && data === undefined && (
          <Text size="sm" c="dimmed">
            {about} {cost}
          </Text>
        )}
        {data === undefined && error !== null && !isFetching && (
          <ErrorNote title={t`Could not read this`} error={error} />
        )}
        {isFetching && <HowFar progress={progress} title={title} onCancel={onCancel} />}
        {data !== undefined && (
          <>
            <StaleNote reading={reading} />
            <Guard of={data} isPart>
              <Content data={data} make={children} />
            </Guard>
          </>
        )}
        {lacking === null && data === undefined && !isFetching && (
          <Group>
            <Button size="xs" variant="default" onClick={onRead}>
              {error === null ? show : t`Try again`}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function HowFar({
  progress,
  title,
  onCancel,
}: {
  progress: ReadControl<unknown>['progress'];
  title: string;
  onCancel(): void;
}) {
  const { read = 0, total = null } = progress ?? {};
  const [done, all] = [formatCount(read), formatCount(total ?? 0)];
  return (
    <Stack gap={4}>
      <Progress
        value={total === null || total === 0 ? 100 : Math.min(100, (100 * read) / total)}
        animated={total === null}
        aria-label={t`Reading: ${title}`}
      />
      <Group justify="space-between" gap="xs">
        <Text size="sm" role="status">
          {total === null ? t`${done} read` : t`${done} of ${all} read`}
        </Text>
        <Button size="compact-xs" variant="default" onClick={onCancel} aria-label={t`Cancel: ${title}`}>
          <Trans>Cancel</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

/** A component of its own: what throws while it is made is then inside the guard. */
function Content<Data>({ data, make }: { data: Data; make(data: Data): ReactNode }) {
  return make(data);
}
