import type { Answer } from '../answer';
import { bad, MatrixError, forbidden, notFound, noRow, ok } from '../answer';
import { passwordHash } from '../build';
import type { Call, Route, Server } from '../call';
import { route } from '../call';
import { parseUserId } from '../ids';
import { assertParams, isObject, textOf } from '../params';
import { URL_SAFE } from '../random';
import type { Room, User } from '../state';
import { setMembership } from './membership';
import { freshConnections } from './user-object';

/** The local user named in the path. @throws 400 for remote ones, 404 for unknown ones */
function localUser(call: Call, remote: string, missing: () => MatrixError = () => notFound('User not found')): User {
  const name = call.part('user_id');
  parseUserId(name);
  if (!call.server.isMine(name)) throw bad(remote);
  const user = call.state.users.get(name);
  if (!user) throw missing();
  return user;
}

/** Devices and their tokens go; `keep` is the calling session's token. */
export function endSessions(server: Server, user: User, keep: string | null): void {
  const kept = keep === null ? null : (server.state.tokens.get(keep)?.device_id ?? null);
  user.devices = user.devices.filter(({ device_id }) => device_id === kept);
  user.pushers = [];
  for (const [text, token] of server.state.tokens) {
    if (token.user_id === user.name && text !== keep && token.device_id !== null) server.state.tokens.delete(text);
  }
}

/**
 * `handlers/deactivate_account.py:74-205`. Sessions, password, 3pids, account data and invites go at once, rooms are left later,
 * one after the other, in a background loop. External ids STAY, and so does the lock (§1.4, §1.8).
 */
export function deactivate(server: Server, user: User, erase: boolean): void {
  endSessions(server, user, null);
  for (const [text, token] of server.state.tokens) if (token.user_id === user.name) server.state.tokens.delete(text);
  user.deactivated = true;
  user.password_hash = null;
  user.threepids = [];
  user.account_data = { global: {}, rooms: {} };
  user.has_master_key = false;
  if (erase) {
    user.erased = true;
    user.displayname = null;
    user.avatar_url = null;
  }
  const now = server.now();
  for (const room of server.state.rooms.values()) {
    const member = room.members.get(user.name);
    if (member?.membership === 'invite' || member?.membership === 'knock') {
      room.members.set(user.name, { membership: 'leave', since: now });
    }
  }
  const isIn = (room: Room) => room.members.get(user.name)?.membership === 'join';
  for (const [index, room] of [...server.state.rooms.values()].filter(isIn).entries()) {
    server.later(server.taskMs * (index + 1), () => {
      if (isIn(room)) setMembership(server, room, user.name, { membership: 'leave', sender: user.name });
    });
  }
}

function deactivateAccount(call: Call): Answer {
  const body = call.json({ allowEmpty: true });
  const erase = body['erase'] ?? false;
  if (typeof erase !== 'boolean') throw bad("Param 'erase' must be a boolean, if given", 'M_BAD_JSON');
  const user = localUser(call, 'Can only deactivate local users');
  const bound = user.threepids.length > 0;
  deactivate(call.server, user, erase);
  return ok({ id_server_unbind_result: bound ? 'no-support' : 'success' });
}

/** Strict (pydantic); the key of the answer holds the user id (`users.py:820`). */
function suspend(call: Call): Answer {
  const user = localUser(call, 'Only local users can be suspended');
  const body = call.json();
  if (!('suspend' in body)) {
    const dump = '1 validation error for PutBody\nsuspend\n  field required (type=value_error.missing)';
    throw bad(dump, 'M_MISSING_PARAM');
  }
  const value = body['suspend'];
  if (typeof value !== 'boolean') {
    const errcode = call.server.atLeast('1.142') ? 'M_BAD_JSON' : 'M_INVALID_PARAM';
    throw bad('1 validation error for PutBody\nsuspend\n  Input should be a valid boolean', errcode);
  }
  user.suspended = value;
  return ok({ [`user_${user.name}_suspended`]: value });
}

function setShadowBan(call: Call, value: boolean): Answer {
  localUser(call, 'Only local users can be shadow-banned', () => noRow('users')).shadow_banned = value;
  return ok({});
}

function resetPassword(call: Call): Answer {
  parseUserId(call.part('user_id'));
  const body = call.json();
  assertParams(body, ['new_password']);
  const { server } = call;
  if (!server.state.config.password_enabled) throw forbidden('Password change disabled');
  const user = call.state.users.get(call.part('user_id'));
  if (!user) throw notFound('Unknown user');
  user.password_hash = passwordHash(String(body['new_password']));
  if (body['logout_devices'] ?? true) {
    endSessions(server, user, user === call.requester.user ? call.requester.token : null);
  }
  return ok({});
}

/** No device is made; the token is the admin's and ends with the admin's `/logout/all` (§1.8). */
function loginAs(call: Call): Answer {
  const name = call.part('user_id');
  parseUserId(name);
  if (!call.server.isMine(name)) throw bad('Only local users can be logged in as');
  const validUntil = call.json({ allowEmpty: true })['valid_until_ms'] ?? null;
  if (validUntil !== null && !Number.isInteger(validUntil)) throw bad("'valid_until_ms' parameter must be an int");
  if (name === call.requester.user.name) throw bad('Cannot use admin API to login as self');
  if (!call.state.users.has(name) && call.server.atLeast('1.149')) throw notFound('User not found');
  const token = `syt_as_${call.server.random.text(30, URL_SAFE)}`;
  call.state.tokens.set(token, {
    user_id: name,
    device_id: null,
    valid_until_ms: validUntil as number | null,
    puppeted_by: call.requester.user.name,
    scopes: [],
    active: true,
  });
  return ok({ access_token: token });
}

const ratelimitUser = (call: Call): User => localUser(call, 'Can only look up local users');

function getRatelimit(call: Call): Answer {
  const { ratelimit } = ratelimitUser(call);
  return ok(ratelimit === null ? {} : { ...ratelimit });
}

/** An empty body means 0/0: rate limiting is off (§1.8). */
function setRatelimit(call: Call): Answer {
  const user = ratelimitUser(call);
  const body = call.json({ allowEmpty: true });
  const read = (name: string): number => {
    const value = body[name] ?? 0;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
      throw bad(`${name} parameter must be a positive int`, 'M_INVALID_PARAM');
    }
    return value;
  };
  user.ratelimit = { messages_per_second: read('messages_per_second'), burst_count: read('burst_count') };
  return ok({ ...user.ratelimit });
}

function deleteRatelimit(call: Call): Answer {
  ratelimitUser(call).ratelimit = null;
  return ok({});
}

function crossSigning(call: Call): Answer {
  const user = call.state.users.get(call.part('user_id'));
  if (!user?.has_master_key) throw notFound('User has no master cross-signing key');
  user.keys_updatable_ts = call.server.now() + 10 * 60_000;
  return ok({ updatable_without_uia_before_ms: user.keys_updatable_ts });
}

/** As where account validity is not configured: without a time it breaks (§1.8). Nobody checks whether the user exists. */
function setValidity(call: Call): Answer {
  const { user_id: name, expiration_ts: until = null } = call.json();
  if (name === undefined) throw bad("Missing property 'user_id' in the request body");
  if (typeof until !== 'number') throw new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
  const user = call.state.users.get(textOf(name));
  if (user) user.expiration_ts = until;
  return ok({ expiration_ts: until });
}

/** Always one device, named `""`; open to oneself (`users.py:736-740`). */
function whois(call: Call): Answer {
  const name = call.part('user_id');
  parseUserId(name);
  const { requester } = call;
  if (requester.user.name !== name && !requester.isAdmin) throw forbidden('You are not a server admin');
  if (!call.server.isMine(name)) throw bad('Can only whois a local user');
  const user = call.state.users.get(name);
  const connections = user ? freshConnections(call.server, user) : [];
  return ok({ user_id: name, devices: { '': { sessions: [{ connections }] } } });
}

function accountData(call: Call): Answer {
  return ok({ account_data: localUser(call, 'Can only look up local users').account_data });
}

function pushers(call: Call): Answer {
  const found = localUser(call, 'Can only look up local users').pushers;
  return ok({ pushers: found, total: found.length });
}

/** Per-user switches, by the first version that has each; 1.111 took two away. */
const features = (server: Call['server']): string[] => [
  ...(server.atLeast('1.111') ? [] : ['msc3026', 'msc3967']),
  'msc3881',
  ...(server.atLeast('1.111') ? ['msc3575'] : []),
  ...(server.atLeast('1.119') ? ['msc4222'] : []),
];

/** User existence is not checked (§1.9). */
function getFeatures(call: Call): Answer {
  const set = call.state.users.get(call.part('user_id'))?.experimental_features ?? {};
  return ok({ features: Object.fromEntries(features(call.server).map((name) => [name, set[name] ?? false])) });
}

function putFeatures(call: Call): Answer {
  const wanted = call.json()['features'];
  if (!isObject(wanted) || Object.keys(wanted).length === 0) throw bad("Missing key 'features'");
  for (const name of Object.keys(wanted)) {
    if (!features(call.server).includes(name))
      throw bad(`'${name}' is not recognised as a valid experimental feature.`);
  }
  const user = call.state.users.get(call.part('user_id'));
  if (user) for (const [name, value] of Object.entries(wanted)) user.experimental_features[name] = Boolean(value);
  return ok({});
}

const V1 = '/_synapse/admin/v1';

export const accountRoutes: readonly Route[] = [
  route(`${V1}/deactivate/{user_id}`, { POST: deactivateAccount }),
  route(`${V1}/suspend/{user_id}`, { PUT: suspend }, { since: '1.122' }),
  route(`${V1}/users/{user_id}/shadow_ban`, {
    POST: (call) => setShadowBan(call, true),
    DELETE: (call) => setShadowBan(call, false),
  }),
  route(`${V1}/reset_password/{user_id}`, { POST: resetPassword }, { mas: 'off' }),
  route(`${V1}/users/{user_id}/login`, { POST: loginAs }, { mas: 'off' }),
  route(`${V1}/users/{user_id}/override_ratelimit`, {
    GET: getRatelimit,
    POST: setRatelimit,
    DELETE: deleteRatelimit,
  }),
  route(
    `${V1}/users/{user_id}/_allow_cross_signing_replacement_without_uia`,
    { POST: crossSigning },
    { since: '1.97', open: true },
  ),
  route(`${V1}/account_validity/validity`, { POST: setValidity }, { mas: 'off' }),
  route(`${V1}/whois/{user_id}`, { GET: whois }, { auth: 'user' }),
  route('/_matrix/client/<api/v1|r0|v3|unstable>/admin/whois/{user_id}', { GET: whois }, { auth: 'user' }),
  route(`${V1}/users/{user_id}/accountdata`, { GET: accountData }, { since: '1.50', open: true }),
  route(`${V1}/users/{user_id}/pushers`, { GET: pushers }, { since: '1.23' }),
  route(`${V1}/experimental_features/{user_id}`, { GET: getFeatures, PUT: putFeatures }, { since: '1.83', open: true }),
];
