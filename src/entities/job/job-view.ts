import type { ComponentType } from 'react';
import type { Handover } from '~/data/handover';
import type { Job, Json, LedgerRow } from '~/jobs/job';
import type { JobSum } from '~/ui/job/JobDetails';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import type { UndoOffer } from '~/ui/job/UndoButton';

/** What the page of a job has to know of its kind. Jobs of actions get theirs from the action. */
export interface JobView {
  /** How its items are shown. */
  look(job: Job): LedgerLook;
  /** What the rows add up to, beside their number. */
  readonly sum?: JobSum;
  /** What an admin should know besides: what is still cached, what has to be put back. */
  readonly Notes?: ComponentType<{ job: Job }>;
  /** How it is undone; a sentence where it can't be. */
  undo(job: Job): UndoOffer | string;
  /** The plan of its undo, where the action that undoes it does not make it alone. */
  readonly Undo?: ComponentType<{ job: Job }>;
  /**
   * Where a new plan begins for the items that are left, and what it begins with. Missing: they can't be named there.
   * @param plan what the job keeps beside its items; null where this browser keeps none of it
   */
  again?(rows: readonly LedgerRow[], plan: Json): { readonly to: string; readonly with: Handover };
}

const loaders = new Map<string, () => Promise<JobView>>();
const loaded = new Map<string, Promise<JobView>>();

/** @param load brings its code: only when such a job is opened */
export function registerView(kind: string, load: () => Promise<JobView>): void {
  loaders.set(kind, load);
}

/** The same promise each time, so that a component may `use` it. Undefined where no feature shows this kind. */
export function viewOf(kind: string): Promise<JobView> | undefined {
  const known = loaded.get(kind) ?? loaders.get(kind)?.();
  if (known) loaded.set(kind, known);
  return known;
}
