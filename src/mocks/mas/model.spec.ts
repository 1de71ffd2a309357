import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDevice, addUser } from '../build';
import { ConnectionReset } from '../faults';
import { MockHomeserver } from '../homeserver';
import { ask } from '../ask';
import { adopt, deviceScope, MAS_SCOPE, putMasInFront } from './adopt';
import { ADMIN_SCOPE, CLIENT_SCOPE } from '../authenticate';
import type { MockMas } from './mas';
import type { MasUserRow } from './state';
import { kindOfToken, newToken } from './tokens';
import { Random } from '../random';

let hs: MockHomeserver;
let mas: MockMas;
let anna: MasUserRow;

beforeEach(() => {
  hs = new MockHomeserver({ mas: true });
  const user = addUser(hs, { localpart: 'anna' });
  addDevice(hs, user, { device_id: 'ANNAPHONE01' });
  addUser(hs, { localpart: '_irc_ghost', appservice_id: 'irc' });
  mas = putMasInFront(hs);
  const row = mas.state.userNamed('anna');
  if (!row) throw new Error('MAS knows anna');
  anna = row;
});
afterEach(() => {
  if (hs.crashes.length > 0) throw new Error('The model broke', { cause: hs.crashes[0] });
});

interface Said {
  status: number;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever it answers
  body: any;
  headers: Headers;
}

/** One request of the Admin API; a string as body goes as it is. */
async function say(
  method: string,
  path: string,
  body?: unknown,
  { token = hs.adminToken, headers = {} }: { token?: string | null; headers?: Record<string, string> } = {},
): Promise<Said> {
  const isJson = body !== undefined && !('Content-Type' in headers);
  const response = await hs.handle(
    new Request(`${mas.baseUrl}/api/admin/v1${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(isJson && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
  const text = await response.text();
  const isParsed = response.headers.get('Content-Type')?.includes('json') === true;
  return { status: response.status, text, body: isParsed ? JSON.parse(text) : undefined, headers: response.headers };
}

const titles = ({ body }: Said): unknown => (body as { errors: { title: string }[] }).errors.map(({ title }) => title);
const onSynapse = () => hs.state.users.get(`@anna:${hs.serverName}`);
const askSynapse = (token: string) =>
  ask(hs, 'GET', '/_synapse/admin/v2/users/@anna:demo.example', undefined, { token });
const tokenWith = (...scopes: string[]) => mas.issueToken(anna.id, scopes).token;
const saidTo = async (token: string | null) => titles(await say('GET', '/version', undefined, { token }));
const metadata = (path: string) => ask(hs, 'GET', `/_matrix/client/${path}`, undefined, { token: null });
const whoami = (token: string) => ask(hs, 'GET', '/_matrix/client/v3/account/whoami', undefined, { token });
const devices = () => onSynapse()?.devices.map(({ device_id: id }) => id);
const sessionOfAnna = () => [...mas.state.compatSessions.values()].find(({ user_id: id }) => id === anna.id);
const names = ({ body }: Said) =>
  (body as { data: { attributes: { username: string } }[] }).data.map((one) => one.attributes.username);

describe('one token and two servers', () => {
  it('needs the scope of each, and a lack of rights at MAS is a 401 that only its title tells', async () => {
    expect((await askSynapse(tokenWith(MAS_SCOPE))).body).toMatchObject({
      errcode: 'M_UNKNOWN_TOKEN',
      soft_logout: false,
      error: "Token doesn't grant access to the Matrix C-S API",
    });
    expect((await askSynapse(tokenWith(CLIENT_SCOPE))).status).toBe(403);
    expect((await askSynapse(tokenWith(CLIENT_SCOPE, ADMIN_SCOPE))).status).toBe(200);
    const lacking = await say('GET', '/version', undefined, { token: tokenWith(CLIENT_SCOPE, ADMIN_SCOPE) });
    expect([lacking.status, titles(lacking)]).toEqual([401, ['Missing urn:mas:admin scope']]);
    expect((await say('GET', '/version', undefined, { token: tokenWith(MAS_SCOPE) })).body).toEqual({
      version: '1.22.0',
    });
  });

  it('says what is wrong with a token, and answers without one by 400', async () => {
    expect(await saidTo(null)).toEqual(['Missing authorization header']);
    expect(await saidTo('a b')).toEqual(['Invalid authorization header']);
    expect(await saidTo('syt_abc_def')).toEqual(['Invalid type of access token']);
    expect(await saidTo(newToken('mat', new Random(7)))).toEqual(['Unknown access token']);
    const { token, session } = mas.issueToken(anna.id, [MAS_SCOPE], { expiresAt: hs.now() + 300_000 });
    hs.advance(300_001);
    expect(await saidTo(token)).toEqual(['Access token expired']);
    session.finished_at = hs.now();
    expect(await saidTo(token)).toEqual(['Access token revoked']);
  });

  it('honours a lock at once on both sides, also before Synapse knows of it', async () => {
    const { token } = mas.issueToken(anna.id, [CLIENT_SCOPE, ADMIN_SCOPE, MAS_SCOPE]);
    await say('POST', `/users/${anna.id}/lock`);
    expect(titles(await say('GET', '/version', undefined, { token }))).toEqual(['User locked']);
    expect((await askSynapse(token)).body).toMatchObject({ errcode: 'M_UNKNOWN_TOKEN' });
    expect(onSynapse()?.locked).toBe(false);
  });

  it('has tokens whose checksum is real', () => {
    const token = newToken('mpt', new Random(3));
    expect(kindOfToken(token)).toBe('mpt');
    expect(kindOfToken(token.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toBeNull();
  });
});

describe('what is not there', () => {
  it('looks like a dead host: another path, an older version, an Admin API that is not mounted', async () => {
    await expect(say('GET', '/no-such-thing')).rejects.toThrow(ConnectionReset);
    mas.version = '1.3.0';
    await expect(say('GET', '/version')).rejects.toThrow(ConnectionReset);
    expect((await say('GET', '/site-config')).status).toBe(200);
    mas.adminApi = false;
    await expect(say('GET', '/site-config')).rejects.toThrow(ConnectionReset);
  });

  it('is the same for a header that no preflight allows', async () => {
    const traced = say('GET', '/version', undefined, { headers: { traceparent: '00' } });
    await expect(traced).rejects.toThrow(ConnectionReset);
  });

  it('is 405 with CORS headers, without a word, for a wrong method', async () => {
    const said = await say('DELETE', '/version');
    expect([said.status, said.text, said.headers.get('Access-Control-Allow-Origin')]).toEqual([405, '', '*']);
    expect(said.headers.has('Access-Control-Expose-Headers')).toBe(false);
  });
});

describe('lists', () => {
  beforeEach(() => {
    for (const name of ['bea', 'carl', 'dora', 'emil']) adopt(mas, addUser(hs, { localpart: name }));
  });

  it('have the oldest first, forward and backward, with a link only the way that is paged', async () => {
    const first = await say('GET', '/users?page[first]=2');
    expect(names(first)).toEqual(['admin', 'anna']);
    expect(first.body.meta).toEqual({ count: 6 });
    expect(first.body.links.next).toBe(`/api/admin/v1/users?page[after]=${anna.id}&page[first]=2`);
    const next = await say('GET', `/users?page[first]=2&page[after]=${anna.id}`);
    expect([names(next), 'prev' in next.body.links]).toEqual([['bea', 'carl'], false]);
    const last = await say('GET', '/users?page%5Blast%5D=2');
    expect([names(last), 'next' in last.body.links]).toEqual([['dora', 'emil'], false]);
    expect(last.body.links.prev).toContain('page[before]=');
  });

  it('count as they are told, and name what is wrong with a query', async () => {
    expect((await say('GET', '/users?count=only')).body).toEqual({
      meta: { count: 6 },
      links: { self: '/api/admin/v1/users?count=only' },
    });
    expect('meta' in (await say('GET', '/users?count=false')).body).toBe(false);
    const said = async (query: string) => titles(await say('GET', `/users?${query}`));
    expect(await said('page[first]=1&page[last]=1')).toEqual([
      'Cannot specify both `page[first]` and `page[last]` parameters',
    ]);
    expect(await said('page[first]=0')).toMatchObject({ 0: 'Invalid pagination parameters' });
    expect(await said('filter[status]=odd')).toMatchObject({ 0: 'Invalid filter parameters' });
    expect(await said('filter[admin]=yes')).toMatchObject({ 0: 'Invalid filter parameters' });
  });

  it('ignore a filter that is not known, or not yet known, and show filters raw in their links', async () => {
    expect(names(await say('GET', '/users?filter[can_request_admin]=true'))).toHaveLength(6);
    expect(names(await say('GET', '/users?filter[search]=A%25A'))).toEqual(['anna']);
    expect((await say('GET', '/users?filter[search]=a%25a')).body.links.self).toContain('filter[search]=a%a');
    mas.version = '1.2.0';
    expect(names(await say('GET', '/users?filter[search]=anna&count=only'))).toHaveLength(6);
  });
});

describe('refusals', () => {
  it('are JSON about the path and the thing, and plain text about the body', async () => {
    expect(titles(await say('GET', '/users/anna'))).toMatchObject({ 0: 'Invalid ULID in path' });
    const unknown = mas.newId();
    expect(titles(await say('POST', `/users/${unknown}/lock`))).toEqual([`User ID ${unknown} not found`]);
    const at = `/users/${anna.id}/set-admin`;
    const wrongType = await say('POST', at, 'admin=true', { headers: { 'Content-Type': 'text/plain' } });
    expect([wrongType.status, wrongType.body, wrongType.text]).toEqual([
      415,
      undefined,
      'Expected request with `Content-Type: application/json`',
    ]);
    expect((await say('POST', at, '')).status).toBe(400);
    expect((await say('POST', at, { admin: 'yes' })).text).toMatch(/^Failed to deserialize the JSON body/);
  });

  it('come twice where MAS does not do a thing twice, and not where it does', async () => {
    const session = sessionOfAnna();
    const at = `/compat-sessions/${session?.id}/finish`;
    expect((await say('POST', at)).status).toBe(200);
    expect((await say('POST', at)).status).toBe(400);
    const made = await say('POST', '/personal-sessions', { actor_user_id: anna.id, human_name: 'x', scope: 'openid' });
    expect([made.status, kindOfToken(made.body.data.attributes.access_token as string)]).toEqual([201, 'mpt']);
    const revoke = `/personal-sessions/${made.body.data.id}/revoke`;
    expect([(await say('POST', revoke)).status, (await say('POST', revoke)).status]).toEqual([200, 409]);
    expect((await say('POST', `/users/${anna.id}/lock`)).status).toBe(200);
    expect((await say('POST', `/users/${anna.id}/lock`)).status).toBe(200);
  });
});

describe('jobs', () => {
  it('bring changes to Synapse only when they are cranked, and are tried again when they fail', async () => {
    await say('POST', `/users/${anna.id}/lock`);
    await say('POST', '/user-emails', { user_id: anna.id, email: 'Anna@mail.example' });
    expect([onSynapse()?.locked, onSynapse()?.threepids]).toEqual([false, []]);
    mas.jobsFail = 2;
    mas.crank();
    expect(onSynapse()?.locked).toBe(false);
    mas.crank();
    expect([onSynapse()?.locked, onSynapse()?.threepids.map(({ address }) => address)]).toEqual([
      true,
      ['anna@mail.example'],
    ]);
  });

  it('replace all emails on Synapse, whatever was set there', async () => {
    onSynapse()?.threepids.push({ medium: 'email', address: 'own@mail.example', validated_at: 0, added_at: 0 });
    onSynapse()?.threepids.push({ medium: 'msisdn', address: '49123', validated_at: 0, added_at: 0 });
    await say('POST', '/user-emails', { user_id: anna.id, email: 'anna@mail.example' });
    mas.crank();
    expect(onSynapse()?.threepids.map(({ address }) => address)).toEqual(['49123', 'anna@mail.example']);
  });

  it('bring a device back that was deleted on Synapse alone, and take it where its session ended', async () => {
    await ask(hs, 'DELETE', '/_synapse/admin/v2/users/@anna:demo.example/devices/ANNAPHONE01');
    expect(devices()).toEqual([]);
    await say('POST', `/users/${anna.id}/unlock`);
    mas.crank();
    expect(devices()).toEqual(['ANNAPHONE01']);
    const session = sessionOfAnna();
    await say('POST', `/compat-sessions/${session?.id}/finish`);
    expect(devices()).toEqual(['ANNAPHONE01']);
    mas.crank();
    expect(devices()).toEqual([]);
  });

  it('deactivate again, after a reactivation that came too early', async () => {
    await say('POST', `/users/${anna.id}/deactivate`, { skip_erase: true });
    await say('POST', `/users/${anna.id}/reactivate`);
    expect(anna.deactivated_at).toBeNull();
    mas.crank();
    expect([anna.deactivated_at !== null, onSynapse()?.deactivated, onSynapse()?.erased]).toEqual([true, true, false]);
    await say('POST', `/users/${anna.id}/reactivate`);
    mas.crank();
    expect([anna.deactivated_at, onSynapse()?.deactivated]).toEqual([null, false]);
  });

  it('crank themselves after a while where they are told to', async () => {
    mas.cranksAfterMs = 1000;
    await say('POST', `/users/${anna.id}/lock`);
    hs.advance(1001);
    await ask(hs, 'GET', '/_matrix/client/versions');
    expect(onSynapse()?.locked).toBe(true);
  });
});

describe('a deactivation', () => {
  it('erases without a body, and not where that is refused in words', async () => {
    await say('POST', `/users/${anna.id}/deactivate`, { skip_erase: true });
    mas.crank();
    expect(onSynapse()?.erased).toBe(false);
    await say('POST', `/users/${anna.id}/reactivate`);
    await say('POST', `/users/${anna.id}/deactivate`);
    mas.crank();
    expect(onSynapse()?.erased).toBe(true);
  });

  it('erases before 0.20 whatever it is told', async () => {
    mas.version = '0.19.0';
    await say('POST', `/users/${anna.id}/deactivate`, { skip_erase: true });
    mas.crank();
    expect([onSynapse()?.erased, anna.locked_at !== null]).toEqual([true, true]);
  });

  it('may be done though the answer is a failure, worded as MAS does', async () => {
    hs.faults.next({ match: /deactivate/, answer: '500-after' });
    const said = await say('POST', `/users/${anna.id}/deactivate`, { skip_erase: true });
    expect([said.status, titles(said)]).toEqual([500, ['Internal server error']]);
    expect(anna.deactivated_at).not.toBeNull();
    hs.faults.next({ match: /deactivate/, answer: '401' });
    expect(titles(await say('POST', `/users/${anna.id}/deactivate`))).toEqual(['Unknown access token']);
  });

  it('refuses an empty body that calls itself JSON', async () => {
    expect((await say('POST', `/users/${anna.id}/deactivate`, '')).status).toBe(400);
  });

  it('takes sessions and emails, and keeps name, password and links', async () => {
    anna.password = 'kept';
    mas.issueToken(anna.id, [CLIENT_SCOPE, deviceScope('ANNALAPTOP1')]);
    await say('POST', `/users/${anna.id}/deactivate`, { skip_erase: true });
    mas.crank();
    const { body } = await say('GET', `/oauth2-sessions?filter[user]=${anna.id}&filter[status]=active&count=only`);
    expect([body.meta.count, anna.password]).toEqual([0, 'kept']);
  });
});

describe('two tables of users', () => {
  it('has ghosts on Synapse alone, and accounts that Synapse does not know', async () => {
    expect((await say('GET', '/users/by-username/_irc_ghost')).status).toBe(404);
    const taken = addUser(hs, { localpart: 'put.made' });
    expect(titles(await say('POST', '/users', { username: 'put.made' }))).toEqual([
      'Username is reserved by the homeserver',
    ]);
    expect((await say('POST', '/users', { username: 'put.made', skip_homeserver_check: true })).status).toBe(201);
    expect(hs.state.users.get(taken.name)).toBe(taken);
    expect(titles(await say('POST', '/users', { username: 'Anna' }))).toEqual(['User already exists']);
    expect((await say('GET', '/users/by-username/ANNA')).body.data.id).toBe(anna.id);
  });

  it('makes an account on Synapse at once, with a profile since 1.18', async () => {
    await say('POST', '/users', { username: 'neu', displayname: 'Neu' });
    expect(hs.state.users.get('@neu:demo.example')?.displayname).toBe('Neu');
  });
});

describe('how MAS is known', () => {
  it('is told by Synapse alone, under the path that its version has, and nowhere without MAS', async () => {
    const said = (await metadata('v1/auth_metadata')).body;
    expect(said).toMatchObject({ issuer: 'https://auth.demo.example/', scopes_supported: ['openid', 'email'] });
    expect(said['org.matrix.matrix-authentication-service.graphql_endpoint']).toBe('https://auth.demo.example/graphql');
    hs = new MockHomeserver({ mas: true, version: '1.130.0' });
    mas = putMasInFront(hs, { baseUrl: 'https://demo.example/auth' });
    expect((await metadata('v1/auth_metadata')).body['errcode']).toBe('M_UNRECOGNIZED');
    const older = await metadata('unstable/org.matrix.msc2965/auth_metadata');
    expect(older.body['token_endpoint']).toBe('https://demo.example/auth/oauth2/token');
    expect((await say('GET', '/version')).body).toEqual({ version: '1.22.0' });
    hs = new MockHomeserver();
    expect((await metadata('v1/auth_metadata')).body['errcode']).toBe('M_UNRECOGNIZED');
  });
});

describe('what Synapse keeps of a token', () => {
  it('outlives the end of its session by two minutes, unless its device is gone', async () => {
    mas.introspectionCacheMs = 120_000;
    const { token, session } = mas.issueToken(anna.id, [CLIENT_SCOPE]);
    expect((await whoami(token)).status).toBe(200);
    await say('POST', `/oauth2-sessions/${session.id}/finish`);
    expect((await whoami(token)).status).toBe(200);
    hs.advance(120_001);
    expect((await whoami(token)).body).toMatchObject({ errcode: 'M_UNKNOWN_TOKEN', soft_logout: false });

    const held = mas.issueToken(anna.id, [CLIENT_SCOPE, deviceScope('ANNALAPTOP1')]);
    await say('POST', `/users/${anna.id}/unlock`);
    mas.crank();
    expect((await whoami(held.token)).status).toBe(200);
    await say('POST', `/oauth2-sessions/${held.session.id}/finish`);
    mas.crank();
    expect((await whoami(held.token)).status).toBe(401);
  });
});

describe('Synapse behind MAS', () => {
  it('applies half of a PUT with a password, and then refuses', async () => {
    const path = '/_synapse/admin/v2/users/@anna:demo.example';
    const said = await ask(hs, 'PUT', path, { displayname: 'Half', password: 'battery staple' });
    expect([said.status, said.body['error'], onSynapse()?.displayname]).toEqual([
      403,
      'Password change disabled',
      'Half',
    ]);
  });

  it('lists users only without guests, and has none of what MAS took over', async () => {
    expect((await ask(hs, 'GET', '/_synapse/admin/v2/users')).body['errcode']).toBe('M_INVALID_PARAM');
    expect((await ask(hs, 'GET', '/_synapse/admin/v2/users?guests=false')).status).toBe(200);
    for (const path of ['registration_tokens', 'users/@anna:demo.example/admin', 'account_validity/validity']) {
      expect((await ask(hs, 'GET', `/_synapse/admin/v1/${path}`)).body['errcode']).toBe('M_UNRECOGNIZED');
    }
  });

  it('deactivates on its own side alone: the account can still act', async () => {
    const { token } = mas.issueToken(anna.id, [CLIENT_SCOPE]);
    await ask(hs, 'POST', '/_synapse/admin/v1/deactivate/@anna:demo.example', {});
    expect([onSynapse()?.deactivated, anna.deactivated_at]).toEqual([true, null]);
    expect((await ask(hs, 'GET', '/_matrix/client/v3/account/whoami', undefined, { token })).status).toBe(200);
  });
});
