import type { Json } from '~/jobs/job';
import { readPlace } from '~/lib/places';
import { sameJson } from '~/lib/same-json';
import type { AnyAction, Read, Whole } from './action';

/** What an action finds in an answer. `script.sh` and `script.py` read the same places by the same rules. */

/** The part that the action changes. */
export function stateOf({ watch }: AnyAction, seen: unknown): Json {
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
  identity ? readPlace(seen, identity) : null;

/** Why this item can't or must not be changed, or null. */
export function refusalOf({ refuse, notMyself }: AnyAction, seen: unknown, { id, me }: { id: string; me: string }) {
  if (notMyself !== undefined && id === me) return notMyself;
  return refuse?.find(({ where }) => readPlace(seen, where))?.because ?? null;
}
