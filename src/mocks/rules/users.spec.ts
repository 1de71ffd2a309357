import { describe, expect, it } from 'vitest';
import { ask } from '../ask';
import { addDevice, addRoom, addUser } from '../build';
import { MockHomeserver } from '../homeserver';

const V1 = '/_synapse/admin/v1';
const V2 = '/_synapse/admin/v2/users';
const V3 = '/_synapse/admin/v3/users';
const email = (address: string) => ({ medium: 'email', address });
const PUT = async (hs: MockHomeserver, user: string, body: unknown) =>
  ask(hs, 'PUT', `${V2}/${encodeURIComponent(user)}`, body);

async function names(hs: MockHomeserver, path: string): Promise<string[]> {
  const { body } = await ask(hs, 'GET', path);
  return (body['users'] as { name: string }[]).map(({ name }) => name.slice(1, name.indexOf(':')));
}

function crowd(): MockHomeserver {
  const hs = new MockHomeserver();
  addUser(hs, { localpart: 'zoe', displayname: 'Ärmel' });
  addUser(hs, { localpart: 'deactivated', deactivated: true });
  addUser(hs, { localpart: 'locked', locked: true });
  addUser(hs, { localpart: 'guest', is_guest: true });
  addUser(hs, { localpart: 'bot', user_type: 'bot', displayname: null });
  return hs;
}

describe('the users list (§1.1)', () => {
  it.each([
    [V2, ['admin', 'bot', 'guest', 'zoe']],
    [`${V2}?guests=false`, ['admin', 'bot', 'zoe']],
    [`${V2}?deactivated=true`, ['admin', 'bot', 'deactivated', 'guest', 'zoe']],
    [`${V2}?locked=true`, ['admin', 'bot', 'guest', 'locked', 'zoe']],
    [V3, ['admin', 'bot', 'deactivated', 'guest', 'zoe']],
    [`${V3}?deactivated=true`, ['deactivated']],
    [`${V3}?deactivated=false`, ['admin', 'bot', 'guest', 'zoe']],
    [`${V3}?guests=false&locked=true`, ['admin', 'bot', 'deactivated', 'locked', 'zoe']],
    [`${V2}?admins=true`, ['admin']],
    [`${V2}?not_user_type=bot&not_user_type=`, []],
    [`${V2}?name=%C3%84RM`, ['zoe']],
    [`${V2}?name=z_e`, ['zoe']],
    [`${V2}?name=demo.example`, []],
    [`${V2}?user_id=demo.example&guests=false`, ['admin', 'bot', 'zoe']],
    [`${V2}?name=bot&user_id=zoe`, ['bot']],
  ])('%s lists %j', async (path, expected) => {
    expect(await names(crowd(), path)).toEqual(expected);
  });

  it('puts null last ascending and first descending, ties always by name', async () => {
    const hs = crowd();
    expect(await names(hs, `${V2}?order_by=displayname&dir=f`)).toEqual(['admin', 'guest', 'zoe', 'bot']);
    expect(await names(hs, `${V2}?order_by=displayname&dir=b`)).toEqual(['bot', 'zoe', 'guest', 'admin']);
    expect(await names(hs, `${V2}?order_by=is_guest&dir=b`)).toEqual(['guest', 'admin', 'bot', 'zoe']);
  });

  it('pages by a text token, and never advances with limit=0', async () => {
    const hs = crowd();
    expect((await ask(hs, 'GET', `${V2}?limit=2&from=1`)).body).toMatchObject({ total: 4, next_token: '3' });
    expect((await ask(hs, 'GET', `${V2}?limit=2&from=2`)).body['next_token']).toBeUndefined();
    expect((await ask(hs, 'GET', `${V2}?limit=0`)).body).toMatchObject({ users: [], next_token: '0' });
  });

  it('gives creation_ts in ms, where the single user has seconds', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, { localpart: 'carol', creation_ts: 1_700_000_000 });
    const list = (await ask(hs, 'GET', `${V2}?name=carol`)).body['users'] as Record<string, unknown>[];
    expect(list[0]?.['creation_ts']).toBe(1_700_000_000_000);
    expect((await ask(hs, 'GET', `${V2}/${user.name}`)).body['creation_ts']).toBe(1_700_000_000);
    expect(list[0]).not.toHaveProperty('suspended');
    expect(list[0]).not.toHaveProperty('external_ids');
  });

  it('remembers when an idle user was seen, where the single user has forgotten after 28 days', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, 'idle');
    const seen = hs.startedAt - 40 * 86_400_000;
    addDevice(hs, user, { last_seen_ts: seen });
    user.connections.push({ ip: '192.0.2.1', last_seen: seen, user_agent: 'x' });
    const list = (await ask(hs, 'GET', `${V2}?name=idle`)).body['users'] as Record<string, unknown>[];
    expect(list[0]?.['last_seen_ts']).toBe(seen);
    expect((await ask(hs, 'GET', `${V2}/${user.name}`)).body['last_seen_ts']).toBeNull();
  });
});

describe('PUT of a user (§1.3)', () => {
  it('creates what does not exist, also from external ids alone', async () => {
    const hs = new MockHomeserver();
    const said = await PUT(hs, '@new:demo.example', { external_ids: [{ auth_provider: 'saml', external_id: 'x' }] });
    expect([said.status, said.body['displayname']]).toEqual([201, 'new']);
    expect(hs.state.users.get('@new:demo.example')?.password_hash).toBeNull();
    expect((await PUT(hs, '@new:demo.example', {})).status).toBe(200);
  });

  it.each([
    ['@Upper:demo.example', 'M_INVALID_USERNAME'],
    ['@_irc:demo.example', 'M_INVALID_USERNAME'],
    ['@123:demo.example', 'M_INVALID_USERNAME'],
    ['@a:elsewhere', 'M_UNKNOWN'],
  ])('refuses to create %s', async (name, errcode) => {
    const said = await PUT(new MockHomeserver(), name, {});
    expect([said.status, said.body['errcode']]).toEqual([400, errcode]);
  });

  it('has written what comes before a field that is refused', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, { localpart: 'dora', external_ids: [{ auth_provider: 'saml', external_id: 'd' }] });
    const said = await PUT(hs, user.name, { displayname: 'Dora', external_ids: [], avatar_url: null, locked: true });
    expect([said.status, said.body['errcode']]).toEqual([400, 'M_INVALID_PARAM']);
    expect([user.displayname, user.external_ids, user.locked]).toEqual(['Dora', [], false]);
  });

  it('writes nothing when a type is wrong', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, 'dora');
    expect((await PUT(hs, user.name, { displayname: 'Dora', admin: null })).body['errcode']).toBe('M_BAD_JSON');
    expect(user.displayname).toBe('dora');
  });

  it('loses the old addresses though a new one is refused', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, 'a');
    await PUT(hs, user.name, { threepids: [email('Old@x.org'), email('kept@x.org')] });
    const said = await PUT(hs, user.name, { threepids: [email('kept@x.org'), { medium: 'pigeon', address: 'coo' }] });
    expect(said.status).toBe(400);
    expect(user.threepids.map(({ address }) => address)).toEqual(['kept@x.org']);
  });

  it('does not let an admin demote themselves', async () => {
    const hs = new MockHomeserver();
    expect((await PUT(hs, hs.adminId, { admin: false })).body['error']).toBe('You may not demote yourself.');
  });

  it('refuses a password under MAS', async () => {
    const hs = new MockHomeserver({ mas: true });
    expect((await PUT(hs, addUser(hs, 'x').name, { password: 'long enough' })).status).toBe(403);
  });
});

const id = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });

const lookUp = (external_id: string) => `${V1}/auth_providers/oidc-google/users/${encodeURIComponent(external_id)}`;

describe('external ids (§1.4)', () => {
  it('are replaced as a whole; a conflict is a 409 and changes nothing', async () => {
    const hs = new MockHomeserver();
    const alice = addUser(hs, { localpart: 'alice', external_ids: [id('1'), id('2')] });
    addUser(hs, { localpart: 'bob', external_ids: [id('3')] });
    const said = await PUT(hs, alice.name, { external_ids: [id('1'), id('3')] });
    expect([said.status, said.body['error']]).toEqual([409, 'External id is already in use.']);
    expect(alice.external_ids).toEqual([id('1'), id('2')]);
    expect((await PUT(hs, alice.name, { external_ids: [id('2')] })).body['external_ids']).toEqual([id('2')]);
    expect((await PUT(hs, alice.name, { external_ids: null })).body['external_ids']).toEqual([id('2')]);
  });

  it('leave the account behind when creating it meets a conflict', async () => {
    const hs = new MockHomeserver();
    addUser(hs, { localpart: 'bob', external_ids: [id('3')] });
    expect((await PUT(hs, '@new:demo.example', { external_ids: [id('3')] })).status).toBe(409);
    expect(hs.state.users.get('@new:demo.example')?.external_ids).toEqual([]);
  });

  it('still resolve after removal, until half an hour of idling', async () => {
    const hs = new MockHomeserver();
    const alice = addUser(hs, { localpart: 'alice', external_ids: [id('1')] });
    expect((await ask(hs, 'GET', lookUp('1'))).body).toEqual({ user_id: alice.name });
    await PUT(hs, alice.name, { external_ids: [] });
    expect((await ask(hs, 'GET', lookUp('1'))).status).toBe(200);
    hs.advance(31 * 60_000);
    expect((await ask(hs, 'GET', lookUp('1'))).status).toBe(404);
  });

  it('resolve to the new owner at once when they are written to somebody', async () => {
    const hs = new MockHomeserver();
    const alice = addUser(hs, { localpart: 'alice', external_ids: [id('1')] });
    const bob = addUser(hs, 'bob');
    await ask(hs, 'GET', lookUp('1'));
    await PUT(hs, alice.name, { external_ids: [] });
    await PUT(hs, bob.name, { external_ids: [id('1')] });
    expect((await ask(hs, 'GET', lookUp('1'))).body).toEqual({ user_id: bob.name });
  });

  it('stay with an account that is deactivated, and go on blocking', async () => {
    const hs = new MockHomeserver();
    const alice = addUser(hs, { localpart: 'alice', external_ids: [id('1')], password: 'x' });
    await ask(hs, 'POST', `${V1}/deactivate/${alice.name}`, { erase: true });
    expect(alice).toMatchObject({ deactivated: true, erased: true, password_hash: null, external_ids: [id('1')] });
    expect((await PUT(hs, addUser(hs, 'bob').name, { external_ids: [id('1')] })).status).toBe(409);
  });
});

describe('what else there is to ask about a user', () => {
  it('joined_rooms and memberships know no missing user, devices do', async () => {
    const hs = new MockHomeserver();
    expect((await ask(hs, 'GET', `${V1}/users/@no:demo.example/joined_rooms`)).body).toEqual({
      joined_rooms: [],
      total: 0,
    });
    expect((await ask(hs, 'GET', `${V1}/users/@no:demo.example/memberships`)).body).toEqual({ memberships: {} });
    const said = await ask(hs, 'GET', `${V2}/@no:demo.example/devices`);
    expect([said.status, said.body['error']]).toEqual([404, 'Unknown user']);
  });

  it('counts rooms by the time of joining', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, 'alice').name;
    addRoom(hs, { members: { [user]: { membership: 'join', since: 1000 } } });
    addRoom(hs, { members: { [user]: { membership: 'invite', since: 2000 } } });
    const path = `${V1}/users/${user}/cumulative_joined_room_count`;
    expect((await ask(hs, 'GET', path)).body['errcode']).toBe('M_MISSING_PARAM');
    expect((await ask(hs, 'GET', `${path}?from_ts=1000`)).body).toEqual({ cumulative_joined_room_count: 1 });
    expect((await ask(hs, 'GET', `${path}?from_ts=1001`)).body).toEqual({ cumulative_joined_room_count: 0 });
  });

  it('switches rate limiting off when the override comes with an empty body', async () => {
    const hs = new MockHomeserver();
    const path = `${V1}/users/${addUser(hs, 'a').name}/override_ratelimit`;
    expect((await ask(hs, 'GET', path)).body).toEqual({});
    expect((await ask(hs, 'POST', path)).body).toEqual({ messages_per_second: 0, burst_count: 0 });
    expect((await ask(hs, 'POST', path, { burst_count: 1.5 })).body['errcode']).toBe('M_INVALID_PARAM');
  });

  it('names the user in the key of the suspend answer', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, 'a');
    expect((await ask(hs, 'PUT', `${V1}/suspend/${user.name}`, {})).body['errcode']).toBe('M_MISSING_PARAM');
    expect((await ask(hs, 'PUT', `${V1}/suspend/${user.name}`, { suspend: 1 })).body['errcode']).toBe('M_BAD_JSON');
    expect((await ask(hs, 'PUT', `${V1}/suspend/${user.name}`, { suspend: true })).body).toEqual({
      'user_@a:demo.example_suspended': true,
    });
  });

  it('gives an admin a token of somebody, which ends when the admin signs out everywhere', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, 'a');
    expect((await ask(hs, 'POST', `${V1}/users/${hs.adminId}/login`)).status).toBe(400);
    const token = String((await ask(hs, 'POST', `${V1}/users/${user.name}/login`, {})).body['access_token']);
    const whoami = '/_matrix/client/v3/account/whoami';
    expect((await ask(hs, 'GET', whoami, undefined, { token })).body).toEqual({ user_id: user.name, is_guest: false });
    await ask(hs, 'POST', '/_matrix/client/v3/logout/all');
    expect((await ask(hs, 'GET', whoami, undefined, { token })).status).toBe(401);
  });

  it('deletes a device that is not there with 200, and tokens go with devices', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, 'a');
    addDevice(hs, user, { device_id: 'D1' });
    const token = hs.issueToken(user.name, 'D1');
    expect((await ask(hs, 'DELETE', `${V2}/${user.name}/devices/NONE`)).status).toBe(200);
    await ask(hs, 'POST', `${V2}/${user.name}/delete_devices`, { devices: ['D1', 'D2'] });
    expect([user.devices, hs.state.tokens.has(token)]).toEqual([[], false]);
  });

  it('sets a password, and ends the sessions of its user unless told not to, but never the one that asks', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, { localpart: 'a', password: 'old' });
    const before = user.password_hash;
    addDevice(hs, user, { device_id: 'D1' });
    const token = hs.issueToken(user.name, 'D1');
    const path = `${V1}/reset_password/${user.name}`;
    expect((await ask(hs, 'POST', path, {})).body['errcode']).toBe('M_MISSING_PARAM');
    expect((await ask(hs, 'POST', path, { new_password: 'new', logout_devices: false })).body).toEqual({});
    expect([user.password_hash === before, hs.state.tokens.has(token)]).toEqual([false, true]);
    await ask(hs, 'POST', path, { new_password: 'new' });
    expect([user.devices, hs.state.tokens.has(token)]).toEqual([[], false]);
    await ask(hs, 'POST', `${V1}/reset_password/${hs.adminId}`, { new_password: 'new' });
    expect(hs.state.tokens.has(hs.adminToken)).toBe(true);
    hs.state.config.password_enabled = false;
    expect((await ask(hs, 'POST', path, { new_password: 'new' })).body['error']).toBe('Password change disabled');
  });

  it('says what it asks of a password, without a token: nothing unless it is configured', async () => {
    const hs = new MockHomeserver();
    const path = '/_matrix/client/v3/password_policy';
    expect((await ask(hs, 'GET', path)).body).toEqual({});
    hs.state.config.password_policy = { 'm.minimum_length': 15 };
    expect((await ask(hs, 'GET', path)).body).toEqual({ 'm.minimum_length': 15 });
  });

  it('says that a name is free, or why it is not', async () => {
    const hs = new MockHomeserver();
    const path = `${V1}/username_available?username=`;
    expect((await ask(hs, 'GET', `${path}free`)).body).toEqual({ available: true });
    expect((await ask(hs, 'GET', `${path}admin`)).body['errcode']).toBe('M_USER_IN_USE');
    const invalid = ['Not%20ok', '', '_under', '12345', 'x'.repeat(256)];
    for (const name of invalid) {
      expect([name, (await ask(hs, 'GET', path + name)).body['errcode']]).toEqual([name, 'M_INVALID_USERNAME']);
    }
    expect((await ask(hs, 'GET', `${path}%C3%A9`)).body['errcode']).toBe('M_UNKNOWN');
    hs.state.config.exclusive_users = [/^@bridge-/];
    expect((await ask(hs, 'GET', `${path}bridge-1`)).body['errcode']).toBe('M_EXCLUSIVE');
  });

  it('creates no account behind MAS from 1.163 on, and before only one that MAS does not know', async () => {
    const path = '/_synapse/admin/v2/users/@new:demo.example';
    const hs = new MockHomeserver({ mas: true });
    expect(await ask(hs, 'PUT', path, {})).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } });
    const older = new MockHomeserver({ mas: true, version: '1.162.0' });
    expect((await ask(older, 'PUT', path, {})).status).toBe(201);
  });
});
