import { Text } from '@mantine/core';
import { Outside } from './Outside';

/** Beside a search that has an SQL wildcard in it: what the server makes of it. */
export function WildcardNote({ text }: { text: string }) {
  const means = [
    text.includes('_') && '“_” for any one character',
    text.includes('%') && '“%” for any text',
    text.includes('\\') && '“\\” for nothing',
  ].filter((one) => one !== false);
  return (
    <Text size="xs" c="dimmed">
      Synapse takes {means.join(' and ')}, so its list and its number may include more than what contains “
      <Outside text={text} />
      ”. A job for all that match leaves those out.
    </Text>
  );
}
