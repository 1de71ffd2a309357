import { ActionIcon as IconButton } from '@mantine/core';
import { IconPencil, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnyAction } from '~/actions/action';
import type { Entered } from '~/actions/form';
import { verdictOf } from '~/actions/plan';
import { refusalOf } from '~/actions/reading';
import { useSession, type Session } from '~/data/session';
import { asServer } from '~/job-store/action-jobs';
import type { Json } from '~/jobs/job';
import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { useTip } from '~/ui/use-tip';
import { ActionDialog } from './ActionDialog';
import { useSeenHere } from './use-seen-here';

const LOOKS = { pencil: IconPencil, plus: IconPlus, x: IconX } as const;

interface ActionPencilProps {
  /** An action and its contrary: the first one that has something to do. */
  actions: readonly AnyAction[];
  id: string;
  /** The item as the page shows it, in the form in which these actions look at it. The dialog looks again. */
  seen: unknown;
  /** What is entered, where the page knows it and the action has no form. */
  input?: Json;
  /** What its form begins with, where the page knows more than the action. */
  values?: Entered;
  /** `x`: takes away what it stands beside. `plus`: adds to it. */
  look?: keyof typeof LOOKS;
  /** What a reader hears, where the action's own label would not tell it from the others on the page. */
  label?: string;
  /** In the place of its dialog: the page asks for something first. */
  onChoose?: (action: AnyAction) => void;
}

/** A small button beside a fact: changes that fact by an action. Where it can't be changed, it says why. */
export function ActionPencil({
  actions,
  id,
  seen,
  input = null,
  values,
  look = 'pencil',
  label,
  onChoose,
}: ActionPencilProps) {
  const session = useSession();
  const [chosen, choose] = useState<AnyAction | null>(null);
  const offers = useSeenHere(actions, id, seen).flatMap(({ action, reason: here, ...one }) => {
    const found = here === undefined ? offerOf(action, id, one.seen, input, session) : { reason: here };
    return found ? [{ action, ...found }] : [];
  });
  const [first] = offers;
  const words = first ? (label ?? wordsOf(first.action.label)) : '';
  const reason = first?.reason == null ? null : wordsOf(first.reason);
  const { target, tip } = useTip<HTMLButtonElement>(reason === null ? words : sentence(words, reason), {
    multiline: true,
    ...(reason !== null && { w: 260 }),
  });
  if (!first) return null;
  const Icon = LOOKS[look];
  return (
    <>
      <IconButton
        {...target}
        variant="subtle"
        color="gray"
        size={26}
        aria-label={words}
        {...(reason !== null && {
          'data-disabled': true,
          'aria-disabled': true,
          'aria-description': reason,
          bg: 'transparent',
        })}
        onClick={() => reason === null && (onChoose ?? choose)(first.action)}
      >
        <Icon size={15} stroke={1.8} aria-hidden />
      </IconButton>
      {tip}
      {chosen && (
        <ActionDialog action={chosen} id={id} input={input} {...(values && { values })} onClose={() => choose(null)} />
      )}
    </>
  );
}

const sentence = (label: string, reason: string): string => `${label}. ${reason}`;

/** Why it can't be done, if so; null where there is nothing to do. Of an action with a form only what does not hang on what is entered. */
function offerOf(
  action: AnyAction,
  id: string,
  seen: unknown,
  input: Json,
  session: Session,
): { reason: Text | null } | null {
  const guarded = action.guard?.(asServer(session)) ?? null;
  if (guarded !== null) return { reason: guarded };
  if (action.form) return { reason: refusalOf({ ...action, refuseBy: () => [] }, seen, { id, me: session.userId }) };
  const found = verdictOf(action, id, seen, input, session.userId);
  if (found.verdict === 'nothing') return null;
  return { reason: found.verdict === 'cannot' ? found.reason : null };
}
