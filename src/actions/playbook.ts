import type { Json, Policy } from '~/jobs/job';
import type { Text } from '~/lib/text';
import type { AnyAction, Entity, LookAt, Phrase, Server } from './action';

/**
 * Several actions as one plan: an item is what all of them are about (an account, a report), and its steps are carried out in order,
 * each by the job of its own action (`playbook-job.ts`). So all that is promised of an action is promised of a step: there is no
 * second way to write.
 */
export interface Playbook<Input extends Json = Json> {
  /** `playbook.spam-wave`: in URLs, journals and reports. Never changes. */
  readonly kind: `playbook.${string}`;
  /** What its items are. */
  readonly entity: Entity | 'report';
  readonly phrase: Phrase;
  /** In order. Those that an input leaves out are not among them. */
  steps(input: Input): readonly Step<Input>[];
  /** What its steps are called, by their keys. Missing: they are named as their actions. */
  readonly labels?: Readonly<Record<string, Text>>;
  readonly policy?: Partial<Policy>;
}

/** What the steps are about. All of it is JSON. */
export interface Target {
  readonly id: string;
  /** For people, where the ID does not tell it. */
  readonly label?: string;
  /** What the plan knows of it, for the steps: the event of a report, its sender, its room. */
  readonly note?: Json;
}

export type Step<Input extends Json = Json> = ActionStep<Input> | ReadStep<Input>;

interface AnyStep {
  /** In journals and reports, so it never changes. */
  readonly key: string;
  readonly label: Text;
}

/** Changes things by an action. */
export interface ActionStep<Input extends Json = Json> extends AnyStep {
  readonly action: AnyAction;
  /** What the action is asked for. Missing: nothing. */
  input?(by: StepBy<Input>): Json;
  /** The IDs of what it changes, read when its turn comes. Missing: the item itself. A text: there is nothing to do, and why. */
  targets?(by: StepBy<Input>): Promise<readonly string[] | Text> | readonly string[] | Text;
  /**
   * Looks once more at a target just before it is changed: minutes or days may have passed since an earlier step looked, or since the
   * step read its targets. A text: it must not be changed any more, and why.
   */
  recheck?(by: StepBy<Input>, id: string): Promise<Text | null>;
  /** What the action can't or must not change needs no change here: a deactivated account can’t be locked. */
  readonly orElse?: 'leave-out';
}

/** Only reads: it notes what later steps need, or checks what earlier ones were to bring about. */
export interface ReadStep<Input extends Json = Json> extends AnyStep {
  /** What it does, in a sentence to read before. */
  readonly about: Text;
  read(by: StepBy<Input>): Promise<Found>;
}

export interface Found {
  /** Of a check. Missing: it is as it should be. `skipped`: as far as it can be, or can be looked at. */
  readonly status?: 'failed' | 'skipped';
  /** Of a check that failed: keys of earlier steps, which a retry carries out again on what is left by then. */
  readonly reopens?: readonly string[];
  readonly reason: Text;
  /** For the steps after it, under its key. */
  readonly noted?: Json;
}

export interface StepBy<Input extends Json = Json> {
  readonly target: Target;
  readonly input: Input;
  /** What earlier steps noted, by their keys. */
  readonly noted: Readonly<Record<string, Json>>;
  readonly server: Server;
  /** Waits where everyone does. @throws HomeserverError */
  readonly look: LookAt;
  /** Resolves after so many ms: for what the homeserver still does in the background. */
  wait(ms: number): Promise<void>;
}

/** A playbook as it is written: checked against its own input, and read as any. */
export const definePlaybook = <Input extends Json>(playbook: Playbook<Input>): Playbook => playbook;

export const changes = (step: Step): step is ActionStep => 'action' in step;

/** Whether it is confirmed by typing the number: one of its steps can’t be undone. */
export const losesForGood = (steps: readonly Step[]): boolean =>
  steps.some((step) => changes(step) && (step.action.danger === true || typeof step.action.undo === 'object'));
