import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { Held } from '~/actions/secrets';
import { Notice } from '~/ui/Notice';

/** A password, once: with a button that copies it. */
export function SecretShown({ held }: { held: Held }) {
  const { t } = useLingui();
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Notice tone="key" role="status" title={t`New password`}>
      <Stack gap="xs">
        {!held.isSure && (
          <Text size="sm">
            <Trans>No answer came. Either this password is set, or the old one still is: try this one first.</Trans>
          </Text>
        )}
        <Group gap="xs">
          <Code fz="md" style={{ overflowWrap: 'anywhere', userSelect: 'all' }}>
            {held.value}
          </Code>
          {'clipboard' in navigator && (
            <Button size="xs" variant="default" onClick={() => clipboard.copy(held.value)}>
              {clipboard.copied ? t`Copied` : t`Copy password`}
            </Button>
          )}
        </Group>
        <Text size="sm">
          <Trans>It is shown only once: Glia does not store it, not in Activity either.</Trans>
        </Text>
      </Stack>
    </Notice>
  );
}
