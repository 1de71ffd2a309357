import { adminRoute, iso, isoOrNull, masCreated, MasError, masOk, type MasAnswer, type MasCall } from '../call';
import { bool, list, single, type Filter, type Kind } from '../json-api';
import type { MasRegistrationTokenRow } from '../state';

/** `admin/v1/user_registration_tokens`: no deletion, and no look-up by text. */

const isExpired = (row: MasRegistrationTokenRow, call: MasCall): boolean =>
  row.expires_at !== null && row.expires_at <= call.now();

const isValid = (row: MasRegistrationTokenRow, call: MasCall): boolean =>
  row.revoked_at === null && !isExpired(row, call) && (row.usage_limit === null || row.times_used < row.usage_limit);

const KIND: Kind<MasRegistrationTokenRow> = {
  type: 'user-registration_token',
  path: 'user-registration-tokens',
  attributes: (row, call) => ({
    token: row.token,
    valid: isValid(row, call),
    usage_limit: row.usage_limit,
    times_used: row.times_used,
    created_at: iso(row.created_at),
    last_used_at: isoOrNull(row.last_used_at),
    expires_at: isoOrNull(row.expires_at),
    revoked_at: isoOrNull(row.revoked_at),
  }),
};

const FILTERS: readonly Filter<MasRegistrationTokenRow>[] = [
  bool('used', (row) => row.times_used > 0),
  bool('revoked', (row) => row.revoked_at !== null),
  bool('expired', isExpired),
  bool('valid', isValid),
];

function find(call: MasCall): MasRegistrationTokenRow {
  const id = call.id();
  const row = call.state.registrationTokens.get(id);
  if (!row) throw new MasError(404, `Registration token with ID ${id} not found`);
  return row;
}

const timeOf = (value: unknown): number | null => (typeof value === 'string' ? Date.parse(value) : null);
const limitOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** No check of what the text consists of. */
function create(call: MasCall): MasAnswer {
  const body = call.body({ token: 'string?', usage_limit: 'u32?', expires_at: 'time?' });
  const { state, mas } = call;
  const token = typeof body['token'] === 'string' ? body['token'] : mas.random.text(12);
  for (const one of state.registrationTokens.values()) {
    if (one.token === token) throw new MasError(409, 'A registration token with the same token already exists');
  }
  const row: MasRegistrationTokenRow = {
    id: mas.newId(),
    token,
    usage_limit: limitOf(body['usage_limit']),
    times_used: 0,
    created_at: call.now(),
    last_used_at: null,
    expires_at: timeOf(body['expires_at']),
    revoked_at: null,
  };
  state.registrationTokens.set(row.id, row);
  return masCreated(single(KIND, row, call));
}

/** What is missing stays; null takes a limit away. */
function update(call: MasCall): MasAnswer {
  call.id();
  const body = call.body({ usage_limit: 'u32?', expires_at: 'time?' });
  const row = find(call);
  if ('expires_at' in body) row.expires_at = timeOf(body['expires_at']);
  if ('usage_limit' in body) row.usage_limit = limitOf(body['usage_limit']);
  return masOk(single(KIND, row, call));
}

function setRevoked(call: MasCall, isRevoked: boolean): MasAnswer {
  const row = find(call);
  if ((row.revoked_at !== null) === isRevoked) {
    throw new MasError(400, `Registration token with ID ${row.id} is ${isRevoked ? 'already' : 'not'} revoked`);
  }
  row.revoked_at = isRevoked ? call.now() : null;
  return masOk(single(KIND, row, call, isRevoked ? 'revoke' : 'unrevoke'));
}

const all = (call: MasCall): MasAnswer => list(KIND, call.state.registrationTokens.values(), FILTERS, call);
const one = (call: MasCall): MasAnswer => masOk(single(KIND, find(call), call));

export const masRegistrationTokenRoutes = [
  adminRoute('/user-registration-tokens', { GET: all, POST: create }, '0.17'),
  adminRoute('/user-registration-tokens/{id}', { GET: one, PUT: update }, '0.17'),
  adminRoute('/user-registration-tokens/{id}/revoke', { POST: (call) => setRevoked(call, true) }, '0.17'),
  adminRoute('/user-registration-tokens/{id}/unrevoke', { POST: (call) => setRevoked(call, false) }, '0.17'),
];
