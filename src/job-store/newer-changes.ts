import type { AnyAction } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { isSame } from '~/actions/reading';
import { changedBy } from '~/actions/undo';
import type { Job, JobSnapshot, Json } from '~/jobs/job';
import { jobs } from '~/jobs/registry';
import { readRows } from '~/jobs/row-slices';
import type { Text } from '~/lib/text';
import { keptJobs, openKept, readKeptJobs } from './kept-jobs';

/** A later job that changed an item again: it has to be undone before an older one can be. */
export interface NewerJob {
  readonly id: string;
  readonly title: Text;
}

/**
 * Which jobs left these items as they are now, as far as this browser knows. Asked only where an undo finds something else than
 * its job left: each later job of the same family is read from disk.
 * @param now how each item is, by its ID
 */
export async function newerChanges(
  action: AnyAction,
  older: JobSnapshot,
  now: ReadonlyMap<string, Json>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, NewerJob>> {
  const found = new Map<string, NewerJob>();
  if (now.size === 0) return found;
  await readKeptJobs();
  for (const { id, title } of laterJobs(action, older)) {
    if (found.size === now.size || signal?.aborted) break;
    // One that can't be read can't be undone either.
    // oxlint-disable-next-line no-await-in-loop -- newest first, and the first that knows ends it
    const job: Job | null = jobs.get(id) ?? (await openKept(id).catch(() => null));
    if (!job) continue;
    // oxlint-disable-next-line no-await-in-loop -- as above
    await readRows(
      job,
      (row) => {
        const state = now.get(row.id);
        const changed = state === undefined || found.has(row.id) ? null : changedBy(row);
        if (changed && state !== undefined && isSame(action, changed.after, state)) found.set(row.id, { id, title });
      },
      signal,
    );
  }
  return found;
}

/** Those of the same account that change the same state, newest first. */
function laterJobs(action: AnyAction, { id, owner, startedAt }: JobSnapshot): readonly JobSnapshot[] {
  // Of its variant for MAS, too: an action and its contrary share that as well.
  const watch = actionOf(action.kind)?.watch;
  const known = new Map<string, JobSnapshot>();
  for (const kept of keptJobs.get().jobs.values()) known.set(kept.id, kept.snapshot);
  for (const open of jobs.getSnapshot()) known.set(open.id, open);
  known.delete(id);
  return [...known.values()]
    .filter(
      (one) =>
        one.owner.baseUrl === owner.baseUrl &&
        one.owner.userId === owner.userId &&
        (one.startedAt ?? 0) >= (startedAt ?? 0) &&
        // An action and its contrary share it.
        actionOf(one.kind)?.watch === watch,
    )
    .toSorted((one, other) => (other.startedAt ?? 0) - (one.startedAt ?? 0));
}
