import { useLingui } from '@lingui/react/macro';
import { Radio, Stack, TextInput } from '@mantine/core';
import type { RemoveChoice } from './choice';

interface WhatToDoProps {
  choice: RemoveChoice;
  onChoose(part: Partial<RemoveChoice>): void;
}

/** The IDs of the chosen provider are removed, or become those of another one. */
export function WhatToDo({ choice, onChoose }: WhatToDoProps) {
  const { t } = useLingui();
  return (
    <>
      <Radio.Group
        label={t`What do you want to do?`}
        value={choice.what}
        onChange={(value) => onChoose({ what: value === 'rename' ? 'rename' : 'remove' })}
      >
        <Stack gap="sm" mt="xs">
          <Radio value="remove" label={t`Remove the IDs of this provider`} />
          <Radio
            value="rename"
            label={t`Rename the provider`}
            description={t`The IDs stay the same but move to another provider name, for example after its idp_id was changed.`}
          />
        </Stack>
      </Radio.Group>
      {choice.what === 'rename' && (
        <TextInput
          label={t`New provider name`}
          description={t`Exactly as Synapse calls it, such as oidc-company.`}
          value={choice.to}
          onChange={(event) => onChoose({ to: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
          maw={420}
        />
      )}
    </>
  );
}
