import type { Handover } from '~/data/handover';
import { parseUserIds, type LineProblem, type ParsedUserIds } from '~/lib/mxid';
import { ownUsers } from '~/lib/own-users';

/** What was selected in the users list, on the way here. */
export type Handed = NonNullable<Handover['users']>;

/**
 * Pasted IDs of this homeserver's users; only they have media that can be listed. Nothing is deleted of anybody whose ID does
 * not stand there in full: what is left out is named with its line, and words that may be users wait in `parsed`.
 */
export function readUsers(
  text: string,
  serverName: string,
): { ids: string[]; problems: LineProblem[]; parsed: ParsedUserIds } {
  const parsed = parseUserIds(text, serverName, 'never');
  return { ...ownUsers(parsed, serverName), parsed };
}
