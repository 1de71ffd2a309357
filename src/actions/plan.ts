import { HomeserverError } from '~/api/errors';
import type { Json } from '~/jobs/job';
import { sameJson } from '~/lib/same-json';
import type { AnyAction } from './action';
import { identityOf, refusalOf, stateOf } from './reading';

/** One item of a job: what a look found for the plan, and what is to be there afterwards. All of it is JSON. */
export interface ActionItem {
  readonly id: string;
  readonly planned: Json;
  readonly goal: Json;
  /** What told the item from another one of the same name; null: nothing does. */
  readonly identity: Json;
  /** What the action notes of it besides. */
  readonly note?: Json;
}

/** What would become of one item. */
export type Verdict =
  | { readonly verdict: 'will'; readonly item: ActionItem; readonly reason: string }
  | { readonly verdict: 'nothing' | 'cannot'; readonly id: string; readonly now: Json | null; readonly reason: string };

export const GONE = 'It does not exist on this homeserver.';

/** What the plan says of an item that was looked at. */
export function verdictOf(action: AnyAction, id: string, seen: unknown, input: Json, me: string): Verdict {
  const now = stateOf(action, seen);
  const goal = action.goal(input, seen);
  const refusal = refusalOf(action, seen, { id, me, input });
  if (refusal !== null) return { verdict: 'cannot', id, now, reason: refusal };
  if (sameJson(now, goal)) return { verdict: 'nothing', id, now, reason: `Already ${action.words(now)}.` };
  const item = { id, planned: now, goal, identity: identityOf(action, seen) };
  return { verdict: 'will', item: { ...item, ...(action.note && { note: action.note(seen) }) }, reason: '' };
}

/** The same of one that could not be looked at. */
export function verdictOfError(id: string, error: unknown): Verdict {
  const isGone = error instanceof HomeserverError && error.notFound;
  const reason = isGone ? GONE : error instanceof Error ? error.message : String(error);
  return { verdict: 'cannot', id, now: null, reason };
}
