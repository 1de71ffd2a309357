import { afterEach, describe, expect, it, vi } from 'vitest';
import { addMedia, addRoom, addUser } from '~/mocks/build';
import { MockHomeserver, type ModelOptions } from '~/mocks/homeserver';
import { send } from './ask';
import { diagnose } from './diagnose';
import { authIssuer, logout, mediaConfig, resolveAlias, whoami } from './homeserver';
import { mediaInfo, sweepMedia, thumbnail } from './media';
import { lookAtMember, removeMember } from './member-asks';
import { joinAsMyself, listRooms, roomBlock, roomState } from './rooms';
import { getUser, listUsers } from './users';
import { wordsOf } from '~/lib/words';
import { inWords } from '~/testing/in-words';

/** The same calls against older Synapses, as the model answers for them (`npm run test:synapse -- --version` holds it to that). */

const BASE = 'https://demo.example';
let model: MockHomeserver;

function run(version: string, options: ModelOptions = {}) {
  model = new MockHomeserver({ ...options, version });
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  return { baseUrl: BASE, token: model.adminToken, version };
}

afterEach(() => {
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const asked = () => model.log.entries.map(({ method, path }) => `${method} ${path}`);
const names = async (...call: Parameters<typeof listUsers>) =>
  (await listUsers(...call)).users.map(({ name }) => name.slice(1, name.indexOf(':'))).toSorted();

function crowd() {
  addUser(model, 'anna');
  addUser(model, { name: `@gone:${model.serverName}`, deactivated: true });
  addUser(model, { name: `@shut:${model.serverName}`, locked: true });
}

describe('the users list', () => {
  it.each(['1.163.2', '1.103.0', '1.102.0', '1.95.1', '1.90.0'])('holds the same on %s', async (version) => {
    const hs = run(version);
    crowd();
    expect(await names(hs, { locked: true })).toEqual(['admin', 'anna', 'gone', 'shut']);
    expect(await names(hs, { locked: true, deactivated: false })).toEqual(['admin', 'anna', 'shut']);
    expect((await listUsers(hs, { locked: true, limit: 2 })).next).toBe(2);
  });

  it('says that only deactivated users can’t be listed, and does not list others instead', async () => {
    const hs = run('1.95.1');
    crowd();
    await expect(listUsers(hs, { deactivated: true })).rejects.toThrow('needs Synapse 1.103');
    expect(asked()).toEqual([]);
    expect(await names(run('1.163.2'), { deactivated: true })).toEqual([]);
  });

  it.each([
    ['1.90.2', { admins: true }, '1.91'],
    ['1.87.0', { not_user_type: [''] }, '1.88'],
    ['1.98.0', { name: 'Zoë' }, '1.99'],
    ['1.91.0', { order_by: 'last_seen_ts' }, '1.92'],
    ['1.92.0', { order_by: 'locked' }, '1.93'],
  ] as const)('on %s asks nothing that the server would pass over: %o', async (version, query, needed) => {
    await expect(listUsers(run(version), query)).rejects.toThrow(`needs Synapse ${needed}`);
    expect(asked()).toEqual([]);
  });

  it('is read by v2 where a new server does not serve v3', async () => {
    const hs = run('1.163.2');
    crowd();
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      url.includes('/v3/users')
        ? Promise.resolve(Response.json({ errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' }, { status: 404 }))
        : model.handle(new Request(url, init)),
    );
    expect(await names(hs, { locked: true })).toEqual(['admin', 'anna', 'gone', 'shut']);
    await expect(listUsers(hs, { deactivated: true })).rejects.toThrow('/_synapse/admin/v3/users');
  });
});

describe('one user', () => {
  // 0 and 1 in older answers: a list of odd rows, and a sign-in that ends, if they were not understood.
  it.each(['1.163.2', '1.96.1', '1.92.3', '1.42.0'])('is understood on %s, in the list and alone', async (version) => {
    const hs = run(version);
    const gone = addUser(model, { localpart: 'gone', deactivated: true, is_guest: true }).name;
    const facts = { deactivated: true, is_guest: true, admin: false };
    expect(await getUser(hs, gone)).toMatchObject(facts);
    const { users, odd } = await listUsers(hs, {});
    expect(odd).toEqual([]);
    expect(users.find(({ name }) => name === gone)).toMatchObject(facts);
    expect(users.find(({ name }) => name === model.adminId)).toMatchObject({ admin: true, deactivated: false });
  });
});

describe('rooms', () => {
  it('are not listed by a filter that the server would pass over', async () => {
    const hs = run('1.109.0');
    await expect(listRooms(hs, { empty_rooms: true })).rejects.toThrow('needs Synapse 1.110');
    await expect(listRooms(hs, { public_rooms: false })).rejects.toThrow('needs Synapse 1.110');
    expect(asked()).toEqual([]);
    expect((await listRooms(hs, {})).rooms).toEqual([]);
  });

  it.each(['1.163.2', '1.122.0'])('tell the state of one type only, on %s too', async (version) => {
    const hs = run(version);
    const { room_id } = addRoom(model, { name: 'Lobby', creator: model.adminId });
    expect((await roomState(hs, room_id, 'm.room.name')).map(({ type }) => type)).toEqual(['m.room.name']);
    expect((await roomState(hs, room_id)).length).toBeGreaterThan(1);
  });

  it('have no block that can be asked for before 1.48, and that is no “no”', async () => {
    expect(await roomBlock(run('1.47.1'), '!r:demo.example')).toBeNull();
    expect(asked()).toEqual([]);
    expect(await roomBlock(run('1.48.0'), '!r:demo.example')).toMatchObject({ block: false });
  });
});

describe('the Client-Server API', () => {
  it('is asked as r0 before Synapse 1.48', async () => {
    const hs = run('1.42.0 (b=matrix-org-hotfixes,abc)');
    expect((await whoami(hs)).user_id).toBe(model.adminId);
    const ben = addUser(model, 'ben').name;
    const { room_id } = addRoom(model, {
      alias: 'lobby',
      join_rules: 'public',
      creator: model.adminId,
      members: [ben],
    });
    expect((await resolveAlias(hs, `#lobby:${model.serverName}`)).room_id).toBe(room_id);
    await joinAsMyself(hs, room_id);
    await mediaConfig(hs);
    const server = { version: hs.version ?? '' };
    await send(hs, removeMember(room_id, ben, '', server)).catch(() => undefined);
    expect(await send(hs, lookAtMember(room_id, model.adminId, server))).toMatchObject({ state_key: model.adminId });
    await logout(hs);
    expect(asked().filter((one) => one.includes('/_matrix/'))).toHaveLength(7);
    expect(asked().join()).not.toMatch(/\/v3\/|\/client\/v1\//);
  });

  it.each([
    ['1.163.2', '/_matrix/client/v1/media/thumbnail/'],
    ['1.110.0', '/_matrix/media/v3/thumbnail/'],
    ['1.47.0', '/_matrix/media/r0/thumbnail/'],
  ])('gives pictures on %s by %s', async (version, path) => {
    const hs = run(version);
    const { media_id } = addMedia(model, { authenticated: false });
    expect((await thumbnail(hs, model.serverName, media_id, 64)).type).toContain('image/');
    expect(asked()).toEqual([`GET ${path}${model.serverName}/${media_id}`]);
  });

  it.each([
    ['1.163.2', 1],
    ['1.137.0', 2],
    ['1.100.0', 2],
  ])('knows MAS on %s', async (version, requests) => {
    expect(await authIssuer(run(version, { mas: true }))).toContain('auth.demo.example');
    expect(asked()).toHaveLength(requests);
    expect(await authIssuer(run(version))).toBeNull();
  });
});

describe('media', () => {
  it.each([
    ['1.163.2', '/_synapse/admin/v1/media/delete'],
    ['1.77.0', '/_synapse/admin/v1/media/demo.example/delete'],
  ])('are swept on %s by %s', async (version, path) => {
    const hs = run(version);
    const { media_id } = addMedia(model, { created_ts: Date.UTC(2020, 1, 1) });
    const query = { before_ts: Date.UTC(2021, 1, 1), size_gt: 0, keep_profiles: true };
    expect((await sweepMedia(hs, model.serverName, query)).deleted_media).toEqual([media_id]);
    expect(asked()).toEqual([`POST ${path}`]);
  });

  it('say why one file can’t be looked at', async () => {
    await expect(mediaInfo(run('1.139.0'), 'demo.example', 'x')).rejects.toThrow(
      'This needs Synapse 1.140 or newer. This homeserver runs 1.139.0.',
    );
  });
});

describe('an endpoint that is missing', () => {
  it('is a 400 before Synapse 1.74, and known for what it is', async () => {
    const hs = run('1.42.0');
    await expect(mediaInfo(hs, 'demo.example', 'x')).rejects.toMatchObject({ status: 400, endpointAbsent: true });
  });

  it('that this version has is said to be routed elsewhere, without “may be too old”', async () => {
    const hs = run('1.163.2');
    vi.stubGlobal('fetch', () =>
      Promise.resolve(Response.json({ errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' }, { status: 404 })),
    );
    await expect(getUser(hs, model.adminId)).rejects.toThrow(
      /Synapse 1\.163\.2 supports it, so the proxy probably sends it to the wrong process/,
    );
  });
});

describe('sign-in', () => {
  it.each([
    ['1.42.0 (b=matrix-org-hotfixes,abc)', 'removing external IDs'],
    ['1.70.1', 'listing only admins'],
    ['1.95.1', 'listing only deactivated users'],
    ['1.120.0+maunium.1', 'seeing who is suspended'],
  ])('on %s works, and says what does not', async (version, lost) => {
    run(version);
    const diagnosis = await diagnose({ url: BASE, token: model.adminToken, pageIsSecure: true });
    expect(diagnosis).toMatchObject({ ok: true, facts: { version, homeserver: { version } } });
    const age = diagnosis.checks.find(({ id }) => id === 'age');
    expect(age).toMatchObject({ state: 'warn', cause: 'old' });
    const said = wordsOf(age?.detail ?? '');
    expect(said).toContain(`These don’t work with Synapse ${version}: `);
    expect(said).toContain(lost);
    expect(said).toContain('Update Synapse: version 1.157.2 fixed 11 security issues');
    expect(diagnosis.checks.filter(({ id, state }) => id !== 'age' && state !== 'ok')).toEqual([]);
  });

  it.each([
    ['1.163.2', 'ok', 'Yes.'],
    [
      '1.157.1',
      'warn',
      'Yes. Update Synapse: version 1.157.2 fixed 11 security issues, and this homeserver runs 1.157.1.',
    ],
  ])('on %s everything works', async (version, state, detail) => {
    run(version);
    const { checks } = await diagnose({ url: BASE, token: model.adminToken, pageIsSecure: true });
    expect(inWords(checks.find(({ id }) => id === 'age'))).toEqual(expect.objectContaining({ state, detail }));
    expect(checks.some(({ cause }) => cause !== undefined)).toBe(false);
  });

  it('knows MAS in front of an older Synapse', async () => {
    run('1.120.0', { mas: true });
    const diagnosis = await diagnose({ url: BASE, token: model.adminToken, pageIsSecure: true });
    expect(diagnosis).toMatchObject({ ok: true, facts: { mas: true } });
  });
});
