import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AnyAction } from '~/actions/action';
import { verdictOf } from '~/actions/plan';
import { asServer } from '~/job-store/action-jobs';
import { useSession } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { NotYetButton } from '~/ui/NotYetButton';
import { ActionDialog } from './ActionDialog';
import { ActionIcon } from './icons';
import { useSeenHere } from './use-seen-here';

interface ActionButtonProps {
  /** An action and its contrary: the first one that has something to do. */
  actions: readonly AnyAction[];
  id: string;
  /** The item as the page shows it, in the form in which these actions look at it. The dialog looks again. */
  seen: unknown;
}

/** A change that is made often, beside “More”. */
export function ActionButton({ actions, id, seen }: ActionButtonProps) {
  const session = useSession();
  const [chosen, choose] = useState<AnyAction | null>(null);
  const server = asServer(session);
  // With its first values: no refusal hangs on what is entered.
  const offers = useSeenHere(actions, id, seen).map(({ action, reason, ...here }) => {
    const guarded = action.guard?.(server) ?? reason ?? null;
    if (guarded !== null) return { action, reason: guarded };
    const entered = action.form?.read(action.form.initial);
    const input = entered && 'input' in entered ? entered.input : null;
    const found = verdictOf(action, id, here.seen, input, session.userId);
    if (found.verdict === 'nothing') return null;
    return { action, reason: found.verdict === 'cannot' ? found.reason : null };
  });
  const offer = offers.find((one) => one !== null);
  if (!offer) return null;
  const { action, reason } = offer;
  const label = wordsOf(action.label);
  const look = { size: 'xs', variant: 'default', leftSection: <ActionIcon action={action} /> } as const;
  return (
    <>
      {reason === null ? (
        <Button {...look} onClick={() => choose(action)}>
          {label}
        </Button>
      ) : (
        <NotYetButton {...look} reason={wordsOf(reason)}>
          {label}
        </NotYetButton>
      )}
      {chosen && <ActionDialog action={chosen} id={id} onClose={() => choose(null)} />}
    </>
  );
}
