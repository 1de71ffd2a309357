import type { Homeserver } from '~/api/request';
import type { Text } from '~/lib/text';
import type { Closing, Columns, Fault, Json, Outcome, Policy, RunContext } from '~/jobs/job';

/**
 * What a job of an action does besides the changes of its plan, each an item of its own: it first gets the power that they take,
 * and last puts back what it changed for its own run.
 */

/** A step, among the items of a job. All of it is JSON. */
export interface StepItem {
  readonly id: string;
  /** Which step of the action it is. Missing: a change. */
  readonly step?: string;
  readonly planned: Json;
  readonly goal: Json;
}

export interface StepGround {
  readonly owner: { readonly baseUrl: string; readonly userId: string };
  /** With today's token; throws what `classify` takes for a lost token. */
  homeserver(): Homeserver;
  classify(error: unknown): Fault;
}

/** Made anew for each job: it may remember how a step ended. */
export interface Steps {
  run(item: StepItem, context: RunContext): Promise<Outcome>;
  verify(item: StepItem, context: RunContext): Promise<Outcome | { status: 'not-done' }>;
  /** Why an item can't be changed after a step before it failed, or null. */
  blocks(id: string): Text | null;
  columns(item: StepItem): Columns;
  classify(error: unknown): Fault;
  /** Of all items, in the place of the action's own. */
  lane?(item: StepItem): string;
  /** The last item puts back what the job changed for its own run. */
  readonly closing?: Closing;
  readonly policy?: Partial<Policy>;
}
