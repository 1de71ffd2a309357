import type { MemberEvent } from '~/api/membership';

/** By which event somebody is in a room: who left and came back is in by another one. */

/** What is kept of an event, to know it again. */
export type KeptEvent = {
  /** Null: the homeserver did not name it. */
  readonly id: string | null;
  /** By the homeserver's clock; to be compared with another event's only. */
  readonly ts: number;
};

/** The same, and the event that it took the place of. */
export type Stay = KeptEvent & { readonly replaces: string | null };

export const keptEvent = (event: MemberEvent): KeptEvent => ({
  id: event.event_id ?? null,
  ts: event.origin_server_ts,
});

export const stayOf = (event: MemberEvent): Stay => ({
  ...keptEvent(event),
  replaces: event.unsigned?.replaces_state ?? null,
});

/**
 * Whether a user is in by the same event still, or by one that only changed their name or picture since. It is followed one step
 * back only: a second new name looks like a second join.
 */
export function isSameStay(seen: KeptEvent, now: Stay): boolean {
  if (seen.id !== null && now.replaces === seen.id) return true;
  return seen.id !== null && now.id !== null ? now.id === seen.id : now.ts === seen.ts;
}
