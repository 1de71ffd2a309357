import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { Held } from '~/actions/secrets';
import { Notice } from '~/ui/Notice';

/** A secret, once: with a button that copies it. */
export function SecretShown({ noun, held }: { noun: string; held: Held }) {
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Notice tone="key" role="status" title={`The new ${noun}`}>
      <Stack gap="xs">
        {!held.isSure && (
          <Text size="sm">{`No answer came. Either this ${noun} is set, or the old one still is: try this one first.`}</Text>
        )}
        <Group gap="xs">
          <Code fz="md" style={{ overflowWrap: 'anywhere', userSelect: 'all' }}>
            {held.value}
          </Code>
          {'clipboard' in navigator && (
            <Button size="xs" variant="default" onClick={() => clipboard.copy(held.value)}>
              {clipboard.copied ? 'Copied' : `Copy ${noun}`}
            </Button>
          )}
        </Group>
        <Text size="sm">It is shown this once. Glia does not keep it, and neither does Activity.</Text>
      </Stack>
    </Notice>
  );
}
