import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPencil, IconPencilOff } from '@tabler/icons-react';
import { config } from '~/data/config';
import { readOnlyReason } from '~/data/read-only';
import { setReadOnly, useSession } from '~/data/session';

/** Keeps this tab from changing anything. On a phone it is in the header only while it is on: the account menu has it, too. */
export function ReadOnlyToggle() {
  const { t } = useLingui();
  const session = useSession();
  const { readOnly: always } = config();
  const readOnly = readOnlyReason(session) !== null;
  const Icon = readOnly ? IconPencilOff : IconPencil;
  return (
    <Tooltip label={readOnly ? t`Read-only mode is on: nothing can be changed` : t`Turn read-only mode on`}>
      <ActionIcon
        variant={readOnly ? 'filled' : 'subtle'}
        color={readOnly ? 'orange.9' : 'gray'}
        size="lg"
        aria-label={t`Read-only mode`}
        aria-pressed={readOnly}
        aria-disabled={always}
        {...(!readOnly && { visibleFrom: 'sm' })}
        onClick={() => (always ? undefined : void setReadOnly(!readOnly))}
      >
        <Icon size={20} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
