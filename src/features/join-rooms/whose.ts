import type { MemberEvent } from '~/api/membership';

/**
 * Whether a join is this job's. The answer to its request does not say: for a user who is in a public room already, the answer is
 * the same and there is no new event. So the event shows it, by its place in the room's timeline and its age by the homeserver's clock.
 */

/** When a request was sent and answered, and when the events were read: ms by one clock that never jumps. */
export interface Moments {
  sentAt: number;
  answeredAt: number;
  readAt: number;
}

/** A clock of whole ms on either side, and workers of one homeserver whose clocks differ a little. */
const SLACK_MS = 50;
/**
 * Synapse answers as soon as the event is stored. If the answer comes later than this, the request may have waited somewhere, and
 * someone else may have joined the user in the meantime.
 */
const ANSWER_WITHIN_MS = 10_000;

/**
 * The event of this request's join; null: there is none, or it may be someone else's.
 * @param events of this user and by this user, from just before the request on
 */
export function joinOf(events: readonly MemberEvent[], { sentAt, answeredAt, readAt }: Moments): MemberEvent | null {
  const made = events.filter((event) => {
    const age = event.unsigned?.age;
    if (age === undefined || !isJoining(event)) return false;
    // The age is as of some moment between the request and now: an event that is older than this is older than the request.
    return age <= readAt - sentAt + SLACK_MS && age <= readAt - answeredAt + ANSWER_WITHIN_MS;
  });
  // Two events: the user left and came back within a moment, and nobody can tell which one is this request's.
  return made.length === 1 ? (made[0] ?? null) : null;
}

/** A join, and not only a new name or picture of a user who was in the room already. */
function isJoining({ content, unsigned }: MemberEvent): boolean {
  if (content.membership !== 'join') return false;
  const replaced = unsigned?.replaces_state !== undefined;
  const before = unsigned?.prev_content?.membership;
  return replaced || before !== undefined ? before !== undefined && before !== 'join' : true;
}
