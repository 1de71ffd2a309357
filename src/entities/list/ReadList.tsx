import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ReadProgress } from '~/data/list-reader';
import { formatCount } from '~/lib/numbers';
import { ErrorNote } from '~/ui/ErrorNote';
import type { Reading } from '~/ui/reading';

export interface ReadControl {
  reading: Reading;
  progress: ReadProgress | null;
  onRead(): void;
  onCancel(): void;
}

export interface ReadWords {
  /** “12 users read” */
  read(count: number): string;
  /** “1,000 of 9,800 users read” */
  readOf(done: string, all: string): string;
}

interface ReadListProps extends ReadControl {
  words: ReadWords;
  title: string;
  /** The filter in words, what the reading costs, and what else is to be known before. */
  children: ReactNode;
  /** Only a part of the list is read, and nobody knows how large it is. */
  isPart?: boolean;
}

/** In place of a list: what must be read to show it, what that costs, and how far it is. It never starts by itself. */
export function ReadList({
  reading,
  progress,
  onRead,
  onCancel,
  words,
  title,
  children,
  isPart = false,
}: ReadListProps) {
  const begun = progress !== null && progress.read > 0;
  return (
    <Paper withBorder p="lg" component="section" aria-label={t`Read the list`}>
      <Stack gap="sm" maw={640}>
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
        {reading.error && !reading.isFetching && (
          <ErrorNote title={t`Could not read the whole list`} error={reading.error}>
            {begun && <Text size="sm">{t`What was read is kept: reading resumes where it stopped.`}</Text>}
          </ErrorNote>
        )}
        {reading.isFetching ? (
          <ListProgress progress={progress} isPart={isPart} words={words} onCancel={onCancel} />
        ) : (
          <Group gap="xs">
            <Button onClick={onRead}>{reading.error && begun ? t`Resume reading` : t`Read the list`}</Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

interface ListProgressProps {
  progress: ReadProgress | null;
  words: ReadWords;
  isPart?: boolean;
  onCancel(): void;
}

/** How far the reading is, and the way out of it. */
export function ListProgress({ progress, words, isPart = false, onCancel }: ListProgressProps) {
  const read = progress?.read ?? 0;
  const total = isPart ? null : (progress?.total ?? null);
  const [done, all] = [formatCount(read), formatCount(total ?? 0)];
  return (
    <Stack gap="xs">
      <Progress
        value={total === null || total === 0 ? 100 : Math.min(100, (100 * read) / total)}
        animated={total === null}
        aria-label={t`Reading the list`}
      />
      <Group justify="space-between" gap="xs">
        <Text size="sm" role="status">
          {total === null ? words.read(read) : words.readOf(done, all)}
        </Text>
        <Button size="xs" variant="default" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
