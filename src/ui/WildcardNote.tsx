import { Trans } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { Outside } from './Outside';

/** Beside a search that has an SQL wildcard in it: what the server makes of it. */
export function WildcardNote({ text }: { text: string }) {
  return (
    <Text size="xs" c="dimmed">
      <Trans>
        Synapse reads “_” as any one character and “%” as any text, and ignores “\”. So the list and its count may
        include more than what contains “<Outside text={text} />
        ”. A job for all that match leaves those out.
      </Trans>
    </Text>
  );
}
