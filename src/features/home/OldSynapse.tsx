import { List, Text } from '@mantine/core';
import { lostOn, updateAdvice } from '~/api/since';
import { isolatedWords } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';

/** What this version of Synapse can't do, as sign-in said it, and that it should be updated. */
export function OldSynapse({ version }: { version: string }) {
  const lost = lostOn(version);
  const shown = isolatedWords(version);
  const advice = updateAdvice(version);
  if (advice === null && lost.length === 0) return null;
  return (
    <Notice tone="warning" title={advice === null ? `This homeserver runs Synapse ${shown}` : wordsOf(advice)}>
      {lost.length > 0 && (
        <>
          <Text size="sm">On Synapse {shown} these don’t work:</Text>
          <List size="sm">
            {lost.map((one) => (
              <List.Item key={one.id}>{wordsOf(one)}</List.Item>
            ))}
          </List>
        </>
      )}
    </Notice>
  );
}
