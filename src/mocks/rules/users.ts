import type { Answer } from '../answer';
import { bad, notFound, noRow, ok } from '../answer';
import type { Call, Route, Server } from '../call';
import { route } from '../call';
import { parseUserId } from '../ids';
import { like } from '../params';
import type { SortKey } from '../sort';
import { sortRows, textNext } from '../sort';
import type { User } from '../state';
import { assertFreeLocalpart } from './usernames';
import { putUser } from './user-put';
import { asColumns, userObject } from './user-object';

/** §1.1: `locked` is allowed though undocumented; `suspended` and `erased` are not sortable. */
const ORDER = [
  'name',
  'displayname',
  'is_guest',
  'admin',
  'deactivated',
  'user_type',
  'avatar_url',
  'shadow_banned',
  'creation_ts',
  'last_seen_ts',
  'locked',
] as const;

const ORDER_SINCE: Partial<Record<(typeof ORDER)[number], string>> = {
  creation_ts: '1.40',
  last_seen_ts: '1.92',
  locked: '1.93',
};

/** The list's `COALESCE(devices, user_ips)` (`store/__init__.py:322`): unlike the single-user answer it does not age. */
function lastSeen(user: User): number | null {
  let latest: number | null = null;
  for (const { last_seen_ts } of user.devices) {
    if (last_seen_ts !== null && (latest === null || last_seen_ts > latest)) latest = last_seen_ts;
  }
  if (latest !== null) return latest;
  for (const { last_seen } of user.connections) if (latest === null || last_seen > latest) latest = last_seen;
  return latest;
}

const orderKey = (user: User, by: (typeof ORDER)[number]): SortKey =>
  by === 'last_seen_ts' ? lastSeen(user) : user[by];

function listed(server: Server, user: User): Record<string, unknown> {
  // SQLite has no booleans.
  const bool = (value: boolean) => (server.state.config.sqlite && !server.atLeast('1.97') ? Number(value) : value);
  return {
    name: user.name,
    user_type: user.user_type,
    ...asColumns(server, '1.97', user),
    shadow_banned: bool(user.shadow_banned),
    displayname: user.displayname,
    avatar_url: user.avatar_url,
    creation_ts: user.creation_ts * 1000,
    ...(server.atLeast('1.71') ? { erased: user.erased } : {}),
    ...(server.atLeast('1.92') ? { last_seen_ts: lastSeen(user) } : {}),
    ...(server.atLeast('1.93') ? { locked: bool(user.locked) } : {}),
  };
}

/** `users.py:83-208`, `store/__init__.py:98-352`. v3 differs in one thing: `deactivated` has three states there. */
function listUsers({ server, state, query }: Call, v3: boolean): Answer {
  const from = query.integer('from', 0);
  const limit = query.integer('limit', 100);
  const userId = query.text('user_id');
  const name = query.text('name', server.atLeast('1.99') ? 'utf-8' : 'ascii');
  const guests = query.boolean('guests', true);
  if (server.mas && guests) {
    throw bad('The guests parameter is not supported when delegating to MAS.', 'M_INVALID_PARAM');
  }
  const admins = server.atLeast('1.91') ? query.boolean('admins') : undefined;
  const deactivated = v3 ? query.boolean('deactivated') : query.boolean('deactivated', false) ? undefined : false;
  const locked = server.atLeast('1.93') ? query.boolean('locked', false) : true;
  const notTypes = server.atLeast('1.88') ? query.all('not_user_type') : [];
  const orders = ORDER.filter((order) => server.atLeast(ORDER_SINCE[order] ?? '1.7'));
  const orderBy = query.oneOf('order_by', orders, 'name');
  const descending = query.dir() === 'b';

  const fits = nameFilter(name, userId);
  const rows: User[] = [];
  for (const user of state.users.values()) {
    if (!guests && user.is_guest) continue;
    if (admins !== undefined && user.admin !== admins) continue;
    if (deactivated !== undefined && user.deactivated !== deactivated) continue;
    if (!locked && user.locked) continue;
    if (notTypes.length > 0 && notTypes.includes(user.user_type ?? '')) continue;
    if (fits(user)) rows.push(user);
  }
  const sorted = sortRows(rows, (user) => orderKey(user, orderBy), descending, {
    key: (user) => user.name,
    descending: false,
  });
  return ok({
    users: sorted.slice(from, from + limit).map((user) => listed(server, user)),
    total: rows.length,
    ...textNext(from, limit, rows.length),
  });
}

/** `user_id` is ignored when `name` is given; both are lower-cased, so ids with capitals never match (§1.1). */
function nameFilter(name: string | undefined, userId: string | undefined): (user: User) => boolean {
  if (name !== undefined && name !== '') {
    const needle = name.toLowerCase();
    const inId = like(`@%${needle}%:%`);
    const inDisplayname = like(`%${needle}%`);
    return (user) => inId(user.name) || (user.displayname !== null && inDisplayname(user.displayname.toLowerCase()));
  }
  if (userId !== undefined && userId !== '') {
    const inId = like(`%${userId.toLowerCase()}%`);
    return (user) => inId(user.name);
  }
  return () => true;
}

function getUser(call: Call): Answer {
  const name = call.part('user_id');
  parseUserId(name);
  if (!call.server.isMine(name)) throw bad('Can only look up local users');
  const user = call.state.users.get(name);
  if (!user) throw notFound('User not found');
  return ok(userObject(call.server, user));
}

/** 30 idle minutes (`config/cache.py:172-176`). */
const CACHE_MS = 30 * 60_000;

/**
 * §1.4, the stale cache (since 1.129): a removed id still resolves here until its entry has been idle for half an hour, because replacing
 * external ids invalidates only those that are written.
 */
function byExternalId(call: Call): Answer {
  const [provider, id] = [call.part('provider'), call.part('external_id')];
  const key = `${provider}\n${id}`;
  const now = call.server.now();
  const cached = call.state.externalIdCache.get(key);
  const isCached = cached !== undefined && now - cached.used < CACHE_MS && call.server.atLeast('1.129');
  const userId = isCached ? cached.user_id : ownerOf(call.server, provider, id);
  call.state.externalIdCache.set(key, { user_id: userId, used: now });
  if (userId === null) throw notFound('User not found');
  return ok({ user_id: userId });
}

function ownerOf(server: Server, provider: string, id: string): string | null {
  for (const user of server.state.users.values()) {
    if (user.external_ids.some((one) => one.auth_provider === provider && one.external_id === id)) return user.name;
  }
  return null;
}

/** The address must be canonical already (`users.py:1486`). */
function byThreepid(call: Call): Answer {
  const [medium, address] = [call.part('medium'), call.part('address')];
  for (const user of call.state.users.values()) {
    if (user.threepids.some((one) => one.medium === medium && one.address === address))
      return ok({ user_id: user.name });
  }
  throw notFound('User not found');
}

/** Never `false`: a name that is taken is a 400 (§1.5). */
function usernameAvailable({ server, query }: Call): Answer {
  assertFreeLocalpart(server, query.requiredText('username'));
  return ok({ available: true });
}

/** No existence check: an unknown user has no rooms; works for remote users too (§1.6). */
function joinedRooms(call: Call): Answer {
  const name = call.part('user_id');
  parseUserId(name);
  const ids = [...call.state.rooms.values()]
    .filter((room) => room.members.get(name)?.membership === 'join')
    .map((room) => room.room_id);
  return ok({ joined_rooms: ids, total: ids.length });
}

function memberships(call: Call): Answer {
  const name = call.part('user_id');
  parseUserId(name);
  const found: Record<string, string> = {};
  for (const room of call.state.rooms.values()) {
    const member = room.members.get(name);
    if (member) found[room.room_id] = member.membership;
  }
  return ok({ memberships: found });
}

function sentInviteCount(call: Call): Answer {
  const fromTs = call.query.requiredInteger('from_ts');
  const sent = call.state.users.get(call.part('user_id'))?.invites_sent_ts ?? [];
  return ok({ invite_count: sent.filter((ts) => ts >= fromTs).length });
}

function cumulativeJoinedRoomCount(call: Call): Answer {
  const fromTs = call.query.requiredInteger('from_ts');
  const name = call.part('user_id');
  let count = 0;
  for (const room of call.state.rooms.values()) {
    const member = room.members.get(name);
    if (member?.membership === 'join' && member.since >= fromTs) count += 1;
  }
  return ok({ cumulative_joined_room_count: count });
}

/** `name LIKE %term%`, and yes, with the password hash (§1.5): a reason never to call it. */
function searchUsers(call: Call): Answer {
  const name = call.part('user_id');
  parseUserId(name);
  if (!call.server.isMine(name)) throw bad('Can only users a local user');
  const fits = like(`%${call.query.requiredText('term')}%`);
  const found = [...call.state.users.values()].filter((user) => fits(user.name));
  return ok(
    found.map(({ name, password_hash, is_guest, admin, user_type }) => ({
      name,
      password_hash,
      is_guest,
      admin,
      user_type,
    })),
  );
}

function getAdmin(call: Call): Answer {
  const name = call.part('user_id');
  parseUserId(name);
  if (!call.server.isMine(name)) throw bad('Only local users can be admins of this homeserver');
  return ok({ admin: call.state.users.get(name)?.admin ?? false });
}

/** Any value will do: it is cast (§1.8). */
function putAdmin(call: Call): Answer {
  const name = call.part('user_id');
  parseUserId(name);
  const body = call.json();
  if (!('admin' in body)) throw bad("Missing params: ['admin']", 'M_MISSING_PARAM');
  if (!call.server.isMine(name)) throw bad('Only local users can be admins of this homeserver');
  const admin = Boolean(body['admin']);
  if (name === call.requester.user.name && !admin) throw bad('You may not demote yourself.');
  const user = call.state.users.get(name);
  if (!user) throw noRow('users');
  user.admin = admin;
  return ok({});
}

const ADMIN = '/_synapse/admin';

export const userRoutes: readonly Route[] = [
  route(`${ADMIN}/v2/users`, { GET: (call) => listUsers(call, false) }, { since: '1.7' }),
  route(`${ADMIN}/v3/users`, { GET: (call) => listUsers(call, true) }, { since: '1.103' }),
  route(`${ADMIN}/v2/users/{user_id}`, { GET: getUser, PUT: putUser }, { since: '1.9' }),
  route(
    `${ADMIN}/v1/auth_providers/{provider}/users/{external_id}`,
    { GET: byExternalId },
    { since: '1.68', open: true },
  ),
  route(`${ADMIN}/v1/threepid/{medium}/users/{address}`, { GET: byThreepid }, { since: '1.72', open: true }),
  route(`${ADMIN}/v1/username_available`, { GET: usernameAvailable }, { since: '1.41' }),
  route(`${ADMIN}/v1/search_users/{user_id}`, { GET: searchUsers }),
  route(`${ADMIN}/v1/users/{user_id}/joined_rooms`, { GET: joinedRooms }, { since: '1.21' }),
  route(`${ADMIN}/v1/users/{user_id}/memberships`, { GET: memberships }, { since: '1.145' }),
  route(`${ADMIN}/v1/users/{user_id}/sent_invite_count`, { GET: sentInviteCount }, { since: '1.122', open: true }),
  route(
    `${ADMIN}/v1/users/{user_id}/cumulative_joined_room_count`,
    { GET: cumulativeJoinedRoomCount },
    { since: '1.122', open: true },
  ),
  route(`${ADMIN}/v1/users/{user_id}/admin`, { GET: getAdmin, PUT: putAdmin }, { mas: 'off' }),
];
