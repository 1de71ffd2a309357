import { HeldBack, type Json, type RunContext } from '~/jobs/job';
import type { TaskState } from './action';
import type { Kept } from './plan';

/** How long Glia waits between two looks at a task on the homeserver, ms: longer with each. */
const FIRST_MS = 400;
const LONGEST_MS = 10_000;
/** So many looks in a row may get no answer: a proxy or the homeserver restarts. The task does not mind. */
const UNREAD_IN_A_ROW = 6;

/** What a look at a task finds. */
export type FoundTask = TaskState | Unread;
export interface Unread {
  readonly status: 'unread';
  readonly error: Error;
}
export type EndedTask = Exclude<FoundTask, { status: 'running' | 'unread' }>;

/**
 * Waits for a task on the homeserver to end. A pause or a stop does not wait: the item is put back, and the next try follows the
 * same task, also after a reload.
 *
 * @throws HeldBack, and the last error where look after look gets no answer
 */
export async function followTask(look: () => Promise<FoundTask>, context: RunContext): Promise<EndedTask> {
  let unread = 0;
  for (let wait = FIRST_MS; ; wait = Math.min(wait * 1.5, LONGEST_MS)) {
    context.holdBack(true);
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    const state = await look();
    unread = state.status === 'unread' ? unread + 1 : 0;
    if (state.status === 'unread') {
      if (unread >= UNREAD_IN_A_ROW) throw state.error;
    } else if (state.status !== 'running') return state;
    // oxlint-disable-next-line no-await-in-loop -- as above
    await context.follow(wait);
  }
}

/** Notes which task works on the item. What holds a change back comes too late here: it was sent. */
export async function keepTask(kept: Kept, context: RunContext): Promise<void> {
  try {
    await context.keepBefore({ ...kept });
  } catch (error) {
    if (!(error instanceof HeldBack)) throw error;
  }
}

/** The task ended without success: the next try starts another one, and does not take this one for what was sent before. */
export function pastTask({ known, ...kept }: Kept, details?: Json): Kept {
  const { task } = kept;
  const more = details === undefined ? {} : { details };
  return { ...withoutTask(kept), ...more, ...(known && { known: task === undefined ? known : [...known, task] }) };
}

/** The same without its task. */
export function withoutTask(kept: Kept): Kept {
  const { task: _task, alone: _alone, ...rest } = kept;
  return rest;
}

/** Nothing depends on it: if it can’t be kept, or the job was paused, the item is still done. */
export async function keepAnswered(kept: Kept, context: RunContext): Promise<void> {
  try {
    await context.keepBefore({ ...kept, answered: true });
  } catch {
    // As above.
  }
}
