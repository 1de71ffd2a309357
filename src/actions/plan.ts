import { HomeserverError } from '~/api/errors';
import type { Json } from '~/jobs/job';
import { sameJson } from '~/lib/same-json';
import { withValues, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import type { AnyAction } from './action';
import { identityOf, refusalOf, stateOf } from './reading';

/** One item of a job: what a look found for the plan, and what is to be there afterwards. All of it is JSON. */
export interface ActionItem {
  readonly id: string;
  readonly planned: Json;
  readonly goal: Json;
  /** What told the item from another one of the same name; null: nothing does. */
  readonly identity: Json;
}

/** What would become of one item. */
export type Verdict =
  | { readonly verdict: 'will'; readonly item: ActionItem; readonly reason: Text }
  | { readonly verdict: 'nothing' | 'cannot'; readonly id: string; readonly now: Json | null; readonly reason: Text };

export const GONE = /*i18n*/ { id: 'action.gone', message: 'It does not exist on this homeserver.' };
export const ALREADY = /*i18n*/ { id: 'action.already', message: 'Already {state}.' } as const;

/** What the plan says of an item that was looked at. */
export function verdictOf(action: AnyAction, id: string, seen: unknown, input: Json, me: string): Verdict {
  const now = stateOf(action, seen);
  const goal = action.goal(input, seen);
  const refusal = refusalOf(action, seen, { id, me });
  if (refusal !== null) return { verdict: 'cannot', id, now, reason: refusal };
  if (sameJson(now, goal))
    return { verdict: 'nothing', id, now, reason: withValues(ALREADY, { state: action.words(now) }) };
  return { verdict: 'will', item: { id, planned: now, goal, identity: identityOf(action, seen) }, reason: '' };
}

/** The same of one that could not be looked at. */
export function verdictOfError(id: string, error: unknown): Verdict {
  const isGone = error instanceof HomeserverError && error.notFound;
  return { verdict: 'cannot', id, now: null, reason: isGone ? GONE : textOfError(error) };
}
