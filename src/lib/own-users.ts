import { serverOf, type LineProblem, type ParsedUserIds } from './mxid';

/** Where only users of this homeserver can be meant: their IDs, and every line that is left out with its reason. */
export function ownUsers(parsed: ParsedUserIds, serverName: string): { ids: string[]; problems: LineProblem[] } {
  const isOwn = (id: string) => serverOf(id) === serverName;
  const foreign = parsed.ids
    .filter((id) => !isOwn(id))
    .map((id) => ({
      line: parsed.lines.get(id) ?? 1,
      text: id,
      reason: OTHER_SERVER,
    }));
  return {
    ids: parsed.ids.filter(isOwn),
    problems: [...parsed.problems, ...foreign].toSorted((a, b) => a.line - b.line),
  };
}

const OTHER_SERVER = /*i18n*/ { id: 'paste.other-server', message: 'This is a user of another homeserver.' };
