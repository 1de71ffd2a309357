import type { Handover } from '~/data/handover';
import { parseUserIds, serverOf } from '~/lib/mxid';

/** What was selected in the users list, on the way here. */
export type Handed = NonNullable<Handover['users']>;

/** Pasted ids of this homeserver's users; only they have media that can be listed. What is left out is named with its line. */
export function readUsers(text: string, serverName: string): { ids: string[]; problems: string[] } {
  const parsed = parseUserIds(text, serverName);
  const ids = parsed.ids.filter((id) => serverOf(id) === serverName);
  const foreign = parsed.ids.filter((id) => serverOf(id) !== serverName);
  return {
    ids,
    problems: [
      ...parsed.problems.map((problem) => `Line ${problem.line}: “${problem.text.slice(0, 80)}”. ${problem.reason}`),
      ...foreign.map((id) => `${id}: a user of another homeserver has no local media here.`),
    ],
  };
}
