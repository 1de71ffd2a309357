/**
 * Files that are never deleted, as somebody pastes them: one `mxc://server/id` per line, or any text that names some, JSON too.
 * Where it is not clear where an ID ends, every reading of it is kept: a file too many stays, never one too few.
 */
export interface KeepList {
  /** Media IDs of this homeserver. */
  ids: ReadonlySet<string>;
  /** How many files of this homeserver are named. */
  own: number;
  /** How many of other homeservers: these are never among the planned files. */
  others: number;
}

/** JSON may write `/` as `\/`. */
const ESCAPED_SLASH = /\\\//g;
const MXC = /mxc:\/\/([^/?#\s"'<>\\]+)\/([^/?#\s"'<>\\]+)/gi;
/** What the specification allows in a media ID: where prose continues after it, as in “mxc://server/id).” */
const STRICT = /^[\w-]+/;

export function readKeepList(text: string, serverName: string): KeepList {
  const ids = new Set<string>();
  const own = new Set<string>();
  const others = new Set<string>();
  for (const [, server = '', named = ''] of text.replaceAll(ESCAPED_SLASH, '/').matchAll(MXC)) {
    const strict = STRICT.exec(named)?.[0] ?? named;
    if (server.toLowerCase() !== serverName.toLowerCase()) {
      others.add(`${server}/${strict}`);
      continue;
    }
    own.add(strict);
    ids.add(strict);
    ids.add(named);
  }
  return { ids, own: own.size, others: others.size };
}
