import { plural, t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '~/data/session';
import { users } from '~/data/users';
import { formatBytes } from '~/lib/bytes';
import { isCount } from '~/lib/numbers';
import { wordsOf } from '~/lib/words';
import { ErrorNote } from '~/ui/ErrorNote';
import { Notice } from '~/ui/Notice';
import type { Choice } from './archive';
import classes from './data-request.module.css';
import { ALL_PARTS, isWanted } from './make-archive';
import { PART_WORDS } from './part-words';
import { canStream, MEMORY_LIMIT } from './target';

interface ChooseArchiveProps {
  userId: string;
  choice: Choice;
  onChange(patch: Partial<Choice>): void;
  /** @param expected about how many bytes it will have */
  onMake(expected: number): void;
}

/** What goes into the archive, and what that means, before anything is read. */
export function ChooseArchive({ userId, choice, onChange, onMake }: ChooseArchiveProps) {
  const { t } = useLingui();
  const { homeserver } = useSession();
  const listed = useQuery(users.media(homeserver, userId, { limit: 1 }));
  const sized = useQuery(users.mediaBytes(homeserver, userId));
  const count = isCount(listed.data?.total) ? listed.data.total : null;
  const bytes = sized.data ?? (count === 0 ? 0 : null);
  const { without, files } = choice;
  const tick = (id: (typeof ALL_PARTS)[number], isIn: boolean) =>
    onChange({ without: isIn ? without.filter((other) => other !== id) : [...without, id] });
  const isTooLarge = files && !canStream() && bytes !== null && bytes > MEMORY_LIMIT;
  const limit = formatBytes(MEMORY_LIMIT);
  return (
    <>
      <Text size="sm" maw={820}>
        <Trans>
          A ZIP file with what this homeserver has of the user, as it answers it, and a text that says what is in it and
          what isn’t. It is made in this browser. Nothing changes on the homeserver.
        </Trans>
      </Text>
      <Notice title={t`Messages are not in it`}>
        {t`Synapse’s admin API can’t list what one user sent, and can’t read encrypted messages at all. The user can export their chats in their own app.`}
      </Notice>
      <section className={classes.card}>
        <Title order={2} size="h4" mb="sm">
          <Trans>What to include</Trans>
        </Title>
        <div className={classes.parts}>
          {ALL_PARTS.map((id) => {
            const { label, about } = PART_WORDS[id];
            return (
              <Checkbox
                key={id}
                label={wordsOf(label)}
                description={wordsOf(about)}
                checked={isWanted(id, choice)}
                disabled={files && id === 'media'}
                onChange={(event) => tick(id, event.currentTarget.checked)}
              />
            );
          })}
        </div>
      </section>
      <section className={classes.card}>
        <Title order={2} size="h4" mb="sm">
          <Trans>Files</Trans>
        </Title>
        <Stack gap="sm">
          <Checkbox
            label={t`Also include the files themselves`}
            description={filesWords(count, bytes)}
            checked={files}
            disabled={count === 0}
            onChange={(event) => onChange({ files: event.currentTarget.checked })}
          />
          {listed.error && (
            <ErrorNote
              title={t`Could not count the files`}
              error={listed.error}
              onRetry={() => void listed.refetch()}
            />
          )}
          {files && (
            <Text size="sm" maw={760}>
              <Trans>
                You open each file by this: it counts as accessed today, so jobs that delete old media keep it for
                longer. Quarantined files and previews of links are left out.
              </Trans>
            </Text>
          )}
          {files && !canStream() && (
            <Notice tone={isTooLarge ? 'warning' : 'plain'} title={t`This browser can hold ${limit} at most`}>
              {t`It can’t write the archive straight to disk. The oldest files come first, and those that no longer fit are listed as missing. Chrome and Edge have no such limit.`}
            </Notice>
          )}
        </Stack>
      </section>
      <Group gap="sm">
        <Button
          leftSection={<IconFileZip size={18} aria-hidden />}
          disabled={ALL_PARTS.every((id) => !isWanted(id, choice))}
          onClick={() => onMake(files ? (bytes ?? 0) : 0)}
        >
          <Trans>Make the archive</Trans>
        </Button>
        <Text size="sm" c="dimmed">
          <Trans>Activity lists that you read this user’s data.</Trans>
        </Text>
      </Group>
    </>
  );
}

function filesWords(count: number | null, bytes: number | null): string {
  if (count === null) return t`How many there are isn’t known yet.`;
  if (count === 0) return t`This user has no files.`;
  const size = bytes === null ? null : formatBytes(bytes);
  return size === null
    ? t`${plural(count, { one: '# file', other: '# files' })}. The homeserver’s statistics don’t say how large they are.`
    : t`${plural(count, { one: '# file', other: '# files' })}, ${size} according to the homeserver’s statistics.`;
}
