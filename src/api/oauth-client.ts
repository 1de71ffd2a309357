import { isLoopback } from '~/lib/homeserver-url';

/** As what Glia is known to MAS: it follows from where the page is served. */

/**
 * Shown to who consents, and never fetched. A page on this machine has no https URL of its own, and must name one: this is nobody’s
 * (RFC 2606).
 */
const NOBODYS_URL = 'https://glia.invalid/';

export interface ClientMetadata {
  readonly client_name: string;
  readonly client_uri: string;
  readonly redirect_uris: readonly string[];
  readonly application_type: 'web' | 'native';
  readonly token_endpoint_auth_method: 'none';
  readonly grant_types: readonly string[];
  readonly response_types: readonly string[];
}

/** Where MAS leads back to: the page itself, however it was called up. It is compared letter by letter. @param page its address */
export function redirectUriOf(page: string): string {
  const { origin, pathname } = new URL(page);
  return origin + pathname.replace(/\/index\.html$/, '/');
}

/**
 * The same each time: then MAS gives the same `client_id` (`oauth2/registration.rs`). So nothing of it may change with Glia's version.
 * `token_endpoint_auth_method` is always said: left out, the client is stored, and never gets a token.
 */
export function clientFor(page: string): ClientMetadata {
  const redirect = new URL(redirectUriOf(page));
  const isNative = redirect.protocol === 'http:' && isLoopback(redirect.hostname);
  // Registered without its port, which MAS does not compare for this machine.
  const registered = isNative ? `${redirect.protocol}//${redirect.hostname}${redirect.pathname}` : redirect.href;
  return {
    client_name: 'Glia',
    client_uri: isNative ? NOBODYS_URL : redirect.href,
    redirect_uris: [registered],
    application_type: isNative ? 'native' : 'web',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
}
