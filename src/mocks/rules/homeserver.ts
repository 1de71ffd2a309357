import { bad, forbidden, MatrixError, notFound, ok } from '../answer';
import { addDevice, passwordHash } from '../build';
import type { Answer } from '../answer';
import type { Call, Route } from '../call';
import { route } from '../call';
import { isAlias } from '../ids';
import { isObject, textOf } from '../params';
import { ADMIN_SCOPE, CLIENT_SCOPE } from '../authenticate';
import { HEX } from '../random';
import type { User } from '../state';
import { masMetadata } from '../mas/metadata';
import { lookUpAlias } from './alias';
import { powerOf } from './room-facts';

const CS = '/_matrix/client/<api/v1|r0|v3|unstable>';

/** `rust/src/handlers/versions.rs:137-158` */
function versions(): Answer {
  const stable = ['r0.0.1', 'r0.1.0', 'r0.2.0', 'r0.3.0', 'r0.4.0', 'r0.5.0', 'r0.6.0', 'r0.6.1'];
  for (let minor = 1; minor <= 12; minor += 1) stable.push(`v1.${minor}`);
  return ok({ versions: stable, unstable_features: { 'org.matrix.msc3440.stable': true } });
}

function wellKnown({ state }: Call): Answer {
  if (state.config.well_known === null) throw notFound('.well-known not available');
  return ok(state.config.well_known);
}

function loginFlows({ state }: Call): Answer {
  const { password_enabled, identity_providers } = state.config;
  const flows: unknown[] = [];
  if (identity_providers.length > 0) {
    flows.push({ type: 'm.login.sso', identity_providers }, { type: 'm.login.token' });
  }
  if (password_enabled) flows.push({ type: 'm.login.password' });
  flows.push({ type: 'm.login.application_service' });
  return ok({ flows });
}

/** Password sign-in: 0.17 failed attempts a second, three at once (`config/ratelimiting.py:127-144`). */
function login(call: Call): Answer {
  const { server, state } = call;
  const body = call.json();
  if (!('type' in body)) throw bad('Missing JSON keys.');
  const display = typeof body['initial_device_display_name'] === 'string' ? body['initial_device_display_name'] : null;
  if (body['type'] === 'm.login.token' && state.config.identity_providers.length > 0) {
    const given = textOf(body['token'] ?? '');
    const known = state.loginTokens.get(given);
    state.loginTokens.delete(given);
    if (!known || known.until_ms < server.now()) throw forbidden('Invalid login token');
    const user = state.users.get(known.user_id);
    if (!user) throw forbidden('Invalid login token');
    return opened(server, user, addDevice(server, user, { display_name: display }).device_id);
  }
  if (body['type'] !== 'm.login.password' || !state.config.password_enabled) {
    throw bad(`Unknown login type ${String(body['type'])}`);
  }
  const identifier = isObject(body['identifier']) ? body['identifier'] : {};
  const given = textOf(identifier['user'] ?? body['user'] ?? '');
  const name = given.startsWith('@') ? given : `@${given.toLowerCase()}:${server.serverName}`;
  const user = state.users.get(name);
  if (!user || user.password_hash === null || user.password_hash !== passwordHash(textOf(body['password'] ?? ''))) {
    if (user?.deactivated) throw forbidden('This account has been deactivated', 'M_USER_DEACTIVATED');
    server.spend(`login failed ${name}`, 0.17, 3, '');
    throw forbidden('Invalid username or password');
  }
  if (user.locked) throw new MatrixError(401, 'M_USER_LOCKED', 'User account has been locked', { soft_logout: true });
  server.spend(`login ${name}`, 0.003, 5, '');
  const wanted = typeof body['device_id'] === 'string' ? body['device_id'] : undefined;
  const known = user.devices.find((device) => device.device_id === wanted);
  const device =
    known ??
    addDevice(server, user, {
      ...(wanted === undefined ? {} : { device_id: wanted }),
      display_name: display,
    });
  return opened(server, user, device.device_id);
}

function opened(server: Call['server'], user: User, deviceId: string): Answer {
  const token = `syt_${server.random.text(32, HEX)}`;
  server.state.tokens.set(token, {
    user_id: user.name,
    device_id: deviceId,
    valid_until_ms: null,
    puppeted_by: null,
    scopes: [CLIENT_SCOPE, ...(user.admin ? [ADMIN_SCOPE] : [])],
    active: true,
  });
  return ok({ user_id: user.name, access_token: token, home_server: server.serverName, device_id: deviceId });
}

/** The provider has no page in the model: it says at once who it is. Good for two minutes (`config/ratelimiting`, `handlers/auth.py`). */
function ssoRedirect({ server, state, query }: Call): Answer {
  const back = query.text('redirectUrl');
  if (back === undefined) throw bad('Missing required query parameter: redirectUrl', 'M_MISSING_PARAM');
  const to = new URL(back);
  if (state.config.sso_user !== null) {
    const token = server.random.text(32, HEX);
    state.loginTokens.set(token, { user_id: state.config.sso_user, until_ms: server.now() + 120_000 });
    to.searchParams.set('loginToken', token);
  }
  return { status: 302, headers: { Location: to.href } };
}

function whoami({ server, requester }: Call): Answer {
  return ok({
    user_id: requester.user.name,
    ...(server.atLeast('1.54') ? { is_guest: requester.user.is_guest } : {}),
    ...(requester.device_id === null ? {} : { device_id: requester.device_id }),
  });
}

/** Deletes the device and its tokens, or just the token if it has no device (§6). */
function logout({ state, requester }: Call): Answer {
  state.tokens.delete(requester.token);
  if (requester.device_id !== null) {
    for (const [text, token] of state.tokens) {
      if (token.user_id === requester.user.name && token.device_id === requester.device_id) state.tokens.delete(text);
    }
    requester.user.devices = requester.user.devices.filter(({ device_id }) => device_id !== requester.device_id);
  }
  return ok({});
}

/** Also kills the tokens that this admin made with "login as" (§1.8). */
function logoutAll({ state, requester }: Call): Answer {
  const me = requester.user.name;
  for (const [text, token] of state.tokens) {
    if ((token.user_id === me && token.puppeted_by === null) || token.puppeted_by === me) state.tokens.delete(text);
  }
  requester.user.devices = [];
  return ok({});
}

function capabilities({ server, state }: Call): Answer {
  const available: Record<string, string> = {};
  const newest = server.atLeast('1.136') ? 12 : server.atLeast('1.89') ? 11 : 10;
  for (let version = 1; version <= newest; version += 1) available[String(version)] = 'stable';
  return ok({
    capabilities: {
      'm.room_versions': { default: server.atLeast('1.138') ? '11' : '10', available },
      'm.change_password': { enabled: state.config.password_enabled && !server.mas },
      'm.set_displayname': { enabled: true },
      'm.set_avatar_url': { enabled: true },
      'm.3pid_changes': { enabled: !server.mas },
      'm.get_login_token': { enabled: false },
    },
  });
}

/** `{}` unless `password_config.policy` is enabled (`rest/client/password_policy.py`). No admin endpoint looks at it. */
const passwordPolicy = ({ state }: Call): Answer => ok({ ...state.config.password_policy });

/** Registered under MAS only: a good detector (§6). */
/** As MAS told it at Synapse’s start. */
function authMetadata({ server }: Call): Answer {
  if (server.masSide) return ok(masMetadata(server.masSide.baseUrl));
  const issuer = `https://auth.${server.serverName}/`;
  return ok({
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth2/token`,
    revocation_endpoint: `${issuer}oauth2/revoke`,
    account_management_uri: `${issuer}account/`,
  });
}

/** What it was called before, and still is. */
const authIssuer = ({ server }: Call): Answer =>
  ok({ issuer: `${server.masSide?.baseUrl ?? `https://auth.${server.serverName}`}/` });

function resolveAlias(call: Call): Answer {
  const name = call.part('alias');
  if (!isAlias(name)) throw bad(`Room alias ${name} invalid`, 'M_INVALID_PARAM');
  const alias = lookUpAlias(call.server, name);
  return ok({ room_id: alias.room_id, servers: alias.servers });
}

/** Server admins may read any room (`handlers/directory.py:538-549`). */
function roomAliases(call: Call): Answer {
  const roomId = call.part('room_id');
  const { isAdmin, user } = call.requester;
  const room = call.state.rooms.get(roomId);
  const sees = room?.members.get(user.name)?.membership === 'join' || room?.history_visibility === 'world_readable';
  if (!isAdmin && !sees) throw forbidden(`User ${user.name} not in room ${roomId}`);
  return ok({
    aliases: [...call.state.aliases].filter(([, alias]) => alias.room_id === roomId).map(([name]) => name),
  });
}

/** Without a token (`rest/client/directory.py`, `handlers/directory.py:440-536`). */
function directoryVisibility(call: Call): Answer {
  const room = call.state.rooms.get(call.part('room_id'));
  if (!room) throw notFound('Unknown room');
  return ok({ visibility: room.public ? 'public' : 'private' });
}

/** Server admins may list any room. */
function setDirectoryVisibility(call: Call): Answer {
  const { visibility = 'public' } = call.json();
  if (visibility !== 'public' && visibility !== 'private') {
    throw bad("Input should be 'public' or 'private'", 'M_BAD_JSON');
  }
  const room = call.state.rooms.get(call.part('room_id'));
  if (!room) throw bad('Unknown room');
  const { isAdmin, user } = call.requester;
  if (!isAdmin && powerOf(room, user.name) < 50) {
    throw forbidden('This server requires you to be a moderator in the room to edit its room list entry');
  }
  room.public = visibility === 'public';
  return ok({});
}

/** Server admins need not be in the room. */
function addAlias(call: Call): Answer {
  const name = call.part('alias');
  const { room_id } = call.json();
  if (!isAlias(name)) throw bad(`Room alias ${name} invalid`, 'M_INVALID_PARAM');
  if (typeof room_id !== 'string') throw bad('Missing params: room_id', 'M_BAD_JSON');
  if (!call.state.rooms.has(room_id)) throw bad('Room does not exist');
  if (!call.server.isMine(name)) throw bad('Room alias must be local');
  if (call.state.aliases.has(name)) throw new MatrixError(409, 'M_UNKNOWN', `Room alias ${name} already exists`);
  const creator = call.requester.user.name;
  call.state.aliases.set(name, { room_id, creator, servers: [call.server.serverName] });
  return ok({});
}

function deleteAlias(call: Call): Answer {
  const name = call.part('alias');
  if (!isAlias(name)) throw bad(`Room alias ${name} invalid`, 'M_INVALID_PARAM');
  if (!call.state.aliases.delete(name)) throw notFound('Unknown room alias');
  return ok({});
}

function profile(call: Call): Answer {
  const user = call.state.users.get(call.part('user_id'));
  if (!user || (user.displayname === null && user.avatar_url === null)) throw notFound('Profile was not found');
  return ok({
    ...(user.displayname === null ? {} : { displayname: user.displayname }),
    ...(user.avatar_url === null ? {} : { avatar_url: user.avatar_url }),
  });
}

/** No token at all: it separates proxy and CORS from authentication (§0.2). */
const serverVersion = ({ server }: Call): Answer => ok({ server_version: server.version });

/** The model's homeserver.yaml has no `registration_shared_secret` (§1.11). */
function register(): Answer {
  throw bad('Shared secret registration is not enabled');
}

export const homeserverRoutes: readonly Route[] = [
  route('/.well-known/matrix/client', { GET: wellKnown }, { auth: 'none' }),
  // Before, it read no token, and so refused none.
  route('/_matrix/client/versions', { GET: versions }, { auth: 'none', until: '1.111' }),
  route('/_matrix/client/versions', { GET: versions }, { auth: 'optional', since: '1.111' }),
  route(`${CS}/login/sso/redirect`, { GET: ssoRedirect }, { auth: 'none', mas: 'off' }),
  route(`${CS}/login/sso/redirect/{idp}`, { GET: ssoRedirect }, { auth: 'none', mas: 'off' }),
  route(`${CS}/login`, { GET: loginFlows, POST: login }, { auth: 'none', mas: 'off' }),
  route(`${CS}/logout`, { POST: logout }, { auth: 'expired-too', mas: 'off' }),
  route(`${CS}/logout/all`, { POST: logoutAll }, { auth: 'expired-too', mas: 'off' }),
  route('/_matrix/client/<r0|v3|unstable>/account/whoami', { GET: whoami }, { auth: 'user' }),
  route('/_matrix/client/<r0|v3|unstable>/capabilities', { GET: capabilities }, { auth: 'user' }),
  route('/_matrix/client/<r0|v3|unstable>/password_policy', { GET: passwordPolicy }, { auth: 'none' }),
  route('/_matrix/client/v1/auth_metadata', { GET: authMetadata }, { auth: 'none', mas: 'only', since: '1.138' }),
  route(
    '/_matrix/client/unstable/org.matrix.msc2965/auth_metadata',
    { GET: authMetadata },
    { auth: 'none', mas: 'only', since: '1.123' },
  ),
  route(
    '/_matrix/client/unstable/org.matrix.msc2965/auth_issuer',
    { GET: authIssuer },
    { auth: 'none', mas: 'only', since: '1.99' },
  ),
  route(`${CS}/directory/room/{alias}`, { GET: resolveAlias }, { auth: 'none' }),
  route(`${CS}/directory/room/{alias}`, { PUT: addAlias, DELETE: deleteAlias }, { auth: 'user' }),
  route(`${CS}/directory/list/room/{room_id}`, { GET: directoryVisibility }, { auth: 'none' }),
  route(`${CS}/directory/list/room/{room_id}`, { PUT: setDirectoryVisibility }, { auth: 'user' }),
  route('/_matrix/client/<r0|v3|unstable>/rooms/{room_id}/aliases', { GET: roomAliases }, { auth: 'user' }),
  route(`${CS}/profile/{user_id}`, { GET: profile }, { auth: 'none' }),
  route('/_synapse/admin/v1/server_version', { GET: serverVersion }, { auth: 'none', since: '0.99' }),
  route('/_synapse/admin/v1/register', { GET: register, POST: register }, { auth: 'none', mas: 'off' }),
];
