import type { Path } from './request';

/**
 * A path, perhaps with a query, that an admin typed. What a URL can't hold is percent-encoded; what is encoded stays as it is.
 * @returns null where it would not lead where it reads: it has to be Matrix’s or Synapse’s, and every URL parser folds `.` and `..`
 */
export function typedPath(typed: string): Path | null {
  const text = typed.trim();
  if (!/^\/(?:_matrix|_synapse)\//.test(text) || /\p{Cs}/u.test(text)) return null;
  const [path = ''] = text.split('?');
  if (path.split(/[/\\]/).some((part) => /^(?:\.|%2e){1,2}$/i.test(part))) return null;
  return text.replaceAll(/[^\w\-.~!$&()*+,;=:@%/?]|%(?![0-9a-f]{2})/giu, (one) => encodeURIComponent(one)) as Path;
}
