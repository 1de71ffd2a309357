import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { ownerOf } from '~/data/session';
import { paths } from '~/lib/paths';
import { AccountMark } from './AccountMark';
import { openAs } from './open-as';
import { useOthersJobs } from './open-jobs';

/** What goes on for accounts of this tab that are not shown now, and the way there. */
export function OthersJobs() {
  const { t } = useLingui();
  const others = useOthersJobs();
  if (others.length === 0) return null;
  return (
    <Stack gap={4} role="group" aria-label={t`Jobs of your other accounts`}>
      {others.map(({ session, count }) => (
        <Group key={`${session.homeserver.baseUrl} ${session.userId}`} gap="xs" justify="space-between">
          <Group gap="xs" style={{ minWidth: 0 }}>
            <AccountMark session={session} />
            <Text size="sm" c="dimmed">
              {plural(count, { one: '# job is not finished', other: '# jobs are not finished' })}
            </Text>
          </Group>
          <Button size="compact-sm" variant="default" onClick={() => openAs(ownerOf(session), paths.jobs())}>
            {t`Show its jobs`}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
