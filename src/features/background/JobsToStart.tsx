import { t } from '@lingui/core/macro';
import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { BackgroundStatus } from '~/api/background';
import { lacks } from '~/api/since';
import { useSession } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { Id } from '~/ui/Id';
import { NotYetButton } from '~/ui/NotYetButton';
import { JOBS } from './words';

interface JobsToStartProps {
  /** Undefined: not read yet. */
  status: BackgroundStatus | undefined;
  onStart(name: string): void;
}

/** What Synapse can be asked to build anew, and why one would. */
export function JobsToStart({ status, onStart }: JobsToStartProps) {
  const { version } = useSession();
  const running = new Set(Object.values(status?.current_updates ?? {}).map(({ name }) => name));
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">{t`Repair what Synapse works out itself`}</Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {JOBS.map(({ name, label, about, cost, needs }) => {
          const words = wordsOf(label);
          const lacking = needs === undefined ? null : lacks(version, needs);
          const whyNot = lacking === null ? (running.has(name) ? t`It is running now.` : null) : wordsOf(lacking);
          const look = {
            size: 'xs',
            variant: 'default',
            // At the end of its line also where the name of the update takes the line above.
            ms: 'auto',
            leftSection: <IconPlayerPlay size={14} aria-hidden />,
          } as const;
          return (
            <Paper key={name} withBorder p="md" radius="md">
              <Stack gap="xs" h="100%" justify="space-between">
                <div>
                  <Text fw={600}>{words}</Text>
                  <Text size="sm" c="dimmed">
                    {wordsOf(about)}
                  </Text>
                  <Text size="sm" c="dimmed" mt={4}>
                    {wordsOf(cost)}
                  </Text>
                </div>
                <Group justify="space-between" gap="xs">
                  <Id value={name} plain />
                  {whyNot !== null ? (
                    <NotYetButton {...look} reason={whyNot} aria-label={t`Start: ${words}`}>
                      {t`Start…`}
                    </NotYetButton>
                  ) : (
                    <Button {...look} onClick={() => onStart(name)} aria-label={t`Start: ${words}`}>
                      {t`Start…`}
                    </Button>
                  )}
                </Group>
              </Stack>
            </Paper>
          );
        })}
      </SimpleGrid>
    </Stack>
  );
}
