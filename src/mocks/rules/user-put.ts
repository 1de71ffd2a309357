import type { Answer } from '../answer';
import { bad, forbidden, MatrixError, ok } from '../answer';
import { newUser, passwordHash } from '../build';
import type { Call, Server } from '../call';
import { parseUserId } from '../ids';
import type { JsonObject } from '../params';
import { assertParams, textOf } from '../params';
import type { ExternalId, Threepid, User } from '../state';
import { deactivate, endSessions } from './accounts';
import { userObject } from './user-object';
import { assertFreeLocalpart } from './usernames';

/** Everything that is checked before anything is written (`users.py:292-380`). */
interface Wish {
  threepids: { medium: string; address: string }[] | null;
  externalIds: ExternalId[] | null;
  userType: string | null;
  admin: boolean;
  password: string | null;
  logoutDevices: boolean;
  deactivated: boolean;
  locked: boolean;
}

function listOf(body: JsonObject, name: string, keys: readonly string[]): Record<string, unknown>[] | null {
  const value = body[name] ?? null;
  if (value === null) return null;
  if (!Array.isArray(value)) throw new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
  return value.map((item: unknown) => {
    assertParams(item, keys);
    return item as Record<string, unknown>;
  });
}

function flag(body: JsonObject, name: string, fallback: boolean, error: string, errcode: string): boolean {
  const value = name in body ? body[name] : fallback;
  if (typeof value !== 'boolean') throw bad(error, errcode);
  return value;
}

function readWish(server: Server, body: JsonObject): Wish {
  const threepids = listOf(body, 'threepids', ['medium', 'address']);
  const externalIds = listOf(body, 'external_ids', ['auth_provider', 'external_id']);
  const userType = body['user_type'] ?? null;
  const types = ['bot', 'support', ...server.state.config.extra_user_types];
  if (userType !== null && !(typeof userType === 'string' && types.includes(userType))) throw bad('Invalid user type');
  const admin = flag(body, 'admin', false, "Param 'admin' must be a boolean, if given", 'M_BAD_JSON');
  const password = body['password'] ?? null;
  if (password !== null && (typeof password !== 'string' || password.length > 512)) throw bad('Invalid password');
  const boolean = (name: string, fallback: boolean): boolean =>
    flag(body, name, fallback, `'${name}' parameter is not of type boolean`, 'M_UNKNOWN');
  const logoutDevices = boolean('logout_devices', true);
  const deactivated = boolean('deactivated', false);
  const locked = boolean('locked', false);
  if (deactivated && locked) throw bad("An user can't be deactivated and locked");
  return {
    threepids: threepids?.map(({ medium, address }) => ({ medium: String(medium), address: String(address) })) ?? null,
    externalIds:
      externalIds?.map((id) => ({
        auth_provider: String(id['auth_provider']),
        external_id: String(id['external_id']),
      })) ?? null,
    userType,
    admin,
    password,
    logoutDevices,
    deactivated,
    locked,
  };
}

/** §1.3: creates what does not exist; side effects one after the other, with no transaction around them. */
export function putUser(call: Call): Answer {
  const name = call.part('user_id');
  const { localpart } = parseUserId(name);
  const body = call.json();
  if (!call.server.isMine(name)) throw bad('This endpoint can only be used with local users');
  const wish = readWish(call.server, body);
  const user = call.state.users.get(name);
  if (user) {
    modify(call, user, body, wish);
    return ok(userObject(call.server, user));
  }
  return { status: 201, body: userObject(call.server, create(call, name, localpart, body, wish)) };
}

function modify(call: Call, user: User, body: JsonObject, wish: Wish): void {
  const { server } = call;
  if ('displayname' in body) setDisplayname(call, user, body['displayname']);
  if (wish.threepids) replaceThreepids(server, user, wish.threepids);
  if (wish.externalIds) replaceExternalIds(server, user, wish.externalIds);
  if ('avatar_url' in body) setAvatarUrl(call, user, body['avatar_url']);
  if ('admin' in body && wish.admin !== user.admin) {
    if (user === call.requester.user && !wish.admin) throw bad('You may not demote yourself.');
    user.admin = wish.admin;
  }
  if (wish.password !== null) {
    if (!server.state.config.password_enabled || server.mas) throw forbidden('Password change disabled');
    user.password_hash = passwordHash(wish.password);
    if (wish.logoutDevices) endSessions(server, user, user === call.requester.user ? call.requester.token : null);
  }
  if ('deactivated' in body) {
    if (wish.deactivated && !user.deactivated) deactivate(server, user, false);
    else if (!wish.deactivated && user.deactivated) {
      if (wish.password === null && !server.atLeast('1.99')) {
        throw bad('Must provide a password to re-activate an account.');
      }
      user.deactivated = false;
      user.erased = false;
    }
  }
  if ('locked' in body && server.atLeast('1.91')) user.locked = wish.locked;
  if ('user_type' in body && server.atLeast('1.46')) user.user_type = wish.userType;
}

/** As it begins since 1.163 (§1.3); before, Synapse alone got an account that MAS did not know. */
const MAS_CREATES =
  'User creation via the Admin API is not available when Synapse is delegating authentication to MAS.';

/** `deactivated` and `locked` are ignored here; external ids are added one by one after the account exists (§1.3). */
function create(call: Call, name: string, localpart: string, body: JsonObject, wish: Wish): User {
  const { server, state } = call;
  if (server.mas && server.atLeast('1.163')) throw forbidden(MAS_CREATES);
  assertFreeLocalpart(server, localpart);
  const displayname = body['displayname'] ?? null;
  const user = newUser(server, {
    name,
    displayname: displayname === null ? localpart : textOf(displayname),
    admin: wish.admin,
    user_type: wish.userType,
    password_hash: wish.password === null ? null : passwordHash(wish.password),
  });
  state.users.set(name, user);
  for (const id of state.config.auto_join_rooms) {
    const roomId = state.aliases.get(id)?.room_id ?? id;
    state.rooms.get(roomId)?.members.set(name, { membership: 'join', since: server.now() });
  }
  if (wish.threepids) replaceThreepids(server, user, wish.threepids);
  for (const id of wish.externalIds ?? []) {
    assertFree(server, user, id);
    user.external_ids.push(id);
    state.externalIdCache.delete(`${id.auth_provider}\n${id.external_id}`);
  }
  if (typeof body['avatar_url'] === 'string') user.avatar_url = body['avatar_url'];
  return user;
}

/** Validated when applied, and the 429 comes after the row was written (`handlers/profile.py:249-268`). */
function setDisplayname(call: Call, user: User, value: unknown): void {
  if (typeof value !== 'string') throw bad("'displayname' must be a string", 'M_INVALID_PARAM');
  if (Array.from(value).length > 256) throw bad('Displayname is too long (max 256)');
  user.displayname = value === '' ? null : value.trim();
  afterProfileChange(call, user);
}

function setAvatarUrl(call: Call, user: User, value: unknown): void {
  if (typeof value !== 'string') throw bad("'avatar_url' must be a string", 'M_INVALID_PARAM');
  if (value.length > 1000) throw bad('Avatar URL is too long (max 1000)');
  user.avatar_url = value === '' ? null : value;
  afterProfileChange(call, user);
}

function afterProfileChange({ server, requester }: Call, user: User): void {
  server.spend(`message ${user.name}`, 0.2, 10, requester.authenticatedEntity);
  // `update_join_states`: the global profile goes over the per-room one.
  for (const room of server.state.rooms.values()) {
    const member = room.members.get(user.name);
    if (member?.membership !== 'join') continue;
    delete member.displayname;
    delete member.avatar_url;
  }
}

/** The name is case-folded (`util/threepids.py`): of the letters in which that is another thing than small ones, the one in use. */
const canonicalOf = (medium: string, address: string): string =>
  medium === 'email' ? address.toLowerCase().replace(/^[^@]*/, (name) => name.replaceAll('ß', 'ss')) : address;

/** A full replace; an address that is somebody else's silently moves over (`store/registration.py:1211-1223`). */
function replaceThreepids(server: Server, user: User, wanted: { medium: string; address: string }[]): void {
  const now = server.now();
  const isWanted = (one: Threepid): boolean =>
    wanted.some(({ medium, address }) => one.medium === medium && one.address === canonicalOf(medium, address));
  // The old ones go first, and stay gone when a new one is refused (`users.py:382-412`).
  user.threepids = user.threepids.filter(isWanted);
  for (const { medium, address } of wanted) {
    if (medium !== 'email' && medium !== 'msisdn') {
      throw bad(`'${medium}' is not a valid value for 'medium'`, 'M_INVALID_PARAM');
    }
    const canonical = canonicalOf(medium, address);
    const same = (one: Threepid): boolean => one.medium === medium && one.address === canonical;
    for (const other of server.state.users.values()) {
      if (other !== user && other.threepids.some(same)) {
        other.threepids = other.threepids.filter((one) => !same(one));
      }
    }
    if (!user.threepids.some(same)) {
      user.threepids.push({ medium, address: canonical, validated_at: now, added_at: now });
    }
  }
}

function assertFree(server: Server, user: User, { auth_provider, external_id }: ExternalId): void {
  for (const other of server.state.users.values()) {
    if (other === user) continue;
    const owns = other.external_ids.some((id) => id.auth_provider === auth_provider && id.external_id === external_id);
    if (owns) throw new MatrixError(409, 'M_UNKNOWN', 'External id is already in use.');
  }
}

/** One transaction: a conflict restores the old set. One that stands there twice counts once. Only ids that are WRITTEN leave the lookup cache (§1.4). */
function replaceExternalIds(server: Server, user: User, wanted: ExternalId[]): void {
  const byKey = new Map(wanted.map((id) => [`${id.auth_provider}\n${id.external_id}`, id]));
  for (const id of byKey.values()) assertFree(server, user, id);
  user.external_ids = [...byKey.values()];
  for (const key of byKey.keys()) server.state.externalIdCache.delete(key);
}
