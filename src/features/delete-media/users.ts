import { t } from '@lingui/core/macro';
import type { Handover } from '~/data/handover';
import { parseUserIds, serverOf, type LineProblem, type ParsedUserIds } from '~/lib/mxid';

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
  const isOwn = (id: string) => serverOf(id) === serverName;
  const foreign = parsed.ids
    .filter((id) => !isOwn(id))
    .map((id) => ({
      line: parsed.lines.get(id) ?? 1,
      text: id,
      reason: t`This user is on another homeserver, so they have no files here.`,
    }));
  return {
    ids: parsed.ids.filter(isOwn),
    problems: [...parsed.problems, ...foreign].toSorted((a, b) => a.line - b.line),
    parsed,
  };
}
