import { adminRoute, iso, isoOrNull, masCreated, MasError, masOk, type MasAnswer, type MasCall } from '../call';
import { deviceOf } from '../authenticate';
import { bool, existing, list, single, type Filter, type Kind } from '../json-api';
import type { PersonalSessionRow } from '../state';
import { newToken } from '../tokens';

/** `admin/v1/personal_sessions`. */

const attributes = (row: PersonalSessionRow): Record<string, unknown> => ({
  created_at: iso(row.created_at),
  revoked_at: isoOrNull(row.revoked_at),
  owner_user_id: row.owner_user_id,
  owner_client_id: row.owner_client_id,
  actor_user_id: row.actor_user_id,
  human_name: row.human_name,
  scope: row.scopes.join(' '),
  last_active_at: isoOrNull(row.last_active_at),
  last_active_ip: row.last_active_ip,
  expires_at: isoOrNull(row.expires_at),
});

const KIND: Kind<PersonalSessionRow> = { type: 'personal-session', path: 'personal-sessions', attributes };

const withToken = (token: string): Kind<PersonalSessionRow> => ({
  ...KIND,
  attributes: (row) => ({ ...attributes(row), access_token: token }),
});

const ofUser = (name: string, of: (row: PersonalSessionRow) => string | null): Filter<PersonalSessionRow> =>
  existing(
    name,
    ({ state }, id) => state.users.has(id),
    (id) => `User ID ${id} not found`,
    of,
  );

/** Unlike in all other lists, with underscores. */
const FILTERS: readonly Filter<PersonalSessionRow>[] = [
  ofUser('owner_user', (row) => row.owner_user_id),
  existing(
    'owner_client',
    ({ state }, id) => state.clients.has(id),
    (id) => `Client ID ${id} not found`,
    (row) => row.owner_client_id,
  ),
  ofUser('actor_user', (row) => row.actor_user_id),
  {
    name: 'scope',
    type: 'text',
    repeatable: true,
    fits: (_first, _call, values) => (row) => values.every((value) => row.scopes.includes(value)),
  },
  {
    name: 'status',
    type: ['active', 'revoked'],
    fits: (value) => (row) => (row.revoked_at === null) === (value === 'active'),
  },
  {
    name: 'expires_before',
    type: 'time',
    fits: (value) => (row) => row.expires_at !== null && row.expires_at < Date.parse(value),
  },
  {
    name: 'expires_after',
    type: 'time',
    fits: (value) => (row) => row.expires_at !== null && row.expires_at > Date.parse(value),
  },
  bool('expires', (row) => row.expires_at !== null),
];

function handOut(call: MasCall, row: PersonalSessionRow): string {
  for (const one of call.state.accessTokens.values()) {
    if (one.session_id === row.id) one.revoked_at ??= call.now();
  }
  const token = newToken('mpt', call.mas.random);
  const { id, expires_at } = row;
  const now = call.now();
  call.state.accessTokens.set(token, {
    token,
    of: 'personal',
    session_id: id,
    created_at: now,
    expires_at,
    revoked_at: null,
    used_at: null,
  });
  return token;
}

const expiry = (call: MasCall, seconds: unknown): number | null =>
  typeof seconds === 'number' ? call.now() + seconds * 1000 : null;

/** Nobody checks whether the account may have such a scope. */
function create(call: MasCall): MasAnswer {
  const body = call.body({ actor_user_id: 'ulid', human_name: 'string', scope: 'string', expires_in: 'u32?' });
  const { mas, state } = call;
  const actor = state.users.get(String(body['actor_user_id']).toUpperCase());
  if (!actor) throw new MasError(404, 'User not found');
  if (actor.deactivated_at !== null) throw new MasError(410, 'User is not active');
  const scope = String(body['scope']);
  if (!/^[!#-[\]-~]+(?: [!#-[\]-~]+)*$/.test(scope)) throw new MasError(400, 'Invalid scope');
  const { session } = call.caller;
  const isPersonal = 'actor_user_id' in session;
  const row: PersonalSessionRow = {
    id: mas.newId(),
    created_at: call.now(),
    revoked_at: null,
    owner_user_id: isPersonal ? session.owner_user_id : session.user_id,
    owner_client_id: isPersonal ? session.owner_client_id : session.user_id === null ? session.client_id : null,
    actor_user_id: actor.id,
    human_name: String(body['human_name']),
    scopes: scope.split(' ').toSorted(),
    last_active_at: null,
    last_active_ip: null,
    expires_at: expiry(call, body['expires_in']),
  };
  state.personalSessions.set(row.id, row);
  addDevice(call, actor.username, row);
  return masCreated(single(withToken(handOut(call, row)), row, call));
}

/** At once, and not in a job. */
function addDevice(call: MasCall, username: string, row: PersonalSessionRow): void {
  const { homeserver } = call.mas;
  const device = deviceOf(row.scopes);
  const user = homeserver.state.users.get(`@${username}:${homeserver.serverName}`);
  if (device === null || !user || user.devices.some(({ device_id }) => device_id === device)) return;
  const unseen = { last_seen_user_agent: null, last_seen_ts: null, last_seen_ip: null };
  user.devices.push({ device_id: device, display_name: null, ...unseen });
}

function regenerate(call: MasCall): MasAnswer {
  const id = call.id();
  const body = call.body({ expires_in: 'u32?' });
  const row = call.state.personalSessions.get(id);
  if (!row) throw new MasError(404, 'Session not found');
  if (row.revoked_at !== null) throw new MasError(422, 'Session not valid');
  const { session } = call.caller;
  const owner = 'actor_user_id' in session ? session.owner_user_id : session.user_id;
  if (row.owner_user_id !== owner) throw new MasError(403, 'Session does not belong to you');
  row.expires_at = expiry(call, body['expires_in']);
  return masCreated(single(withToken(handOut(call, row)), row, call));
}

function revoke(call: MasCall): MasAnswer {
  const id = call.id();
  const row = call.state.personalSessions.get(id);
  if (!row) throw new MasError(404, `Personal session with ID ${id} not found`);
  if (row.revoked_at !== null) throw new MasError(409, `Personal session with ID ${id} is already revoked`);
  row.revoked_at = call.now();
  if (deviceOf(row.scopes) !== null) call.mas.enqueue('sync-devices', row.actor_user_id);
  return masOk(single(KIND, row, call));
}

function look(call: MasCall): MasAnswer {
  const row = call.state.personalSessions.get(call.id());
  if (!row) throw new MasError(404, 'Personal session not found');
  return masOk(single(KIND, row, call));
}

const all = (call: MasCall): MasAnswer => list(KIND, call.state.personalSessions.values(), FILTERS, call);

export const personalSessionRoutes = [
  adminRoute('/personal-sessions', { GET: all, POST: create }, '1.5'),
  adminRoute('/personal-sessions/{id}', { GET: look }, '1.5'),
  adminRoute('/personal-sessions/{id}/regenerate', { POST: regenerate }, '1.5'),
  adminRoute('/personal-sessions/{id}/revoke', { POST: revoke }, '1.5'),
];
