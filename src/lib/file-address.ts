import { withoutInvisible } from './invisible';
import { parseMxc } from './mxc';

/** Where a download, a thumbnail or a page of the Admin API names a file, by any release of the API: a URL, or a line of a log. */
const BY_PATH = [
  /\/_matrix\/(?:media\/(?:r0|v\d+|unstable)|client\/(?:v\d+|unstable(?:\/[\w.]+)?)\/media)\/(?:download|thumbnail)\/([^/?#\s]+)\/([^/?#\s"'<>)]+)/,
  /\/_synapse\/admin\/v1\/media\/(?:(?:un)?quarantine\/)?(?!(?:un)?(?:protect|quarantine)\/)([^/?#\s]+)\/([^/?#\s"'<>)]+)/,
  /#\/media\/([^/?#\s]+)\/([^/?#\s"'<>)]+)/,
];

const AROUND = /^["'`“”‘’<([]+|["'`“”‘’>)\].,;]+$/gu;

/** @returns the `mxc://server/id` of the file that was pasted, as that or as any address of it; null where it is neither */
export function fileNamed(text: string): string | null {
  const word = withoutInvisible(text).trim().replaceAll(AROUND, '');
  const mxc = word.replace(/^mxc:/i, 'mxc:').replace(/[?#].*$/, '');
  if (parseMxc(mxc)) return mxc;
  for (const place of BY_PATH) {
    const [, server, id] = place.exec(word) ?? [];
    const found = server !== undefined && id !== undefined ? `mxc://${decoded(server)}/${decoded(id)}` : '';
    if (parseMxc(found)) return found;
  }
  return null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
