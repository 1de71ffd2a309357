/**
 * The ID of an event that was pasted: `$…` as it is, or at the end of a link to it (`https://matrix.to/#/!room/$event`). Those of
 * rooms of version 3 hold `/` and `+`; from version 4 on they are URL-safe, and have no server.
 */
export function eventIdIn(pasted: string): string | null {
  const text = pasted.trim();
  if (/^\$[^\s$]+$/.test(text)) return text;
  const [, part = ''] = /^[a-z][a-z0-9+.-]*:[^#\s]*#\/(?:room\/)?[^/\s]+\/((?:\$|%24)[^?\s]+)/i.exec(text) ?? [];
  if (part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
