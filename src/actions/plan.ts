import { HomeserverError } from '~/api/errors';
import type { Json } from '~/jobs/job';
import { withValues, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import type { AnyAction } from './action';
import { identityOf, isSame, refusalOf, stateOf } from './reading';
import type { StepItem } from './steps';

/** One item of a job: what a look found for the plan, and what is to be there afterwards. All of it is JSON. */
export interface ActionItem extends StepItem {
  /** What told the item from another one of the same name; null: nothing does. */
  readonly identity: Json;
  /** What the action notes of it besides. */
  readonly note?: Json;
  /** For people, where the ID does not tell it: the name of a room. */
  readonly label?: string;
  /** A request of the job that is undone got no answer: it may come after this one, and undo it. */
  readonly late?: true;
}

/** What the ledger keeps of an item before it is changed: enough to undo it. Journals are read with it, so it only ever grows. */
export interface Kept {
  readonly kept: 'action/1';
  readonly before: Json;
  readonly goal: Json;
  readonly identity: Json;
  readonly note?: Json;
  /** An answer said that this job changed it (true), or nobody knows (false), however the row ended. Missing: its ending tells. */
  readonly taken?: boolean;
  /** The task on the homeserver that works on it. */
  readonly task?: string;
  /** The tasks of the item just before it was changed. */
  readonly known?: readonly string[];
  /** Of the task: no other request of the item is without an answer. */
  readonly alone?: true;
  /** What the homeserver reported of a task that failed. */
  readonly details?: Json;
  /** The change was answered with success, and only what the homeserver does afterwards was still looked at. */
  readonly answered?: true;
}

/** What would become of one item. */
export type Verdict =
  | { readonly verdict: 'will'; readonly item: ActionItem; readonly reason: Text }
  | {
      readonly verdict: 'nothing' | 'cannot';
      readonly id: string;
      readonly label?: string;
      readonly now: Json | null;
      readonly reason: Text;
      /** An undo finds it neither as its job left it nor as it was before: a later job may have changed it. */
      readonly changedSince?: true;
    };

export const GONE = /*i18n*/ { id: 'action.gone', message: 'It does not exist on this homeserver.' };
export const ALREADY = /*i18n*/ { id: 'action.already', message: 'Already {state}.' } as const;

/** What the plan says of an item that was looked at. */
export function verdictOf(action: AnyAction, id: string, seen: unknown, input: Json, me: string): Verdict {
  const now = stateOf(action, seen);
  const goal = action.goal(input, seen, me);
  const refusal = refusalOf(action, seen, { id, me, input });
  if (refusal !== null) return { verdict: 'cannot', id, now, reason: refusal };
  if (isSame(action, goal, now))
    return { verdict: 'nothing', id, now, reason: action.nothing ?? withValues(ALREADY, { state: action.words(now) }) };
  const reason = action.remark?.(seen, goal) ?? '';
  const item = { id, planned: now, goal, identity: identityOf(action, seen) };
  return { verdict: 'will', item: { ...item, ...(action.note && { note: action.note(seen) }) }, reason };
}

/** The same of one that could not be looked at. */
export function verdictOfError(id: string, error: unknown, gone: Text = GONE): Verdict {
  const isGone = error instanceof HomeserverError && error.notFound;
  return { verdict: 'cannot', id, now: null, reason: isGone ? gone : textOfError(error) };
}
