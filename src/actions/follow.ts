import { HeldBack, type RunContext } from '~/jobs/job';
import type { TaskState } from './action';
import type { Kept } from './plan';

/** How long Glia waits between two looks at a task on the homeserver, ms: longer with each. */
const FIRST_MS = 400;
const LONGEST_MS = 10_000;

/**
 * Waits for a task on the homeserver to end. A pause or a stop does not wait: the item is put back, and the next try follows the
 * same task, also after a reload.
 *
 * @throws HeldBack
 */
export async function followTask(
  look: () => Promise<TaskState>,
  context: RunContext,
): Promise<Exclude<TaskState, { status: 'running' }>> {
  for (let wait = FIRST_MS; ; wait = Math.min(wait * 1.5, LONGEST_MS)) {
    context.holdBack(true);
    const state = await look();
    if (state.status !== 'running') return state;
    await context.follow(wait);
  }
}

/** Notes which task works on the item. What holds a change back comes too late here: it was sent. */
export async function keepTask(kept: Kept, task: string, context: RunContext): Promise<void> {
  try {
    await context.keepBefore({ ...kept, task });
  } catch (error) {
    if (!(error instanceof HeldBack)) throw error;
  }
}
