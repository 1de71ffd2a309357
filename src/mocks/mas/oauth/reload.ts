import { MAS_SCOPE } from '../adopt';
import type { MasOAuth } from './oauth';

/** The demo lives in its page and begins anew with each reload: a session from before is put back as it was. */
export function knows(
  { mas }: MasOAuth,
  token: string,
  kept: { refreshToken: string; clientId: string; expiresAt: number },
): void {
  const { state } = mas;
  const admin = state.userNamed('admin');
  if (!admin || state.accessTokens.has(token)) return;
  state.clients.set(kept.clientId, {
    id: kept.clientId,
    client_name: 'Glia',
    client_uri: null,
    logo_uri: null,
    redirect_uris: [],
    grant_types: ['authorization_code', 'refresh_token'],
    is_static: false,
    application_type: 'web',
    token_endpoint_auth_method: 'none',
    digest: null,
  });
  const scopes = ['openid', 'urn:matrix:client:api:*', 'urn:synapse:admin:*', MAS_SCOPE];
  const made = mas.issueToken(admin.id, scopes, { clientId: kept.clientId, expiresAt: kept.expiresAt });
  const row = state.accessTokens.get(made.token);
  if (row) state.accessTokens.set(token, { ...row, token });
  state.accessTokens.delete(made.token);
  state.refreshTokens.set(kept.refreshToken, {
    token: kept.refreshToken,
    session_id: made.session.id,
    created_at: mas.now(),
    access_token: token,
    consumed_at: null,
    next: null,
    revoked_at: null,
  });
}
