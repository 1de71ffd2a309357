import { List, Text } from '@mantine/core';
import { lostOn, updateAdvice } from '~/api/since';
import { Notice } from '~/ui/Notice';

/** What this version of Synapse can't do, as sign-in said it, and that it should be updated. */
export function OldSynapse({ version }: { version: string }) {
  const lost = lostOn(version);
  const advice = updateAdvice(version);
  if (advice === null && lost.length === 0) return null;
  return (
    <Notice tone="warning" title={advice ?? `This homeserver runs Synapse ${version}`}>
      {lost.length > 0 && (
        <>
          <Text size="sm">On Synapse {version} these don’t work:</Text>
          <List size="sm">
            {lost.map((one) => (
              <List.Item key={one}>{one}</List.Item>
            ))}
          </List>
        </>
      )}
    </Notice>
  );
}
