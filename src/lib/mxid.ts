/** Matrix user ids: `@localpart:server`. Rules: spec, “User Identifiers”; historical ids may hold any character but `:`. */

/** The server part; null when it is no user id. Room ids of version 12 have none: never use this on them. */
export function serverOf(userId: string): string | null {
  const colon = userId.indexOf(':');
  return userId.startsWith('@') && colon > 1 && colon < userId.length - 1 ? userId.slice(colon + 1) : null;
}

export interface LineProblem {
  /** From 1. */
  line: number;
  text: string;
  reason: string;
}

export interface ParsedUserIds {
  /** Good ones, each once, in the order of their first line. */
  ids: string[];
  problems: LineProblem[];
  /** Ids of other servers: they are among `ids`, and what they can't do is the plan's to say. */
  remote: number;
  /** Names that were completed with the server's own name. */
  completed: number;
  /** Ids with capitals: historical ones exist, but most are typed wrong, since new ones are lower case. */
  capitals: number;
}

const SEPARATORS = /[\s,;]+/;
const LONGEST = 255;
/** A line that is one plain id, as nearly all are: told at a glance, which keeps 100,000 of them quick. */
const PLAIN = /^@[A-Za-z0-9._=+-]{1,180}:[A-Za-z0-9.-]{1,60}(?::\d{1,5})?$/;
const CAPITAL = /^@[^:]*\p{Lu}/u;

/** `https://matrix.to/#/@anna:example.org?via=…` and `matrix:u/anna:example.org` name a user too. */
function unlinked(word: string): string {
  const link = /^https?:\/\/matrix\.to\/#\/(%40|@)([^?/]+)/i.exec(word);
  if (link) return decoded(`@${link[2] ?? ''}`);
  const uri = /^matrix:u(?:ser)?\/([^?/]+)/i.exec(word);
  return uri ? decoded(`@${uri[1] ?? ''}`) : word;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function problemOf(word: string, id: string): string | null {
  if (word.startsWith('!') || word.startsWith('#')) return 'This is a room, not a user.';
  if (/^@[^:]*@/.test(id) || (!word.startsWith('@') && word.includes('@'))) {
    return 'This looks like an e-mail address; a user id begins with @.';
  }
  const server = serverOf(id);
  if (server === null) return 'A user id has the form @name:server.';
  if (/[/?#@]/.test(server)) return `“${server}” is no server name.`;
  // Up to 3 bytes a UTF-16 unit: short ones, nearly all, need no encoding to be told.
  if (id.length * 3 > LONGEST && new TextEncoder().encode(id).length > LONGEST)
    return `Longer than the ${LONGEST} bytes that a user id may have.`;
  return null;
}

/**
 * Reads pasted user ids: one a line, or set apart by commas, semicolons or spaces. `anna` and `@anna` are completed with
 * `serverName`. Bad ones are named with line and reason, and the good ones kept. Case is kept: historical ids have capitals.
 */
export function parseUserIds(text: string, serverName: string): ParsedUserIds {
  const lineOf = new Map<string, number>();
  const parsed: ParsedUserIds = { ids: [], problems: [], remote: 0, completed: 0, capitals: 0 };
  const own = `:${serverName}`;
  const keep = (id: string, line: number, raw: string, completed: boolean) => {
    const first = lineOf.get(id);
    if (first !== undefined) {
      parsed.problems.push({ line, text: raw, reason: `Already named in line ${first}.` });
      return;
    }
    lineOf.set(id, line);
    parsed.ids.push(id);
    if (completed) parsed.completed += 1;
    if (!id.endsWith(own) || serverOf(id) !== serverName) parsed.remote += 1;
    if (CAPITAL.test(id)) parsed.capitals += 1;
  };
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((content, index) => {
      const line = index + 1;
      if (PLAIN.test(content)) {
        keep(content, line, content, false);
        return;
      }
      for (const raw of content.split(SEPARATORS)) {
        const word = raw.replaceAll(/^["'<]+|["'>]+$/g, '');
        if (word === '') continue;
        const bare = unlinked(word);
        const needsServer = !bare.includes(':') && /^@?[^@#!:/]+$/.test(bare);
        const id = needsServer ? `@${bare.replace(/^@/, '')}${own}` : bare;
        const reason = problemOf(bare, id);
        if (reason === null) keep(id, line, raw, needsServer);
        else parsed.problems.push({ line, text: raw, reason });
      }
    });
  return parsed;
}
