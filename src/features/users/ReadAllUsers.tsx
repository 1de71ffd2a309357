import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import type { Session } from '~/data/session';
import type { UserListState } from '~/data/user-list';
import { createdIn, rowFiltersSet } from '~/data/user-rows';
import { READ_PAGE, type UsersProgress } from '~/data/users-reader';
import { formatCount } from '~/lib/numbers';
import { ErrorNote } from '~/ui/ErrorNote';
import type { Reading } from '~/ui/reading';
import { lastSeenNote } from './last-seen';
import { rowFilterWords } from './row-filter-words';

export interface ReadControl {
  reading: Reading;
  progress: UsersProgress | null;
  onRead(): void;
  onCancel(): void;
}

/** In place of the list: what must be read to show it, what that costs, and how far it is. It never starts by itself. */
export function ReadAllUsers(props: ReadControl & { state: UserListState; session: Session }) {
  const { reading, progress, onRead, onCancel, state, session } = props;
  const words = rowFilterWords(state);
  const note = state.seen === 'any' ? null : lastSeenNote(session.version);
  const begun = progress !== null && progress.read > 0;
  return (
    <Paper withBorder p="lg" component="section" aria-label={t`Read the list`}>
      <Stack gap="sm" maw={640}>
        <Title order={2} size="h4">
          {rowFiltersSet(state) > 0 ? t`Synapse can’t filter the list this way` : t`Read the whole list`}
        </Title>
        {words !== null && <Text size="sm">{t`Your filter: ${words}.`}</Text>}
        <Text size="sm">{costWords(state)}</Text>
        {note !== null && (
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        )}
        {reading.error && !reading.isFetching && (
          <ErrorNote title={t`Could not read the whole list`} error={reading.error}>
            {begun && <Text size="sm">{t`What was read is kept: reading resumes where it stopped.`}</Text>}
          </ErrorNote>
        )}
        {reading.isFetching ? (
          <ReadProgress progress={progress} isPart={createdIn(state) !== null} onCancel={onCancel} />
        ) : (
          <Group gap="xs">
            <Button onClick={onRead}>{reading.error && begun ? t`Resume reading` : t`Read the list`}</Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function costWords(state: UserListState): string {
  const page = formatCount(READ_PAGE);
  if (state.created_to !== '') {
    return t`Glia can find where these dates begin in the list, with up to 20 small requests, and read that part: one request for each ${page} users. Reading changes nothing.`;
  }
  if (createdIn(state) !== null) {
    return t`Glia can read the newest accounts, back to this date, and filter them here: one request for each ${page} users. Reading changes nothing.`;
  }
  return t`Glia can read the whole list and filter it here: one request for each ${page} users. Reading changes nothing.`;
}

interface ReadProgressProps {
  progress: UsersProgress | null;
  /** Only a part of the list is read, and nobody knows how large it is. */
  isPart?: boolean;
  onCancel(): void;
}

/** How far the reading is, and the way out of it. */
export function ReadProgress({ progress, isPart = false, onCancel }: ReadProgressProps) {
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
          {total === null
            ? plural(read, { one: '# user read', other: '# users read' })
            : t`${done} of ${all} users read`}
        </Text>
        <Button size="xs" variant="default" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
