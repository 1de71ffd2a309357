const PLACE = '{token}';

/**
 * The address at which somebody registers with a token. Synapse has no such page: it belongs to a client or to a page of one's own.
 * @param template its address, with `{token}` where the token goes. @returns null where it is none
 */
export function registrationLink(template: string, token: string): string | null {
  const trimmed = template.trim();
  if (!trimmed.includes(PLACE)) return null;
  const link = trimmed.replaceAll(PLACE, encodeURIComponent(token));
  const { protocol } = URL.parse(link) ?? {};
  return protocol === 'https:' || protocol === 'http:' ? link : null;
}
