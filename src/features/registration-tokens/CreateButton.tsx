import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { AnyAction } from '~/actions/action';
import { useSession } from '~/data/session';
import { asServer } from '~/job-store/action-jobs';
import { wordsOf } from '~/lib/words';
import { NotYetButton } from '~/ui/NotYetButton';

/** Opens the dialog that creates tokens, or says why none can be created here. */
export function CreateButton({ action, onClick }: { action: AnyAction; onClick(): void }) {
  const session = useSession();
  const guarded = action.guard?.(asServer(session)) ?? null;
  const look = { size: 'xs', leftSection: <IconPlus size={14} aria-hidden /> } as const;
  return guarded === null ? (
    <Button {...look} onClick={onClick}>
      {t`Create tokens…`}
    </Button>
  ) : (
    <NotYetButton {...look} reason={wordsOf(guarded)}>
      {t`Create tokens…`}
    </NotYetButton>
  );
}
