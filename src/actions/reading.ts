import { NOT_THERE } from '~/api/ask';
import type { Json } from '~/jobs/job';
import { readPlace } from '~/lib/places';
import { sameJson } from '~/lib/same-json';
import type { AnyAction, Read, Refusal, Whole } from './action';
import { whyManaged } from './restrictions';
import type { Text } from '~/lib/text';

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

/** Whether an item is as it was planned, or as it was to be. Lists in a state have no order: the homeserver promises none. */
export const isSame = (action: AnyAction, one: Json, now: Json): boolean =>
  action.same?.(one, now) ?? sameState(one, now);

export const sameState = (one: Json, now: Json): boolean => sameJson(inOrder(one), inOrder(now));

/** What tells this item from another one of the same name; null: nothing does. */
export const identityOf = ({ identity }: AnyAction, seen: unknown): Json =>
  identity && seen !== NOT_THERE ? readPlace(seen, identity) : null;

/** The one that was planned for is gone, and another one has its name. */
export function isOther(action: AnyAction, seen: unknown, identity: Json): boolean {
  const now = identityOf(action, seen);
  return identity !== null && now !== null && !sameJson(now, identity);
}

function inOrder(state: Json): Json {
  if (Array.isArray(state)) return (state as readonly Json[]).toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  if (typeof state !== 'object' || state === null) return state;
  return Object.fromEntries(Object.entries(state).map(([name, part]) => [name, inOrder(part)]));
}

/** Listed things are read in the order of their names: as texts they are the same. */
const textOf = (one: Json): string => JSON.stringify(one);

/** Whether each list in a state has all that the other state's has, and the rest is the same. False where there is no list. */
export function hasAll(state: Json, of: Json): boolean {
  if (typeof state !== 'object' || state === null || typeof of !== 'object' || of === null) return false;
  const parts = Object.entries(state);
  const others = of as Readonly<Record<string, Json>>;
  if (!parts.some(([, part]) => Array.isArray(part))) return false;
  return parts.every(([name, part]) => {
    const other = others[name];
    if (!Array.isArray(part) || !Array.isArray(other)) return other !== undefined && sameState(part, other);
    return other.every((one: Json) => part.some((mine: Json) => sameJson(mine, one)));
  });
}

/** Why this item can't or must not be changed, or null. */
export function refusalOf(
  action: AnyAction,
  seen: unknown,
  { id, me, input = null }: { id: string; me: string; input?: Json },
): Text | null {
  if (action.notMyself !== undefined && id === me) return action.notMyself;
  // Of a session, its user.
  const managed = action.notManaged ? whyManaged(id.split(' ')[0] ?? id) : null;
  if (managed !== null) return managed;
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
