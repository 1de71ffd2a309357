import { describe, expect, it } from 'vitest';
import { ask } from './ask';
import { addMedia, addRoom, addUser } from './build';
import { MockHomeserver } from './homeserver';

const V1 = '/_synapse/admin/v1';
const V2 = '/_synapse/admin/v2';

describe('routing (§0.1)', () => {
  const hs = new MockHomeserver();

  it.each([
    ['GET', `${V1}/nonsense`, 404, 'M_UNRECOGNIZED'],
    ['GET', `${V1}/rooms/`, 404, 'M_NOT_FOUND'],
    ['GET', `${V1}/server_version/`, 404, 'M_UNRECOGNIZED'],
    ['PUT', `${V2}/users`, 405, 'M_UNRECOGNIZED'],
    ['GET', `${V1}/media/protect/abc`, 405, 'M_UNRECOGNIZED'],
    ['GET', `${V1}/registration_tokens/new`, 405, 'M_UNRECOGNIZED'],
    ['GET', `${V2}/users/@nobody:demo.example`, 404, 'M_NOT_FOUND'],
    ['GET', `${V2}/users/nobody`, 400, 'M_INVALID_PARAM'],
    ['GET', `${V2}/users/@a:elsewhere.example`, 400, 'M_UNKNOWN'],
  ])('%s %s answers %i %s', async (method, path, status, errcode) => {
    const said = await ask(hs, method, path);
    expect([said.status, said.body['errcode']]).toEqual([status, errcode]);
  });

  it('lets more path follow where the pattern has no end', async () => {
    expect((await ask(hs, 'GET', `${V1}/users/${encodeURIComponent(hs.adminId)}/accountdata/and/more`)).status).toBe(
      200,
    );
    expect((await ask(hs, 'GET', `${V1}/users/${encodeURIComponent(hs.adminId)}/joined_rooms/and/more`)).status).toBe(
      404,
    );
  });

  it('matches the encoded path and decodes each piece, so that a slash in an id is safe', async () => {
    const user = addUser(hs, { localpart: 'odd/slash' });
    const said = await ask(hs, 'GET', `${V2}/users/${encodeURIComponent(user.name)}`);
    expect(said.body['name']).toBe('@odd/slash:demo.example');
    expect((await ask(hs, 'GET', `${V2}/users/@odd/slash:demo.example`)).status).toBe(404);
  });

  it('answers HEAD as GET, without a body', async () => {
    const said = await ask(hs, 'HEAD', `${V1}/server_version`);
    expect([said.status, said.text]).toEqual([200, '']);
  });
});

describe('CORS (§5.1)', () => {
  const hs = new MockHomeserver();

  it('answers every OPTIONS with 204, whether the path exists or not, without a token', async () => {
    for (const path of [`${V2}/users`, '/nowhere/at/all']) {
      const said = await ask(hs, 'OPTIONS', path, undefined, { token: null });
      expect(said.status).toBe(204);
      expect(said.headers.get('Access-Control-Allow-Methods')).toBe('GET, HEAD, POST, PUT, DELETE, OPTIONS');
      expect(said.headers.get('Access-Control-Max-Age')).toBeNull();
    }
  });

  it('sends the headers with refusals too, but not on 415 and 413, nor does a proxy', async () => {
    expect((await ask(hs, 'GET', '/nowhere')).headers.get('Access-Control-Allow-Origin')).toBe('*');
    const multipart = { headers: { 'Content-Type': 'multipart/form-data; boundary=x' } };
    const refused = await ask(hs, 'POST', `${V1}/purge_media_cache`, 'x', multipart);
    expect([refused.status, refused.text, refused.headers.get('Access-Control-Allow-Origin')]).toEqual([415, '', null]);
    const large = await ask(hs, 'POST', `${V1}/join/x`, 'x'.repeat(53_000_000));
    expect([large.status, large.headers.get('Access-Control-Allow-Origin')]).toEqual([413, null]);
    hs.faults.next({ answer: '502-html' });
    expect((await ask(hs, 'GET', `${V2}/users`)).headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('lets a page read the version from the Server header', async () => {
    const said = await ask(hs, 'GET', `${V1}/server_version`, undefined, { token: null });
    expect(said.headers.get('Server')).toBe('Synapse/1.163.2');
    expect(said.headers.get('Access-Control-Expose-Headers')).toContain('Server');
  });
});

describe('whose token it is (§0.2)', () => {
  it.each([
    [null, {}, 401, 'M_MISSING_TOKEN'],
    ['unknown', {}, 401, 'M_UNKNOWN_TOKEN'],
    [null, { Authorization: 'bearer x' }, 401, 'M_MISSING_TOKEN'],
    [null, { Authorization: 'Bearer  x' }, 401, 'M_MISSING_TOKEN'],
  ])('refuses %s with %o', async (token, headers, status, errcode) => {
    const said = await ask(new MockHomeserver(), 'GET', `${V2}/users`, undefined, { token, headers });
    expect([said.status, said.body['errcode']]).toEqual([status, errcode]);
  });

  it('tells a user who is no admin in the words that clients look for', async () => {
    const hs = new MockHomeserver();
    const token = hs.issueToken(addUser(hs, 'alice').name);
    const said = await ask(hs, 'GET', `${V2}/users`, undefined, { token });
    expect([said.status, said.body['error']]).toEqual([403, 'You are not a server admin']);
  });

  it('refuses guests, locked accounts and expired tokens each in its way', async () => {
    const hs = new MockHomeserver();
    const [guest, locked, late] = ['g', 'l', 'e'].map((name) => addUser(hs, { localpart: name, admin: true }));
    const codes: unknown[] = [];
    for (const user of [guest, locked, late]) {
      const token = hs.issueToken(user?.name ?? '');
      if (user === guest && user) user.is_guest = true;
      if (user === locked && user) user.locked = true;
      const row = hs.state.tokens.get(token);
      if (user === late && row) row.valid_until_ms = hs.now() - 1;
      const { status, body } = await ask(hs, 'GET', `${V2}/users`, undefined, { token });
      codes.push([status, body['errcode'], body['soft_logout']]);
    }
    expect(codes).toEqual([
      [403, 'M_GUEST_ACCESS_FORBIDDEN', undefined],
      [401, 'M_USER_LOCKED', true],
      [401, 'M_UNKNOWN_TOKEN', true],
    ]);
  });

  it('asks no token for the version, and any token for whoami', async () => {
    const hs = new MockHomeserver();
    expect((await ask(hs, 'GET', `${V1}/server_version`, undefined, { token: null })).status).toBe(200);
    const who = await ask(hs, 'GET', '/_matrix/client/v3/account/whoami');
    expect(who.body).toEqual({ user_id: '@admin:demo.example', is_guest: false, device_id: 'ADMINDEVICE' });
  });

  it('forgets a token that signed out', async () => {
    const hs = new MockHomeserver();
    expect((await ask(hs, 'POST', '/_matrix/client/v3/logout')).status).toBe(200);
    expect((await ask(hs, 'GET', `${V2}/users`)).body['errcode']).toBe('M_UNKNOWN_TOKEN');
  });
});

describe('MAS (§4.1)', () => {
  const hs = new MockHomeserver({ mas: true });

  it.each([
    ['GET', `${V1}/registration_tokens`],
    ['POST', `${V1}/reset_password/@a:demo.example`],
    ['POST', `${V1}/users/@a:demo.example/login`],
    ['GET', `${V1}/register`],
    ['GET', `${V1}/users/@a:demo.example/admin`],
    ['GET', '/_matrix/client/v3/login'],
  ])('has no %s %s', async (method, path) => {
    const said = await ask(hs, method, path, method === 'POST' ? {} : undefined);
    expect([said.status, said.body['errcode']]).toEqual([404, 'M_UNRECOGNIZED']);
  });

  it('shows its metadata, which a Synapse alone does not have', async () => {
    expect((await ask(hs, 'GET', '/_matrix/client/v1/auth_metadata')).body['issuer']).toBe(
      'https://auth.demo.example/',
    );
    expect((await ask(new MockHomeserver(), 'GET', '/_matrix/client/v1/auth_metadata')).status).toBe(404);
  });

  it('goes by the scope of the token, not by the admin column', async () => {
    const admin = addUser(hs, { localpart: 'column', admin: true });
    const token = hs.issueToken(admin.name);
    expect((await ask(hs, 'GET', `${V1}/background_updates/enabled`, undefined, { token })).status).toBe(403);
    expect((await ask(hs, 'GET', `${V1}/background_updates/enabled`)).status).toBe(200);
  });

  it('refuses the users list unless guests are left out', async () => {
    const said = await ask(hs, 'GET', `${V2}/users`);
    expect([said.status, said.body['errcode']]).toEqual([400, 'M_INVALID_PARAM']);
    expect((await ask(hs, 'GET', '/_synapse/admin/v3/users?guests=false')).status).toBe(200);
  });
});

describe('versions', () => {
  it.each([
    ['1.144.0', `${V1}/users/@admin:demo.example/memberships`],
    ['1.129.0', `${V1}/scheduled_tasks`],
    ['1.102.0', '/_synapse/admin/v3/users'],
  ])('%s does not have %s yet', async (version, path) => {
    expect((await ask(new MockHomeserver({ version }), 'GET', path)).body['errcode']).toBe('M_UNRECOGNIZED');
    expect((await ask(new MockHomeserver(), 'GET', path)).status).toBe(200);
  });

  it('sweeps media under the older path before 1.78', async () => {
    const hs = new MockHomeserver({ version: '1.77.0' });
    addMedia(hs, { media_id: 'old', created_ts: 50_000_000_000 });
    expect((await ask(hs, 'POST', `${V1}/media/delete?before_ts=60000000000`)).status).toBe(404);
    const said = await ask(hs, 'POST', `${V1}/media/demo.example/delete?before_ts=60000000000`);
    expect(said.body).toEqual({ deleted_media: ['old'], total: 1 });
  });
});

describe('rate limits (§5.3)', () => {
  it('limits the hierarchy for admins too, and a 0-override lifts it', async () => {
    const hs = new MockHomeserver();
    const space = addRoom(hs, { room_type: 'm.space', members: [hs.adminId] });
    const path = `${V1}/rooms/${encodeURIComponent(space.room_id)}/hierarchy`;
    const statuses: number[] = [];
    // The bucket drains with real time, so a slow machine gets more than eleven.
    while (statuses.length < 500 && !statuses.includes(429)) statuses.push((await ask(hs, 'GET', path)).status);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(statuses.at(-1)).toBe(429);
    await ask(hs, 'POST', `${V1}/users/${hs.adminId}/override_ratelimit`);
    expect((await ask(hs, 'GET', path)).status).toBe(200);
  });
});
