import { NOT_THERE } from '~/api/ask';
import type { Json } from '~/jobs/job';
import { readPlace } from '~/lib/places';
import { sameJson } from '~/lib/same-json';
import type { AnyAction, Read, Refusal, Whole } from './action';

/** What an action finds in an answer. `script.sh` and `script.py` read the same places by the same rules. */

/** The part that the action changes. */
export function stateOf({ watch, absent = null }: AnyAction, seen: unknown): Json {
  if (seen === NOT_THERE) return absent;
  if (isRead(watch)) return watch.read(seen);
  if (!isWhole(watch)) {
    return Object.fromEntries(Object.entries(watch).map(([name, place]) => [name, readPlace(seen, place)]));
  }
  if (typeof seen !== 'object' || seen === null) return null;
  const answer = seen as Readonly<Record<string, Json>>;
  return Object.fromEntries(watch.whole.map((name) => [name, answer[name] ?? null]));
}

const isRead = (watch: AnyAction['watch']): watch is Read<unknown, Json> =>
  typeof watch['read' as never] === 'function';
const isWhole = (watch: AnyAction['watch']): watch is Whole => Array.isArray(watch['whole' as never]);

/** Whether an item is as it was planned, or as it was to be. */
export const isSame = (action: AnyAction, one: Json, now: Json): boolean =>
  action.same?.(one, now) ?? sameJson(one, now);

/** What tells this item from another one of the same name; null: nothing does. */
export const identityOf = ({ identity }: AnyAction, seen: unknown): Json =>
  identity && seen !== NOT_THERE ? readPlace(seen, identity) : null;

/** Why this item can't or must not be changed, or null. */
export function refusalOf(
  action: AnyAction,
  seen: unknown,
  { id, me, input = null }: { id: string; me: string; input?: Json },
): string | null {
  if (action.notMyself !== undefined && id === me) return action.notMyself;
  return refusalsOf(action, input).find((one) => speaks(seen, one))?.because ?? null;
}

export const refusalsOf = (action: AnyAction, input: Json): readonly Refusal[] => [
  ...(action.refuse ?? []),
  ...(action.refuseBy?.(input) ?? []),
];

function speaks(seen: unknown, { where, from = -Infinity, upTo = Infinity }: Refusal): boolean {
  const value = readPlace(seen, where);
  return typeof value === 'number' ? value >= from && value <= upTo : value === true;
}
