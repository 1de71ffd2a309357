import {
  adminRoute,
  iso,
  isoOrNull,
  masCreated,
  masDone,
  MasError,
  masOk,
  type MasAnswer,
  type MasCall,
} from '../call';
import { createOnSynapse, isOnSynapse, reactivateOnSynapse } from '../jobs';
import { bool, list, single, type Filter, type Kind } from '../json-api';
import type { MasUserRow } from '../state';

/** `admin/v1/users`. */

const KIND: Kind<MasUserRow> = {
  type: 'user',
  path: 'users',
  attributes: (row, { mas }) => ({
    username: row.username,
    created_at: iso(row.created_at),
    locked_at: isoOrNull(row.locked_at),
    ...(mas.atLeast('0.17') && { deactivated_at: isoOrNull(row.deactivated_at) }),
    admin: row.admin,
    ...(mas.atLeast('1.3') && { legacy_guest: row.legacy_guest }),
  }),
};

const STATUS: Readonly<Record<string, (row: MasUserRow) => boolean>> = {
  active: (row) => row.locked_at === null && row.deactivated_at === null,
  locked: (row) => row.locked_at !== null,
  deactivated: (row) => row.deactivated_at !== null,
};

const FILTERS: readonly Filter<MasUserRow>[] = [
  bool('admin', ({ admin }) => admin),
  bool('legacy-guest', (row) => row.legacy_guest, '1.3'),
  { name: 'search', type: 'text', since: '1.3', fits: (value) => ilike(value) },
  {
    name: 'status',
    type: ['active', 'locked', 'deactivated'],
    fits: (value) => STATUS[value] ?? (() => true),
  },
  {
    name: 'active-oauth2-client',
    type: 'ulid',
    repeatable: true,
    since: '1.20',
    fits(_first, { state }, values) {
      for (const id of values) if (!state.clients.has(id)) throw new MasError(404, `Client ID ${id} not found`);
      const users = activeUsers(state.oauthSessions, ({ client_id }) => values.includes(client_id));
      return ({ id }) => users.has(id);
    },
  },
  {
    name: 'has-active-oauth2-session',
    type: 'boolean',
    since: '1.20',
    fits(value, { state }) {
      const users = activeUsers(state.oauthSessions);
      return ({ id }) => users.has(id) === (value === 'true');
    },
  },
  {
    name: 'has-active-compat-session',
    type: 'boolean',
    since: '1.20',
    fits(value, { state }) {
      const users = activeUsers(state.compatSessions);
      return ({ id }) => users.has(id) === (value === 'true');
    },
  },
];

function activeUsers<Row extends { user_id: string | null; finished_at: number | null }>(
  sessions: ReadonlyMap<string, Row>,
  fits: (row: Row) => boolean = () => true,
): Set<string | null> {
  return new Set(
    [...sessions.values()].filter((one) => one.finished_at === null && fits(one)).map((one) => one.user_id),
  );
}

/** Contained in the username in any case; `%` and `_` are wildcards. */
function ilike(value: string): (row: MasUserRow) => boolean {
  const source = value
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  const regexp = new RegExp(source, 'iu');
  return ({ username }) => regexp.test(username);
}

function find(call: MasCall): MasUserRow {
  const id = call.id();
  const row = call.state.users.get(id);
  if (!row) throw new MasError(404, `User ID ${id} not found`);
  return row;
}

function create(call: MasCall): MasAnswer {
  const body = call.body({
    username: 'string',
    skip_homeserver_check: 'boolean=',
    displayname: 'string?',
    avatar_url: 'string?',
  });
  const username = String(body['username']);
  if (call.state.userNamed(username)) throw new MasError(409, 'User already exists');
  if (!/^(?!_)[a-z0-9=_.\-/+]{1,255}$/.test(username)) throw new MasError(400, 'Username is not valid');
  const { mas, state } = call;
  const { exclusive_users: reserved } = mas.homeserver.state.config;
  const name = `@${username}:${mas.homeserver.serverName}`;
  const isTaken = isOnSynapse(mas, username) || reserved.some((one) => one.test(name));
  if (isTaken && body['skip_homeserver_check'] !== true) {
    throw new MasError(409, 'Username is reserved by the homeserver');
  }
  const row = state.addUser({
    id: mas.newId(),
    username,
    created_at: call.now(),
    locked_at: null,
    deactivated_at: null,
    admin: false,
    legacy_guest: false,
    password: null,
  });
  const user = createOnSynapse(mas, username);
  if (user && mas.atLeast('1.18')) {
    if (typeof body['displayname'] === 'string') user.displayname = body['displayname'];
    if (typeof body['avatar_url'] === 'string') user.avatar_url = body['avatar_url'];
  }
  return masCreated(single(KIND, row, call));
}

function byUsername(call: MasCall): MasAnswer {
  const name = call.parts['username'] ?? '';
  const row = call.state.userNamed(name);
  if (!row) throw new MasError(404, `User with username ${JSON.stringify(name)} not found`);
  return masOk(single(KIND, row, call));
}

function setPassword(call: MasCall): MasAnswer {
  const id = call.id();
  const { password, skip_password_check: isUnchecked } = call.body({
    password: 'string',
    skip_password_check: 'boolean?',
  });
  if (!call.state.config.password_login_enabled) throw new MasError(403, 'Password auth is disabled');
  const row = call.state.users.get(id);
  if (!row) throw new MasError(404, `User ID ${id} not found`);
  if (isUnchecked !== true && isWeak(String(password))) throw new MasError(400, 'Password is too weak');
  row.password = String(password);
  return masDone;
}

/** Far from zxcvbn, but it has weak ones and strong ones. */
const isWeak = (password: string): boolean => password.length < 8 || /^(?:password|12345678|qwertyui)/i.test(password);

function setAdmin(call: MasCall): MasAnswer {
  call.id();
  const { admin } = call.body({ admin: 'boolean' });
  const row = find(call);
  row.admin = admin === true;
  return masOk(single(KIND, row, call, 'set-admin'));
}

function lock(call: MasCall): MasAnswer {
  const row = find(call);
  row.locked_at ??= call.now();
  call.mas.enqueue('provision', row.id);
  return masOk(single(KIND, row, call, 'lock'));
}

function unlock(call: MasCall): MasAnswer {
  const row = find(call);
  row.locked_at = null;
  if (!call.mas.atLeast('0.20')) reactivateOnSynapse(call.mas, row.username);
  call.mas.enqueue('provision', row.id);
  return masOk(single(KIND, row, call, 'unlock'));
}

/** Without a body, and before 0.20 whatever is asked for, it erases. */
function deactivate(call: MasCall): MasAnswer {
  const { mas } = call;
  call.id();
  const body = mas.atLeast('0.20') ? call.optionalBody({ skip_erase: 'boolean=' }) : {};
  const row = find(call);
  row.deactivated_at ??= call.now();
  if (!mas.atLeast('0.20')) row.locked_at ??= call.now();
  mas.enqueue('deactivate', row.id, body['skip_erase'] !== true);
  return masOk(single(KIND, row, call, 'deactivate'));
}

function reactivate(call: MasCall): MasAnswer {
  const row = find(call);
  reactivateOnSynapse(call.mas, row.username);
  row.deactivated_at = null;
  return masOk(single(KIND, row, call, 'reactivate'));
}

export const masUserRoutes = [
  adminRoute('/users', { GET: (call) => list(KIND, call.state.users.values(), FILTERS, call), POST: create }),
  adminRoute('/users/by-username/{username}', { GET: byUsername }),
  adminRoute('/users/{id}', { GET: (call) => masOk(single(KIND, find(call), call)) }),
  adminRoute('/users/{id}/set-password', { POST: setPassword }),
  adminRoute('/users/{id}/set-admin', { POST: setAdmin }),
  adminRoute('/users/{id}/lock', { POST: lock }),
  adminRoute('/users/{id}/unlock', { POST: unlock }),
  adminRoute('/users/{id}/deactivate', { POST: deactivate }),
  adminRoute('/users/{id}/reactivate', { POST: reactivate }, '0.20'),
];
