/** Pasted user ids of this homeserver. */
export function readUsers(text: string, serverName: string): { ids: string[]; problems: string[] } {
  const ids = new Set<string>();
  const problems: string[] = [];
  for (const word of text.split(/[\s,;]+/).filter(Boolean)) {
    if (!/^@[^:]+:.+$/.test(word)) problems.push(`“${word.slice(0, 80)}” is no user id.`);
    else if (!word.endsWith(`:${serverName}`)) problems.push(`${word.slice(0, 80)} belongs to another homeserver.`);
    else ids.add(word);
  }
  return { ids: [...ids], problems };
}
