import { isAllowed } from '~/data/config';
import { isLoopback, parseHomeserverUrl } from '~/lib/homeserver-url';

/**
 * Where a homeserver may be asked what it offers besides a token; null: not yet, or not at all. Nothing is sent unencrypted to another
 * machine before somebody agreed to it; a password never is.
 */
export function offeringAt(typed: string | undefined): string | null {
  const parsed = parseHomeserverUrl(typed ?? '');
  if (!parsed.ok || !isAllowed(parsed.baseUrl)) return null;
  const { protocol, hostname } = new URL(parsed.baseUrl);
  if (isLoopback(hostname)) return parsed.baseUrl;
  // Of a name that is still being typed nothing is asked: it could be another site's.
  return protocol === 'https:' && /\.[a-z][a-z0-9-]+$|^[\d.]+$|^\[/i.test(hostname) ? parsed.baseUrl : null;
}
