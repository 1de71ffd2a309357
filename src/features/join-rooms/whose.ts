import type { MemberEvent } from '~/api/membership';

/**
 * Whose join it is. An answer to this job's request does not tell: who is in a public room already is joined again with the same
 * answer, and no event. The event tells, by the order of the room and by the homeserver's own clock.
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
 * The answer comes as soon as the event is stored. Where it came later than that, the request may have lain somewhere for as long,
 * and somebody else may have joined the user in between.
 */
const ANSWER_WITHIN_MS = 10_000;

/**
 * The event by which this request brought the user in; null: there is none, or somebody else may have made it.
 * @param events of this user and by this user, from just before the request on
 */
export function joinOf(events: readonly MemberEvent[], { sentAt, answeredAt, readAt }: Moments): MemberEvent | null {
  const made = events.filter((event) => {
    const age = event.unsigned?.age;
    if (age === undefined || !isJoining(event)) return false;
    // Its age was told between the sending of the question and now: what is older than this is older than the request.
    return age <= readAt - sentAt + SLACK_MS && age <= readAt - answeredAt + ANSWER_WITHIN_MS;
  });
  // Two of them: they left and came back within that moment, and which was this request's is not to be told.
  return made.length === 1 ? (made[0] ?? null) : null;
}

/** Not merely a new name or picture of somebody who was in. */
function isJoining({ content, unsigned }: MemberEvent): boolean {
  if (content.membership !== 'join') return false;
  const replaced = unsigned?.replaces_state !== undefined;
  const before = unsigned?.prev_content?.membership;
  return replaced || before !== undefined ? before !== undefined && before !== 'join' : true;
}
