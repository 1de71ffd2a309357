import type { Answer } from '../answer';
import { bad, notFound, ok } from '../answer';
import type { Call, Route } from '../call';
import { route } from '../call';
import { textOf } from '../params';
import type { RegistrationToken } from '../state';

const invalid = (error: string) => bad(error, 'M_INVALID_PARAM');
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-';

function list({ server, state, query }: Call): Answer {
  const valid = query.boolean('valid');
  const isValid = (token: RegistrationToken): boolean =>
    (token.uses_allowed === null || token.uses_allowed > token.pending + token.completed) &&
    (token.expiry_time === null || token.expiry_time > server.now());
  const tokens = [...state.registrationTokens.values()].filter((one) => valid === undefined || isValid(one) === valid);
  return ok({ registration_tokens: tokens });
}

/** Shared by new and update: what is not given stays undefined. */
function readLimits(call: Call, body: Record<string, unknown>): Partial<RegistrationToken> {
  const limits: Partial<RegistrationToken> = {};
  if ('uses_allowed' in body) {
    const uses = body['uses_allowed'];
    if (uses !== null && !(isCount(uses) && uses >= 0)) {
      throw invalid('uses_allowed must be a non-negative integer or null');
    }
    limits.uses_allowed = uses;
  }
  if ('expiry_time' in body) {
    const expiry = body['expiry_time'];
    if (expiry !== null && !isCount(expiry)) throw invalid('expiry_time must be an integer or null');
    if (expiry !== null && expiry < call.server.now()) throw invalid('expiry_time must not be in the past');
    limits.expiry_time = expiry;
  }
  return limits;
}

function create(call: Call): Answer {
  const body = call.json();
  let token = body['token'] ?? null;
  if ('token' in body) {
    if (typeof token !== 'string') throw invalid('token must be a string');
    if (token === '' || token.length > 64)
      throw invalid('token must not be empty and must not be longer than 64 characters');
    if (!/^[A-Za-z0-9._~-]*$/.test(token)) {
      throw invalid('token must consist only of characters matched by the regex [A-Za-z0-9-_]');
    }
  } else {
    const length = body['length'] ?? 16;
    if (!isCount(length)) throw invalid('length must be an integer');
    if (length < 1 || length > 64) throw invalid('length must be greater than zero and not greater than 64');
    token = call.server.random.text(length, CHARACTERS);
  }
  const limits = readLimits(call, body);
  const name = textOf(token);
  if (call.state.registrationTokens.has(name)) throw invalid(`Token already exists: ${name}`);
  const row: RegistrationToken = {
    token: name,
    uses_allowed: null,
    pending: 0,
    completed: 0,
    expiry_time: null,
    ...limits,
  };
  call.state.registrationTokens.set(name, row);
  return ok(row);
}

function find(call: Call): RegistrationToken {
  const token = call.state.registrationTokens.get(call.part('token'));
  if (!token) throw notFound(`No such registration token: ${call.part('token')}`);
  return token;
}

function update(call: Call): Answer {
  const limits = readLimits(call, call.json());
  return ok(Object.assign(find(call), limits));
}

function remove(call: Call): Answer {
  call.state.registrationTokens.delete(find(call).token);
  return ok({});
}

const V1 = '/_synapse/admin/v1/registration_tokens';

/** A token named `new` can't be reached: `/new` is tried first (§4). */
export const registrationTokenRoutes: readonly Route[] = [
  route(V1, { GET: list }, { since: '1.42', mas: 'off' }),
  route(`${V1}/new`, { POST: create }, { since: '1.42', mas: 'off' }),
  route(`${V1}/{token}`, { GET: (call) => ok(find(call)), PUT: update, DELETE: remove }, { since: '1.42', mas: 'off' }),
];
