import type { MasAnswer, MasCall } from '../call';
import type { MasClientRow } from '../state';

/** `POST /oauth2/registration` (`oauth2/registration.rs`, `policies/client_registration`). */

const refuse = (error: string, ...violations: string[]): MasAnswer => ({
  status: 400,
  body: { error, error_description: violations.join('; ') },
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const LOCAL = new Set(['localhost', '127.0.0.1', '0.0.0.0', '[::1]']);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Part of the list of public suffixes: nobody owns one of these alone. */
const SUFFIXES = new Set(['com', 'org', 'github.io', 'gitlab.io', 'pages.dev']);
const PATH = /^[A-Za-z0-9/._~-]*$/;

export function register(call: MasCall): MasAnswer {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(call.bytes));
  } catch {
    return refuse('invalid_request', 'The request body is not JSON');
  }
  if (!isObject(body)) return refuse('invalid_client_metadata', 'invalid type: expected struct');
  const redirects = Array.isArray(body['redirect_uris']) ? body['redirect_uris'].map(String) : [];
  const grants = Array.isArray(body['grant_types']) ? body['grant_types'].map(String) : ['authorization_code'];
  const type = body['application_type'] === 'native' ? 'native' : 'web';
  const method = typeof body['token_endpoint_auth_method'] === 'string' ? body['token_endpoint_auth_method'] : null;
  const violations = [
    ...ofClientUri(body['client_uri']),
    ...(redirects.length === 0 ? ['missing redirect_uris'] : []),
    ...redirects.flatMap((one) => ofRedirect(one, type, body['client_uri'])),
  ];
  if (violations.length > 0) {
    const isRedirect = violations.some((one) => one.includes('redirect_uri'));
    return refuse(isRedirect ? 'invalid_redirect_uri' : 'invalid_client_metadata', ...violations);
  }
  const digest = JSON.stringify(Object.entries(body).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  const known = [...call.state.clients.values()].find((row) => row.digest === digest);
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : null);
  const client: MasClientRow = known ?? {
    id: call.mas.newId(),
    client_name: text('client_name'),
    client_uri: text('client_uri'),
    logo_uri: text('logo_uri'),
    redirect_uris: redirects,
    grant_types: grants,
    is_static: false,
    application_type: type,
    token_endpoint_auth_method: method,
    digest,
  };
  call.state.clients.set(client.id, client);
  const issued = Math.floor(call.now() / 1000);
  return { status: 201, body: { ...body, client_id: client.id, client_id_issued_at: issued } };
}

function ofClientUri(value: unknown): string[] {
  if (typeof value !== 'string') return ['missing client_uri'];
  const url = URL.parse(value);
  if (url?.protocol !== 'https:' || LOCAL.has(url.hostname)) return ['invalid client_uri'];
  return SUFFIXES.has(url.hostname) ? ['client_uri is not using a valid domain'] : [];
}

function ofRedirect(value: string, type: 'web' | 'native', clientUri: unknown): string[] {
  const url = URL.parse(value);
  const isPlain = url?.username === '' && !value.includes('#') && PATH.test(url.pathname);
  if (!isPlain) return [`invalid redirect_uri: ${value}`];
  if (type === 'native') {
    const isLocal = url.protocol === 'http:' && LOOPBACK.has(url.hostname);
    return isLocal || url.protocol === 'https:' ? [] : [`invalid redirect_uri: ${value}`];
  }
  if (url.protocol !== 'https:' || LOCAL.has(url.hostname)) return [`invalid redirect_uri: ${value}`];
  if (SUFFIXES.has(url.hostname)) return ['redirect_uri is not using a valid domain'];
  const host = URL.parse(String(clientUri))?.hostname ?? '';
  const isBelow = url.hostname === host || url.hostname.endsWith(`.${host}`);
  return isBelow ? [] : ['redirect_uri not on the same host as the client_uri'];
}
