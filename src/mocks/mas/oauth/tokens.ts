import type { MasAnswer, MasCall } from '../call';
import type { AccessTokenRow, MasClientRow, OAuthSessionRow, RefreshTokenRow } from '../state';
import { newToken } from '../tokens';
import type { CodeRow, MasOAuth } from './oauth';

/** The token and revocation endpoints (`oauth2/token.rs`, `oauth2/revoke.rs`). */

const CODE_MS = 600_000;
/** A code that comes again after that ends the session. */
const REPLAY_MS = 20_000;

const refuse = (status: number, error: string, description: string): MasAnswer => ({
  status,
  body: { error, error_description: description },
});
const invalidGrant = (description = 'The provided access grant is invalid, expired, or revoked.') =>
  refuse(400, 'invalid_grant', description);

export async function token(oauth: MasOAuth, call: MasCall): Promise<MasAnswer> {
  const form = call.form();
  const clientId = form?.get('client_id') ?? null;
  if (!form || clientId === null) return refuse(400, 'invalid_request', 'No credentials were presented');
  const client = call.state.clients.get(clientId);
  if (!client) return refuse(401, 'invalid_client', 'Client authentication failed.');
  if (client.token_endpoint_auth_method === null)
    return refuse(401, 'unauthorized_client', 'The client is not authorized to request an access token.');
  const grant = form.get('grant_type') ?? '';
  if (!['authorization_code', 'refresh_token'].includes(grant))
    return refuse(400, 'unsupported_grant_type', 'The authorization grant type is not supported.');
  if (!client.grant_types.includes(grant))
    return refuse(401, 'unauthorized_client', 'The client is not authorized to use this grant type.');
  return grant === 'refresh_token' ? refreshed(oauth, client, form) : await exchanged(oauth, client, form);
}

async function exchanged(oauth: MasOAuth, client: MasClientRow, form: URLSearchParams): Promise<MasAnswer> {
  const { mas } = oauth;
  const row = oauth.codes.get(form.get('code') ?? '');
  if (!row) return invalidGrant();
  if (row.client_id !== client.id) return refuse(401, 'unauthorized_client', 'The code is of another client.');
  if (row.used_at !== null) {
    const session = mas.state.oauthSessions.get(row.session_id ?? '');
    if (session && mas.now() - row.used_at > REPLAY_MS) end(oauth, session);
    return invalidGrant();
  }
  if (mas.now() - row.agreed_at > CODE_MS) return invalidGrant();
  const wrong = await pkceProblem(row, form.get('code_verifier'));
  if (wrong) return wrong;
  const session = begin(oauth, row);
  row.used_at = mas.now();
  row.session_id = session.id;
  return { status: 200, body: { ...issue(oauth, session), ...idToken(oauth, session) } };
}

async function pkceProblem(row: CodeRow, verifier: string | null): Promise<MasAnswer | null> {
  if (row.challenge === null && verifier === null) return null;
  if (row.challenge === null || verifier === null)
    return refuse(400, 'invalid_request', 'The request is missing a required parameter.');
  const isRight =
    row.challenge.method === 'S256'
      ? (await challengeOf(verifier)) === row.challenge.value
      : verifier === row.challenge.value;
  return isRight ? null : invalidGrant('PKCE verification failed: challenge verification failed');
}

async function challengeOf(verifier: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url(String.fromCharCode(...new Uint8Array(bytes)));
}

const base64url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function begin({ mas }: MasOAuth, row: CodeRow): OAuthSessionRow {
  const session: OAuthSessionRow = {
    id: mas.newId(),
    created_at: mas.now(),
    finished_at: null,
    user_agent: null,
    last_active_at: null,
    last_active_ip: null,
    user_id: row.user_id,
    user_session_id: null,
    client_id: row.client_id,
    scopes: row.scopes.toSorted(),
    human_name: null,
  };
  mas.state.oauthSessions.set(session.id, session);
  return session;
}

function issue({ mas, accessTokenMs }: MasOAuth, session: OAuthSessionRow) {
  const now = mas.now();
  const { random } = mas.homeserver;
  const access: AccessTokenRow = {
    token: newToken('mat', random),
    of: 'oauth2',
    session_id: session.id,
    created_at: now,
    expires_at: now + accessTokenMs,
    revoked_at: null,
    used_at: null,
  };
  const refresh: RefreshTokenRow = {
    token: newToken('mar', random),
    session_id: session.id,
    created_at: now,
    access_token: access.token,
    consumed_at: null,
    next: null,
    revoked_at: null,
  };
  mas.state.accessTokens.set(access.token, access);
  mas.state.refreshTokens.set(refresh.token, refresh);
  return {
    access_token: access.token,
    refresh_token: refresh.token,
    token_type: 'Bearer',
    expires_in: accessTokenMs / 1000,
    scope: session.scopes.join(' '),
  };
}

function idToken({ mas }: MasOAuth, session: OAuthSessionRow): { id_token?: string } {
  if (!session.scopes.includes('openid')) return {};
  const now = Math.floor(mas.now() / 1000);
  const claims = { iss: `${mas.baseUrl}/`, aud: session.client_id, sub: session.user_id, iat: now, exp: now + 3600 };
  // Nobody looks at the signature of one that came over TLS from the token endpoint.
  const parts = [{ alg: 'RS256' }, claims].map((part) => base64url(JSON.stringify(part)));
  return { id_token: [...parts, base64url('signature')].join('.') };
}

/**
 * Both tokens are new each time, and the old access token is dead at once. An answer that was lost is forgiven: the old refresh token
 * works again until one of the new tokens was used. What the Admin API sees does not count as used (`oauth2/token.rs:640-760`).
 */
function refreshed(oauth: MasOAuth, client: MasClientRow, form: URLSearchParams): MasAnswer {
  const { state } = oauth.mas;
  const row = state.refreshTokens.get(form.get('refresh_token') ?? '');
  const session = row && state.oauthSessions.get(row.session_id);
  if (!row || !session || row.revoked_at !== null || session.client_id !== client.id || session.finished_at !== null)
    return invalidGrant();
  const next = row.next === null ? undefined : state.refreshTokens.get(row.next);
  if (next) {
    if (next.consumed_at !== null || state.accessTokens.get(next.access_token)?.used_at != null) return invalidGrant();
    kill(oauth, next);
  }
  const now = oauth.mas.now();
  const old = state.accessTokens.get(row.access_token);
  if (old) old.revoked_at ??= now;
  const issued = issue(oauth, session);
  row.consumed_at = now;
  row.next = issued.refresh_token;
  return { status: 200, body: issued };
}

function kill({ mas }: MasOAuth, row: RefreshTokenRow): void {
  row.revoked_at = mas.now();
  const access = mas.state.accessTokens.get(row.access_token);
  if (access) access.revoked_at ??= mas.now();
}

function end({ mas }: MasOAuth, session: OAuthSessionRow): void {
  session.finished_at ??= mas.now();
  if (session.user_id !== null) mas.enqueue('sync-devices', session.user_id);
}

/** 200 for everything that could be a token. An access token that ran out ends nothing. */
export function revoke(oauth: MasOAuth, call: MasCall): MasAnswer {
  const form = call.form();
  const clientId = form?.get('client_id') ?? null;
  const given = form?.get('token') ?? null;
  if (clientId === null || given === null) return refuse(400, 'invalid_request', 'No credentials were presented');
  const { state } = call;
  if (!state.clients.has(clientId)) return refuse(401, 'invalid_client', 'Client authentication failed.');
  const hint = form?.get('token_type_hint') ?? null;
  const access = hint === 'refresh_token' ? undefined : state.accessTokens.get(given);
  const refresh = hint === 'access_token' ? undefined : state.refreshTokens.get(given);
  const isAlive = access
    ? access.revoked_at === null && (access.expires_at ?? Infinity) > call.now()
    : refresh?.revoked_at === null;
  const session = state.oauthSessions.get((access ?? refresh)?.session_id ?? '');
  if (!session || !isAlive || session.finished_at !== null) return { status: 200 };
  if (session.client_id !== clientId) return refuse(401, 'unauthorized_client', 'The token is of another client.');
  end(oauth, session);
  return { status: 200 };
}
