import type { Json, LedgerRow } from '~/jobs/job';
import type { Text } from '~/lib/text';
import { canUndo, type AnyAction } from './action';
import { changes, type Playbook } from './playbook';
import { stepsOf } from './playbook-parts';
import { changedBy, type Changed } from './undo';

/** How a step of a playbook is undone: as the action that it carried out, by what the job kept of each of its targets. Pure. */

export interface StepToUndo {
  readonly key: string;
  readonly label: Text;
  readonly action: AnyAction;
}

/** The steps whose own action can be undone. */
export const stepsToUndo = (playbook: Playbook, input: Json): readonly StepToUndo[] =>
  playbook
    .steps(input)
    .flatMap((step) =>
      changes(step) && canUndo(step.action) ? [{ key: step.key, label: step.label, action: step.action }] : [],
    );

/** What this step changed of a row, or may have changed. */
export function changedByStep(row: LedgerRow, key: string): readonly Changed[] {
  const step = stepsOf(row).find((one) => one.key === key);
  return [...(step?.changes.values() ?? [])].flatMap(({ id, kept, end }) => {
    const change = changedBy({
      id,
      status: end?.status ?? 'unknown',
      before: kept,
      ...((end ? end.doubtful : row.unanswered === true) && { unanswered: true }),
    });
    return change ? [change] : [];
  });
}
