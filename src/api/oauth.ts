import * as oauth from 'oauth4webapi';
import { clientFor } from './oauth-client';
import { OAuthError } from './oauth-errors';
import { isSafe, type AuthMetadata } from './oauth-metadata';
import { reachOAuth } from './request';

/** OAuth 2 with MAS: an authorization code with PKCE, for a client without a secret. All throw OAuthError. */

const TIMEOUT_MS = 20_000;
const CLOCK_TOLERANCE_S = 300;

/** What of the metadata is needed once somebody is signed in, and what came of it. */
export interface Grant {
  readonly token: string;
  readonly refreshToken: string;
  /** By the clock of this computer, ms. */
  readonly expiresAt: number;
  readonly scopes: readonly string[];
}

type Server = oauth.AuthorizationServer;

const serverOf = (metadata: Partial<AuthMetadata> & Pick<AuthMetadata, 'issuer'>): Server => metadata;

function clientOf(clientId: string): oauth.Client {
  return { client_id: clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_S };
}

function options(signal?: AbortSignal) {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  return {
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    // This machine may be asked by http: each endpoint was looked at before.
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<'POST', BodyInit>) => reachOAuth(url, init),
  };
}

/** Each time anew, and each time the same: a `client_id` that was kept may be gone. @param page the address of this page */
export async function register(metadata: AuthMetadata, page: string, signal?: AbortSignal): Promise<string> {
  endpoint(metadata.registration_endpoint, 'registration_endpoint');
  return understood(async () => {
    const wanted = { ...clientFor(page) } as unknown as Partial<oauth.OmitSymbolProperties<oauth.Client>>;
    const answer = await oauth.dynamicClientRegistrationRequest(serverOf(metadata), wanted, options(signal));
    const { client_id } = await oauth.processDynamicClientRegistrationResponse(answer);
    return client_id;
  }, REGISTRATION_FAULTS);
}

/** What is kept in this tab until MAS leads back to it. */
export interface Secrets {
  readonly state: string;
  readonly verifier: string;
}

/** Where the browser is to go, and what to keep until it comes back. */
export async function authorizeUrl(
  metadata: AuthMetadata,
  by: {
    readonly clientId: string;
    readonly redirectUri: string;
    readonly scope: string;
    /** Who is expected there. It fills in a name, and keeps nobody from signing in as somebody else. */
    readonly userId?: string | undefined;
  },
): Promise<Secrets & { url: string }> {
  const url = new URL(endpoint(metadata.authorization_endpoint, 'authorization_endpoint'));
  if (!globalThis.isSecureContext && typeof crypto.subtle === 'undefined') throw new OAuthError('no-encryption', '');
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const asked = {
    response_type: 'code',
    // Behind the hash: what is there never reaches the host of the page, nor its logs.
    response_mode: 'fragment',
    client_id: by.clientId,
    redirect_uri: by.redirectUri,
    scope: by.scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(by.userId !== undefined && { login_hint: `mxid:${by.userId}` }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { state, verifier, url: url.href };
}

/** The tokens for the code. @param answer what MAS led back with */
export async function exchange(
  metadata: AuthMetadata,
  by: Secrets & { readonly clientId: string; readonly redirectUri: string },
  answer: URLSearchParams,
  now: () => number = Date.now,
): Promise<Grant> {
  endpoint(metadata.token_endpoint, 'token_endpoint');
  const server = serverOf(metadata);
  const client = clientOf(by.clientId);
  return understood(async () => {
    const checked = oauth.validateAuthResponse(server, client, answer, by.state);
    const { redirectUri, verifier } = by;
    const none = oauth.None();
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      none,
      checked,
      redirectUri,
      verifier,
      options(),
    );
    return grantOf(await oauth.processAuthorizationCodeResponse(server, client, response), now());
  });
}

/** Of a session: what its tokens are renewed and revoked with. */
export interface TokenPlace {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string;
  readonly clientId: string;
}

/** New tokens for the old ones, which are dead from then on. */
export async function refresh(
  place: TokenPlace,
  refreshToken: string,
  now: () => number = Date.now,
  signal?: AbortSignal,
): Promise<Grant> {
  endpoint(place.tokenEndpoint, 'token_endpoint');
  const server = serverOf({ issuer: place.issuer, token_endpoint: place.tokenEndpoint });
  const client = clientOf(place.clientId);
  return understood(async () => {
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options(signal));
    const answer = await oauth.processGenericTokenEndpointResponse(server, client, response);
    return grantOf(answer, now());
  });
}

/** Ends the whole session. The refresh token: an access token that ran out would end nothing, and be answered alike. */
export async function revoke(place: TokenPlace, refreshToken: string): Promise<void> {
  endpoint(place.revocationEndpoint, 'revocation_endpoint');
  const server = serverOf({ issuer: place.issuer, revocation_endpoint: place.revocationEndpoint });
  await understood(async () => {
    const more = { additionalParameters: { token_type_hint: 'refresh_token' }, ...options() };
    const response = await oauth.revocationRequest(server, clientOf(place.clientId), oauth.None(), refreshToken, more);
    await oauth.processRevocationResponse(response);
  });
}

const DEFAULT_LIFE_S = 300;

function grantOf(answer: oauth.TokenEndpointResponse, now: number): Grant {
  const { access_token: token, refresh_token: refreshToken, expires_in: life = DEFAULT_LIFE_S, scope = '' } = answer;
  if (refreshToken === undefined) throw new OAuthError('odd', 'refresh_token');
  return { token, refreshToken, expiresAt: now + life * 1000, scopes: scope.split(' ').filter((one) => one !== '') };
}

function endpoint(url: string | undefined, name: string): string {
  if (url === undefined) throw new OAuthError('odd', name);
  if (!isSafe(url)) throw new OAuthError('insecure', url);
  return url;
}

type Faults = Readonly<Record<string, OAuthError['fault']>>;
const TOKEN_FAULTS: Faults = {
  access_denied: 'denied',
  invalid_scope: 'scope',
  invalid_grant: 'finished',
  invalid_client: 'client',
  unauthorized_client: 'client',
};
const REGISTRATION_FAULTS: Faults = { invalid_redirect_uri: 'redirect', invalid_client_metadata: 'client' };

/** @throws OAuthError whatever went wrong */
async function understood<T>(work: () => Promise<T>, faults: Faults = TOKEN_FAULTS): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw faultOf(error, faults);
  }
}

function faultOf(error: unknown, faults: Faults): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof oauth.ResponseBodyError) {
    const said = error.error_description ?? error.error;
    return new OAuthError(faults[error.error] ?? (error.status >= 500 ? 'down' : 'odd'), said, { cause: error });
  }
  if (error instanceof oauth.AuthorizationResponseError) {
    return new OAuthError(faults[error.error] ?? 'odd', error.error_description ?? error.error, { cause: error });
  }
  if (error instanceof oauth.OperationProcessingError) {
    if (error.code === oauth.JWT_TIMESTAMP_CHECK) return new OAuthError('clock', '', { cause: error });
    const { cause } = error;
    // A proxy’s page, or a server that stumbled without a word of its own.
    if (cause instanceof Response && cause.status >= 500) return new OAuthError('down', `HTTP ${cause.status}`);
    return new OAuthError('odd', error.message, { cause: error });
  }
  const isSilent = error instanceof TypeError || error instanceof DOMException;
  return new OAuthError(isSilent ? 'unreachable' : 'odd', error instanceof Error ? error.message : '', {
    cause: error,
  });
}
