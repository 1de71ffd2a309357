import type { Handover } from '~/data/handover';
import { parseUserIds, type LineProblem, type ParsedUserIds } from '~/lib/mxid';
import { ownUsers } from '~/lib/own-users';

/** What was selected in the users list, on the way here. */
export type Handed = NonNullable<Handover['users']>;

/**
 * Reads pasted IDs of users of this homeserver, since only their files can be listed. Only full IDs count: what is left out is
 * listed with its line, and words that may be users wait in `parsed` until they are completed.
 */
export function readUsers(
  text: string,
  serverName: string,
): { ids: string[]; problems: LineProblem[]; parsed: ParsedUserIds } {
  const parsed = parseUserIds(text, serverName, 'never');
  return { ...ownUsers(parsed, serverName), parsed };
}
