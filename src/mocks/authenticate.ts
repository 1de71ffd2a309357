import { forbidden, MatrixError } from './answer';
import type { Requester, RouteOptions, Server } from './call';
import type { Query } from './params';
import type { Token } from './state';

const missingToken = (error: string): MatrixError => new MatrixError(401, 'M_MISSING_TOKEN', error);
const unknownToken = (error: string, softLogout: boolean): MatrixError =>
  new MatrixError(401, 'M_UNKNOWN_TOKEN', error, { soft_logout: softLogout });

/** What a MAS token must hold for the C-S API, and to act as admin (§0.2). */
export const CLIENT_SCOPE = 'urn:matrix:client:api:*';
export const ADMIN_SCOPE = 'urn:synapse:admin:*';

/** §0.2, `api/auth/base.py:265-296`. @throws 401 M_MISSING_TOKEN */
function readToken(headers: Headers, query: Query): string {
  const header = headers.get('Authorization');
  const fromQuery = query.text('access_token');
  if (header !== null) {
    if (fromQuery !== undefined) {
      throw missingToken('Mixing Authorization headers and access_token query parameters.');
    }
    const [scheme, token, ...rest] = header.split(' ');
    if (scheme !== 'Bearer' || token === undefined || rest.length > 0) {
      throw missingToken('Invalid Authorization header.');
    }
    return token;
  }
  if (fromQuery === undefined) throw missingToken('Missing access token');
  return fromQuery;
}

/** Who asks, and whether as an admin. @returns null where no token is needed and none was sent */
export function authenticate(
  server: Server,
  headers: Headers,
  query: Query,
  mode: NonNullable<RouteOptions['auth']>,
): Requester | null {
  if (mode === 'none') return null;
  if (mode === 'optional' && !headers.has('Authorization') && !query.has('access_token')) return null;
  const token = readToken(headers, query);
  const requester = server.mas ? throughMas(server, token) : ownAuth(server, token, mode);
  if (mode === 'admin' && !requester.isAdmin) throw forbidden('You are not a server admin');
  return requester;
}

function ownAuth(server: Server, text: string, mode: string): Requester {
  const row = server.state.tokens.get(text);
  const user = row && server.state.users.get(row.user_id);
  if (!row || !user) throw unknownToken('Invalid access token passed.', false);
  const expired = !row.active || (row.valid_until_ms !== null && row.valid_until_ms < server.now());
  if (mode !== 'expired-too') {
    if (expired) throw unknownToken('Access token has expired', true);
    if (user.locked) {
      throw new MatrixError(401, 'M_USER_LOCKED', 'User account has been locked', { soft_logout: true });
    }
  }
  if (user.is_guest && mode === 'admin') throw forbidden('Guest access not allowed', 'M_GUEST_ACCESS_FORBIDDEN');
  return {
    user,
    token: text,
    device_id: row.device_id,
    authenticatedEntity: row.puppeted_by ?? row.user_id,
    isAdmin: user.admin,
  };
}

/** `api/auth/mas.py:320-412`: the scope decides, not the column; `locked` and `shadow_banned` are never looked at. */
function throughMas(server: Server, text: string): Requester {
  const { user_id: name, device_id, scopes } = introspect(server, text);
  if (!scopes.includes(CLIENT_SCOPE)) throw unknownToken("Token doesn't grant access to the Matrix C-S API", false);
  const user = server.state.users.get(name);
  if (!user) throw new MatrixError(500, 'M_FORBIDDEN', 'User not found');
  if (device_id !== null && !user.devices.some((device) => device.device_id === device_id)) {
    throw unknownToken('Token is not active', false);
  }
  return { user, token: text, device_id, authenticatedEntity: name, isAdmin: scopes.includes(ADMIN_SCOPE) };
}

/** What MAS says of a token; without a model of MAS, what the homeserver’s own table says. @throws 401 */
function introspect(
  server: Server,
  text: string,
): Pick<Token, 'user_id' | 'device_id'> & { scopes: readonly string[] } {
  const said = server.masSide?.introspect(text);
  if (said)
    return { user_id: `@${said.username}:${server.serverName}`, device_id: said.device_id, scopes: said.scopes };
  const row = server.state.tokens.get(text);
  const expired = row?.valid_until_ms != null && row.valid_until_ms < server.now();
  if (!row || !row.active || expired) throw unknownToken('Token is not active', false);
  return row;
}
