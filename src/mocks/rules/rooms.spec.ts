import { describe, expect, it } from 'vitest';
import { ask } from '../ask';
import { addDevice, addRoom, addUser } from '../build';
import { MockHomeserver } from '../homeserver';

const V1 = '/_synapse/admin/v1';
const V2 = '/_synapse/admin/v2/rooms';
const of = (roomId: string): string => `${V1}/rooms/${encodeURIComponent(roomId)}`;

async function names(hs: MockHomeserver, query: string): Promise<(string | null)[]> {
  const { body } = await ask(hs, 'GET', `${V1}/rooms${query}`);
  return (body['rooms'] as { name: string | null }[]).map(({ name }) => name);
}

function house(): MockHomeserver {
  const hs = new MockHomeserver();
  const [a, b] = [addUser(hs, 'a').name, addUser(hs, 'b').name];
  addRoom(hs, { name: 'Attic', members: [a], alias: 'top', public: true, join_rules: 'public' });
  addRoom(hs, { name: 'Bath', members: [a, b, '@far:elsewhere.example'] });
  addRoom(hs, { name: 'Cellar', members: { [a]: 'leave' } });
  addRoom(hs, { name: null, members: [a, b] });
  addRoom(hs, { name: 'Hidden', members: [a], in_stats: false });
  return hs;
}

describe('the rooms list (§2.1)', () => {
  it.each([
    ['', ['Attic', 'Bath', 'Cellar', null]],
    ['?dir=b', [null, 'Cellar', 'Bath', 'Attic']],
    ['?order_by=joined_members', ['Bath', null, 'Attic', 'Cellar']],
    ['?order_by=joined_members&dir=b', ['Cellar', 'Attic', null, 'Bath']],
    ['?public_rooms=true', ['Attic']],
    ['?empty_rooms=true', ['Cellar']],
    ['?search_term=ATT', ['Attic']],
    ['?search_term=top', ['Attic']],
  ])('%s lists %j', async (query, expected) => {
    expect(await names(house(), query)).toEqual(expected);
  });

  it('forgets the filter when there is a search term: the bug of Synapse', async () => {
    expect(await names(house(), '?search_term=bath&public_rooms=true')).toEqual(['Bath']);
  });

  it('refuses an empty search term', async () => {
    expect((await ask(house(), 'GET', `${V1}/rooms?search_term=`)).body['errcode']).toBe('M_INVALID_PARAM');
  });

  it('pages by numbers: offset, next_batch, prev_batch, total_rooms, and no next_token', async () => {
    const { body } = await ask(house(), 'GET', `${V1}/rooms?from=1&limit=2`);
    expect(body).toMatchObject({ offset: 1, total_rooms: 4, next_batch: 3, prev_batch: 0 });
    expect(body).not.toHaveProperty('next_token');
    expect((await ask(house(), 'GET', `${V1}/rooms?from=2&limit=2`)).body).not.toHaveProperty('next_batch');
  });

  it('counts members of here and of everywhere', async () => {
    const { body } = await ask(house(), 'GET', `${V1}/rooms?search_term=bath`);
    expect(body['rooms']).toMatchObject([{ joined_members: 3, joined_local_members: 2 }]);
  });
});

describe('one room (§2.2, §2.3, §2.5)', () => {
  it('has null counts when the statistics lost it, and counts the devices of its local members', async () => {
    const hs = new MockHomeserver();
    const user = addUser(hs, 'a');
    addDevice(hs, user);
    addDevice(hs, user);
    const room = addRoom(hs, { members: [user.name], in_stats: false });
    expect((await ask(hs, 'GET', of(room.room_id))).body).toMatchObject({
      joined_members: null,
      joined_local_devices: 2,
      forgotten: false,
    });
    expect((await ask(hs, 'GET', of('not-a-room'))).body['error']).toBe('Room not found');
  });

  it('lists who has joined, and its state by type', async () => {
    const hs = new MockHomeserver();
    const room = addRoom(hs, {
      name: 'R',
      topic: 'T',
      members: { '@a:demo.example': 'join', '@b:demo.example': 'invite' },
    });
    expect((await ask(hs, 'GET', `${of(room.room_id)}/members`)).body).toEqual({
      members: ['@a:demo.example'],
      total: 1,
    });
    const state = (await ask(hs, 'GET', `${of(room.room_id)}/state?type=m.room.member`)).body['state'];
    expect(state).toMatchObject([
      { state_key: '@a:demo.example', content: { membership: 'join' } },
      { state_key: '@b:demo.example', content: { membership: 'invite' } },
    ]);
  });

  it('keeps the first who blocked it, and blocks rooms it does not know', async () => {
    const hs = new MockHomeserver();
    const token = hs.issueToken(addUser(hs, { localpart: 'second', admin: true }).name);
    const path = `${of('!far:elsewhere.example')}/block`;
    await ask(hs, 'PUT', path, { block: true });
    await ask(hs, 'PUT', path, { block: true }, { token });
    expect((await ask(hs, 'GET', path)).body).toEqual({ block: true, user_id: hs.adminId });
    expect((await ask(hs, 'PUT', path, { block: 'yes' })).body['errcode']).toBe('M_BAD_JSON');
    expect((await ask(hs, 'PUT', `${of('nonsense')}/block`, { block: true })).body['errcode']).toBe('M_UNKNOWN');
  });

  it('takes version 12 ids, which have no server part', async () => {
    const hs = new MockHomeserver();
    const room = addRoom(hs, { version: '12', creator: hs.adminId });
    expect(room.room_id).toMatch(/^![A-Za-z0-9_-]{43}$/);
    expect((await ask(hs, 'GET', `${of(room.room_id)}/block`)).body).toEqual({ block: false });
  });
});

describe('deleting a room (§2.6)', () => {
  it('needs a body, even an empty object', async () => {
    const hs = new MockHomeserver();
    const room = addRoom(hs);
    expect((await ask(hs, 'DELETE', of(room.room_id))).body['errcode']).toBe('M_NOT_JSON');
    expect((await ask(hs, 'DELETE', `${V2}/${room.room_id}`)).body['errcode']).toBe('M_NOT_JSON');
    expect(hs.state.rooms.has(room.room_id)).toBe(true);
  });

  it('v1 kicks, drops the aliases, blocks and purges at once; an unknown room is fine too', async () => {
    const hs = new MockHomeserver();
    const room = addRoom(hs, { alias: 'gone', members: [hs.adminId, '@far:elsewhere.example'] });
    expect((await ask(hs, 'DELETE', of(room.room_id), { block: true })).body).toEqual({
      kicked_users: [hs.adminId],
      failed_to_kick_users: [],
      local_aliases: ['#gone:demo.example'],
      new_room_id: null,
    });
    expect([hs.state.rooms.size, hs.state.aliases.size, hs.state.blockedRooms.size]).toEqual([0, 0, 1]);
    expect((await ask(hs, 'DELETE', of('!unknown:demo.example'), {})).status).toBe(200);
  });

  it('v2 is a task: 404 by room while it waits, then active, then complete', async () => {
    const hs = new MockHomeserver();
    hs.taskMs = 10_000;
    const room = addRoom(hs, { members: [hs.adminId] });
    const id = String((await ask(hs, 'DELETE', `${V2}/${room.room_id}`, {})).body['delete_id']);
    const byId = `${V2}/delete_status/${id}`;
    const byRoom = `${V2}/${room.room_id}/delete_status`;
    expect((await ask(hs, 'GET', byRoom)).status).toBe(404);
    expect((await ask(hs, 'GET', byId)).body).toMatchObject({ status: 'scheduled', shutdown_room: null });
    hs.advance(10_000);
    expect((await ask(hs, 'GET', byId)).body['status']).toBe('active');
    expect((await ask(hs, 'DELETE', `${V2}/${room.room_id}`, {})).status).toBe(400);
    hs.advance(10_000);
    expect((await ask(hs, 'GET', byRoom)).body['results']).toMatchObject([
      { delete_id: id, status: 'complete', shutdown_room: { kicked_users: [hs.adminId] } },
    ]);
    expect(hs.state.rooms.size).toBe(0);
  });

  it('runs five tasks at once and no more', async () => {
    const hs = new MockHomeserver();
    hs.taskMs = 10_000;
    for (let i = 0; i < 7; i += 1) await ask(hs, 'DELETE', `${V2}/${addRoom(hs).room_id}`, {});
    hs.advance(10_500);
    const { body } = await ask(hs, 'GET', `${V1}/scheduled_tasks?status=active`);
    expect((body['scheduled_tasks'] as unknown[]).length).toBe(5);
    expect((await ask(hs, 'GET', `${V1}/scheduled_tasks?status=nonsense`)).status).toBe(400);
  });
});

describe('a space (§2.4)', () => {
  it('is walked in pages, each room once, with a token that is bound to the room', async () => {
    const hs = new MockHomeserver();
    const leaf = addRoom(hs, { name: 'Leaf', members: [hs.adminId] });
    const empty = addRoom(hs, { name: 'Nobody' });
    const inner = addRoom(hs, { room_type: 'm.space', members: [hs.adminId], children: [leaf.room_id] });
    const root = addRoom(hs, {
      room_type: 'm.space',
      members: [hs.adminId],
      children: [inner.room_id, leaf.room_id, empty.room_id],
    });
    const path = `${of(root.room_id)}/hierarchy?limit=2`;
    const first = (await ask(hs, 'GET', path)).body;
    expect(first['rooms']).toMatchObject([{ room_id: root.room_id }, { room_id: inner.room_id }]);
    const second = (await ask(hs, 'GET', `${path}&from=${String(first['next_batch'])}`)).body;
    expect(second['rooms']).toMatchObject([{ room_id: leaf.room_id, name: 'Leaf' }]);
    expect(second).not.toHaveProperty('next_batch');
    const other = await ask(hs, 'GET', `${of(inner.room_id)}/hierarchy?from=${String(first['next_batch'])}`);
    expect(other.body['errcode']).toBe('M_INVALID_PARAM');
  });
});

const extremity = (depth: number) => ({ event_id: `$${depth}`, state_group: 1, depth, received_ts: null });

describe('messages and forward extremities', () => {
  it('reads forwards from the beginning, backwards from the end, and tells where it ends', async () => {
    const hs = new MockHomeserver();
    const event = (n: number) => ({
      event_id: `$${n}`,
      type: 'm.room.message',
      sender: hs.adminId,
      origin_server_ts: n,
      content: {},
    });
    const room = addRoom(hs, { events: [event(1), event(2), event(3)] });
    const ids = async (query: string): Promise<unknown[]> => {
      const { body } = await ask(hs, 'GET', `${of(room.room_id)}/messages${query}`);
      return [...(body['chunk'] as { event_id: string }[]).map(({ event_id }) => event_id), body['end']];
    };
    expect(await ids('?limit=2')).toEqual(['$1', '$2', 't2']);
    expect(await ids('?limit=2&from=t2')).toEqual(['$3', 't3']);
    expect(await ids('?limit=2&from=t3')).toEqual([undefined]);
    expect(await ids('?limit=2&dir=b')).toEqual(['$3', '$2', 't1']);
    expect((await ask(hs, 'GET', `${of('!no:demo.example')}/messages`)).body['chunk']).toEqual([]);
  });

  it('deletes all extremities but the newest; with none at all it breaks, as Synapse does', async () => {
    const hs = new MockHomeserver();
    const room = addRoom(hs, { forward_extremities: [extremity(1), extremity(3), extremity(2)] });
    const path = `${of(room.room_id)}/forward_extremities`;
    expect((await ask(hs, 'DELETE', path)).body).toEqual({ deleted: 2 });
    expect((await ask(hs, 'GET', path)).body).toMatchObject({ count: 1, results: [{ event_id: '$3' }] });
    room.forward_extremities = [];
    expect((await ask(hs, 'DELETE', path)).status).toBe(500);
    expect(hs.crashes).toEqual([]);
  });
});
