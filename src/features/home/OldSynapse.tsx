import { Trans, useLingui } from '@lingui/react/macro';
import { List, Text } from '@mantine/core';
import { lostOn, updateAdvice } from '~/api/since';
import { isolatedWords } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { verbatim } from '~/ui/verbatim';

/** What this version of Synapse can't do, as sign-in said it, and that it should be updated. */
export function OldSynapse({ version }: { version: string }) {
  const { t } = useLingui();
  const lost = lostOn(version).map(wordsOf);
  const shown = isolatedWords(version);
  const onThis = verbatim(shown);
  const advice = updateAdvice(version);
  if (advice === null && lost.length === 0) return null;
  return (
    <Notice
      tone="warning"
      title={advice === null ? t`This homeserver runs an old version of Synapse, ${shown}` : wordsOf(advice)}
    >
      {lost.length > 0 && (
        <>
          <Text size="sm">
            <Trans>These don’t work with Synapse {onThis}:</Trans>
          </Text>
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
