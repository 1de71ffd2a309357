import { plural } from '@lingui/core/macro';
import { Text } from '@mantine/core';

/** Numbers that lack something must not pass for whole ones. */
export function LostNote({ odd, missing }: { odd: number; missing: number }) {
  const lost = odd + missing;
  if (lost === 0) return null;
  return (
    <Text size="sm">
      {plural(lost, {
        one: '# row is not counted: it could not be read, or the list changed meanwhile.',
        other: '# rows are not counted: they could not be read, or the list changed meanwhile.',
      })}
    </Text>
  );
}
