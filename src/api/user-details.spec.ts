import { afterEach, describe, expect, it, vi } from 'vitest';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { countInvitesAndJoins, listAccountData, listConnections, listMemberships } from './user-details';

let model: MockHomeserver;

function run(version: string) {
  model = new MockHomeserver({ version });
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  return { baseUrl: 'https://demo.example', token: model.adminToken, version };
}

function answerWith(body: unknown) {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body))));
  return { baseUrl: 'https://demo.example', token: 'x', version: '1.163.2' };
}

afterEach(() => vi.unstubAllGlobals());

/** Anna in one room, and banned from another. */
function fill() {
  const { name } = addUser(model, 'anna');
  const room = (membership: 'join' | 'ban') =>
    addRoom(model, { creator: model.adminId, members: { [model.adminId]: 'join', [name]: membership } }).room_id;
  return { name, joined: room('join'), banned: room('ban') };
}

describe('the rooms of a user', () => {
  it('are those they are in, were banned from and left', async () => {
    const hs = run('1.163.2');
    const { name, joined, banned } = fill();
    const { rows, areAll } = await listMemberships(hs, name);
    expect(rows).toEqual([
      { room_id: joined, membership: 'join' },
      { room_id: banned, membership: 'ban' },
    ]);
    expect(areAll).toBe(true);
  });

  it('are only those they are in before Synapse 1.145, and the answer says that there may be others', async () => {
    const hs = run('1.144.0');
    const { name, joined } = fill();
    expect(await listMemberships(hs, name)).toEqual({
      rows: [{ room_id: joined, membership: 'join' }],
      odd: [],
      areAll: false,
    });
    expect(model.log.entries.map(({ path }) => path.split('/').at(-1))).toEqual(['joined_rooms']);
  });

  it('are shown though one of them is odd', async () => {
    const hs = answerWith({ memberships: { '!a:b': 'join', '!c:d': 7 } });
    const { rows, odd } = await listMemberships(hs, '@anna:b');
    expect(rows).toEqual([{ room_id: '!a:b', membership: 'join' }]);
    expect(odd).toHaveLength(1);
  });
});

it('counts the invitations and joins since a time', async () => {
  const hs = run('1.163.2');
  const anna = addUser(model, { localpart: 'anna', invites_sent_ts: [10, 20, 30] });
  addRoom(model, { creator: anna.name, members: { [anna.name]: { membership: 'join', since: 25 } } });
  expect(await countInvitesAndJoins(hs, anna.name, 20)).toEqual({ invites: 2, joins: 1 });
  expect(await countInvitesAndJoins(hs, anna.name, 26)).toEqual({ invites: 1, joins: 0 });
});

it('reads the connections of all sessions as one list, without the odd ones', async () => {
  const connections = [{ ip: '192.0.2.1', last_seen: 1, user_agent: 'x' }, 'odd', { ip: '192.0.2.2' }];
  const hs = answerWith({ user_id: '@anna:b', devices: { '': { sessions: [{ connections }, { connections: [] }] } } });
  const { rows, odd } = await listConnections(hs, '@anna:b');
  expect(rows.map(({ ip }) => ip)).toEqual(['192.0.2.1', '192.0.2.2']);
  expect(odd).toHaveLength(1);
});

it('reads account data of the account and of each room as one list', async () => {
  const hs = run('1.163.2');
  const anna = addUser(model, 'anna');
  anna.account_data = { global: { 'm.direct': { a: 1 } }, rooms: { '!r:b': { 'm.tag': { tags: {} } } } };
  expect(await listAccountData(hs, anna.name)).toEqual([
    { roomId: null, type: 'm.direct', content: { a: 1 } },
    { roomId: '!r:b', type: 'm.tag', content: { tags: {} } },
  ]);
});
