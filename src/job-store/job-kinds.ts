import type { Json, JobSpec } from '~/jobs/job';
import { isReading } from '~/jobs/reading-kind';
import type { Text } from '~/lib/text';
import type { Owner } from '~/data/session';

/** How the jobs of each kind are revived after a reload: features bring the code, and app registers it here. */

export interface Kept {
  /** Of the job. Missing: only its plan is wanted. */
  id?: string;
  title: Text;
  owner: Owner;
  /** What `JobSpec.keep.plan` was. */
  plan: Json;
  /** What `JobSpec.keep.pack` made of each item. */
  items: readonly Json[];
}

/** The spec of a job that was kept. Rejects where another version of Glia kept it in another form. */
export type Revive = (kept: Kept) => Promise<JobSpec<unknown>>;

const kinds = new Map<string, () => Promise<Revive>>();

/** @param load brings its code: only when there is such a job */
export function registerKind(kind: string, load: () => Promise<Revive>): void {
  kinds.set(kind, load);
}

let others: ((kind: string) => Promise<Revive | undefined>) | undefined;

/** @param load brings back the jobs of all other kinds: those of actions */
export function registerOtherKinds(load: (kind: string) => Promise<Revive | undefined>): void {
  others = load;
}

/** Undefined where this Glia does not know the kind. */
export async function reviverOf(kind: string): Promise<Revive | undefined> {
  if (isReading({ kind })) return (await import('./revive-reading')).reviveReading;
  return kinds.get(kind)?.() ?? others?.(kind);
}
