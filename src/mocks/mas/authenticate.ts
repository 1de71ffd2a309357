import type { MockMas } from './mas';
import { MasError, type Caller } from './call';
import type { AccessTokenRow, MasState } from './state';
import { kindOfToken } from './tokens';

/** `admin/call_context.rs`: lack of rights is 401 too, and only its title tells. @throws MasError */
export function authenticateAdmin(mas: MockMas, headers: Headers): Caller {
  const header = headers.get('Authorization');
  if (header === null) throw new MasError(400, 'Missing authorization header');
  const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(header) ?? [];
  if (token === undefined) throw new MasError(400, 'Invalid authorization header');
  const kind = kindOfToken(token);
  if (kind !== 'mat' && kind !== 'mpt') throw new MasError(401, 'Invalid type of access token');
  const row = mas.state.accessTokens.get(token);
  if (!row) throw new MasError(401, 'Unknown access token');
  const { session, ended, scopes, user_id, client_id } = sessionOf(mas.state, row);
  if (ended) throw new MasError(401, 'Access token revoked');
  if (!isAlive(row, mas.now())) throw new MasError(401, 'Access token expired');
  if (!areUsable(mas.state, session)) throw new MasError(401, 'User locked');
  if (!scopes.includes('urn:mas:admin')) throw new MasError(401, 'Missing urn:mas:admin scope');
  session.last_active_at = mas.now();
  return { session, user_id, client_id };
}

/** An OAuth session needs its user neither locked nor deactivated; a personal one that of its owner, and its actor not deactivated. */
export function areUsable(state: MasState, session: Caller['session']): boolean {
  const isValid = (id: string | null): boolean => {
    const user = id === null ? undefined : state.users.get(id);
    return id === null || (user !== undefined && user.locked_at === null && user.deactivated_at === null);
  };
  if (!('actor_user_id' in session)) return isValid(session.user_id);
  return isValid(session.owner_user_id) && state.users.get(session.actor_user_id)?.deactivated_at === null;
}

const isAlive = (row: AccessTokenRow, now: number): boolean =>
  row.revoked_at === null && (row.expires_at === null || row.expires_at > now);

function sessionOf(state: MasState, row: AccessTokenRow) {
  const personal = state.personalSessions.get(row.session_id);
  if (personal) {
    const { actor_user_id: user_id, owner_client_id: client_id, scopes, revoked_at } = personal;
    return { session: personal, user_id, client_id, scopes, ended: revoked_at !== null };
  }
  const oauth = state.oauthSessions.get(row.session_id);
  if (!oauth) throw new MasError(500, `Failed to load session ${row.session_id}`);
  const { user_id, client_id, scopes, finished_at } = oauth;
  return { session: oauth, user_id, client_id, scopes, ended: finished_at !== null };
}

export interface Introspected {
  readonly username: string;
  readonly device_id: string | null;
  readonly scopes: readonly string[];
}

const DEVICE = /^urn:matrix:(?:org\.matrix\.msc2967\.)?client:device:(.+)$/;

export const deviceOf = (scopes: readonly string[]): string | null =>
  scopes.map((scope) => DEVICE.exec(scope)?.[1]).find((device) => device !== undefined) ?? null;

/** What Synapse learns of a token; null: it is not active. Both forms of a scope mean the same. */
export function introspect(mas: MockMas, token: string): Introspected | null {
  const row = mas.state.accessTokens.get(token);
  if (!row || !isAlive(row, mas.now())) return null;
  if (row.of === 'compat') return introspectCompat(mas.state, row);
  const { session, ended, scopes, user_id } = sessionOf(mas.state, row);
  const user = user_id === null ? undefined : mas.state.users.get(user_id);
  if (ended || !user || !areUsable(mas.state, session)) return null;
  row.used_at ??= mas.now();
  session.last_active_at = mas.now();
  const stable = scopes.map((scope) => scope.replace('urn:matrix:org.matrix.msc2967.client:', 'urn:matrix:client:'));
  return { username: user.username, device_id: deviceOf(scopes), scopes: stable };
}

function introspectCompat(state: MasState, row: AccessTokenRow): Introspected | null {
  const session = state.compatSessions.get(row.session_id);
  const user = session && state.users.get(session.user_id);
  if (!session || !user || session.finished_at !== null) return null;
  if (user.locked_at !== null || user.deactivated_at !== null) return null;
  return { username: user.username, device_id: session.device_id, scopes: ['urn:matrix:client:api:*'] };
}
