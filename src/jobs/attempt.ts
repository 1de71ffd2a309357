import { textOfError } from '~/lib/text-error';
import { HeldBack, type Fault, type JobSpec, type Json, type NotDone, type Outcome, type RunContext } from './job';

const NOT_SAID = /*i18n*/ { id: 'job.not-said', message: 'The job did not say how this ended.' };

/** How one try ended: with an answer, with what the thrown error means, or not at all, since everyone waits. */
export type Result = { answer: Outcome | NotDone } | { fault: Fault } | { heldBack: HeldBack };

/** The state before, as an answer says it. */
export const beforeIn = (result: Result): Json | undefined =>
  'answer' in result && 'before' in result.answer ? result.answer.before : undefined;

/** Tries one item, or looks whether it happened. Never throws. */
export async function attempt<Item>(
  spec: JobSpec<Item>,
  item: Item,
  verifying: boolean,
  context: RunContext,
): Promise<Result> {
  try {
    const answer = verifying ? await spec.verify?.(item, context) : await spec.run(item, context);
    const statuses: unknown[] = ['done', 'skipped', 'failed', ...(verifying ? ['not-done'] : [])];
    if (answer && statuses.includes(answer.status)) return { answer };
    // A mistake in the job, beyond the compiler's sight. It was sent: never call that a success, or untouched.
    return { fault: { kind: 'unanswered', reason: NOT_SAID } };
  } catch (error) {
    return error instanceof HeldBack ? { heldBack: error } : { fault: classify(spec, error) };
  }
}

function classify<Item>(spec: JobSpec<Item>, error: unknown): Fault {
  try {
    return spec.classify(error);
  } catch {
    // A mistake in the job. It was sent: never say that nothing was changed.
    return { kind: 'unanswered', reason: textOfError(error) };
  }
}
