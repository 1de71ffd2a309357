import { adminRoute, iso, masCreated, masDone, MasError, masOk, type MasAnswer, type MasCall } from '../call';
import { existing, list, single, type Filter, type Kind } from '../json-api';
import type { MasEmailRow } from '../state';

/** `admin/v1/user_emails`. */

const KIND: Kind<MasEmailRow> = {
  type: 'user-email',
  path: 'user-emails',
  attributes: ({ created_at: at, user_id, email }) => ({ created_at: iso(at), user_id, email }),
};

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const FILTERS: readonly Filter<MasEmailRow>[] = [
  existing(
    'user',
    ({ state }, id) => state.users.has(id),
    (id) => `User ID ${id} not found`,
    (row) => row.user_id,
  ),
  { name: 'email', type: 'text', fits: (value) => (row) => isSame(row.email, value) },
];

function find(call: MasCall): MasEmailRow {
  const id = call.id();
  const row = call.state.emails.get(id);
  if (!row) throw new MasError(404, `User email ID ${id} not found`);
  return row;
}

function add(call: MasCall): MasAnswer {
  const body = call.body({ user_id: 'ulid', email: 'string' });
  const [userId, email] = [String(body['user_id']).toUpperCase(), String(body['email'])];
  const { state } = call;
  if (!state.users.has(userId)) throw new MasError(404, `User ID ${userId} not found`);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new MasError(400, `Email ${JSON.stringify(email)} is not valid`, 'Missing domain or user');
  }
  for (const one of state.emails.values()) {
    if (isSame(one.email, email)) throw new MasError(409, `User email ${JSON.stringify(email)} already in use`);
  }
  const row = { id: call.mas.newId(), created_at: call.now(), user_id: userId, email };
  state.emails.set(row.id, row);
  call.mas.enqueue('provision', userId);
  return masCreated(single(KIND, row, call));
}

function remove(call: MasCall): MasAnswer {
  const row = find(call);
  call.state.emails.delete(row.id);
  call.mas.enqueue('provision', row.user_id);
  return masDone;
}

const all = (call: MasCall): MasAnswer => list(KIND, call.state.emails.values(), FILTERS, call);
const one = (call: MasCall): MasAnswer => masOk(single(KIND, find(call), call));

export const emailRoutes = [
  adminRoute('/user-emails', { GET: all, POST: add }, '0.15'),
  adminRoute('/user-emails', { GET: all }, '0.14'),
  adminRoute('/user-emails/{id}', { GET: one, DELETE: remove }, '0.15'),
  adminRoute('/user-emails/{id}', { GET: one }, '0.14'),
];
