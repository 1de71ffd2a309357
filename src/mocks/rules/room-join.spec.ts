import { describe, expect, it } from 'vitest';
import { ask } from '../ask';
import { addRoom, addUser } from '../build';
import { MockHomeserver } from '../homeserver';
import type { Room, User } from '../state';

const V1 = '/_synapse/admin/v1';

interface Scene {
  hs: MockHomeserver;
  admin: User;
  target: User;
  room: Room;
  join: (body?: unknown, identifier?: string) => Promise<[number, unknown, unknown]>;
}

function scene(join_rules: string | null): Scene {
  const hs = new MockHomeserver();
  const target = addUser(hs, 'target');
  const admin = hs.state.users.get(hs.adminId) ?? target;
  const room = addRoom(hs, { join_rules, creator: hs.adminId, members: [hs.adminId], alias: 'room' });
  const join: Scene['join'] = async (body = { user_id: target.name }, identifier = room.room_id) => {
    const said = await ask(hs, 'POST', `${V1}/join/${encodeURIComponent(identifier)}`, body);
    return [said.status, said.body['errcode'] ?? said.body['room_id'], said.body['error']];
  };
  return { hs, admin, target, room, join };
}

const membership = ({ room, target }: Scene): unknown => room.members.get(target.name)?.membership;

describe('joining a user (§2.8)', () => {
  it.each(['public', 'invite', 'knock', 'restricted', 'knock_restricted'])(
    'joins a %s room, by id and alias',
    async (rule) => {
      for (const identifier of ['#room:demo.example', undefined]) {
        const s = scene(rule);
        expect(await s.join(undefined, identifier)).toEqual([200, s.room.room_id, undefined]);
        expect(membership(s)).toBe('join');
      }
    },
  );

  it.each([
    ['a form', 'user_id=%40target%3Ademo.example', undefined, [400, 'M_NOT_JSON']],
    ['no user', {}, undefined, [400, 'M_MISSING_PARAM']],
    ['no Matrix id', { user_id: 'target' }, undefined, [400, 'M_INVALID_PARAM']],
    ['a remote user', { user_id: '@a:elsewhere.example' }, undefined, [400, 'M_UNKNOWN']],
    ['an unknown user', { user_id: '@nobody:demo.example' }, undefined, [404, 'M_NOT_FOUND']],
    ['neither id nor alias', undefined, 'room', [400, 'M_UNKNOWN']],
    ['nothing, as # leaves behind', undefined, '', [400, 'M_UNKNOWN']],
    ['an unknown alias', undefined, '#no:demo.example', [404, 'M_NOT_FOUND']],
    ['an alias of elsewhere', undefined, '#no:elsewhere.example', [502, 'M_UNKNOWN']],
    ['a room this server is not in', undefined, '!no:elsewhere.example', [404, 'M_UNKNOWN']],
  ])('refuses %s', async (_, body, identifier, expected) => {
    const s = scene('public');
    expect((await s.join(body, identifier)).slice(0, 2)).toEqual(expected);
    expect(membership(s)).toBeUndefined();
  });

  it('refuses whoever is already in a room that is not public, and only there', async () => {
    const s = scene('invite');
    await s.join();
    expect(await s.join()).toEqual([403, 'M_FORBIDDEN', '@target:demo.example is already in the room.']);
    const open = scene('public');
    await open.join();
    expect((await open.join())[0]).toBe(200);
  });

  it('overwrites a per-room name when a member of a public room is joined again', async () => {
    const s = scene('public');
    s.room.members.set(s.target.name, { membership: 'join', since: 5, displayname: 'Nick' });
    await s.join();
    expect(s.room.members.get(s.target.name)).toEqual({ membership: 'join', since: 5, event: expect.anything() });
    expect(s.room.events).toMatchObject([{ unsigned: { prev_content: { membership: 'join', displayname: 'Nick' } } }]);
  });

  it('needs the admin in the room, with power to invite', async () => {
    const s = scene('invite');
    s.room.members.delete(s.admin.name);
    expect((await s.join())[2]).toBe(`@admin:demo.example not in room ${s.room.room_id}.`);
    const weak = scene('invite');
    weak.room.power_levels = { users: {}, users_default: 0, invite: 50, kick: 50, state_default: 50, events: {} };
    expect((await weak.join())[2]).toBe("You don't have permission to invite users");
  });

  it('refuses banned users and blocked rooms', async () => {
    const s = scene('public');
    s.room.members.set(s.target.name, { membership: 'ban', since: 0 });
    expect((await s.join()).slice(0, 2)).toEqual([403, 'M_BAD_STATE']);
    const blocked = scene('public');
    blocked.hs.state.blockedRooms.set(blocked.room.room_id, blocked.admin.name);
    expect((await blocked.join()).slice(0, 2)).toEqual([403, 'M_UNKNOWN']);
  });

  it('leaves an invite behind when a suspended user is to join a private room', async () => {
    const s = scene('invite');
    s.target.suspended = true;
    expect((await s.join()).slice(0, 2)).toEqual([403, 'M_USER_SUSPENDED']);
    expect(membership(s)).toBe('invite');
  });

  it('joins deactivated and locked users without complaint', async () => {
    const s = scene('invite');
    s.target.deactivated = true;
    s.target.locked = true;
    expect((await s.join())[0]).toBe(200);
  });

  it('fails in a room without a join rule, since nobody is invited there', async () => {
    expect((await scene(null).join()).slice(1)).toEqual(['M_FORBIDDEN', 'You are not invited to this room.']);
  });

  it('breaks when the admin is shadow-banned, in private rooms only', async () => {
    const s = scene('invite');
    s.admin.shadow_banned = true;
    expect((await s.join())[0]).toBe(500);
    const open = scene('public');
    open.admin.shadow_banned = true;
    expect((await open.join())[0]).toBe(200);
  });

  it('is not rate-limited', async () => {
    const { hs, room } = scene('public');
    const statuses = new Set<number>();
    for (let i = 0; i < 50; i += 1) {
      const user_id = addUser(hs, `crowd${i}`).name;
      statuses.add((await ask(hs, 'POST', `${V1}/join/${room.room_id}`, { user_id })).status);
    }
    expect([...statuses]).toEqual([200]);
  });
});

const make = (hs: MockHomeserver, room: Room, body?: unknown) =>
  ask(hs, 'POST', `${V1}/rooms/${encodeURIComponent(room.room_id)}/make_room_admin`, body);

describe('making somebody an admin of a room (§2.9)', () => {
  it("gives the caller the local admin's power and an invite, after which joining works", async () => {
    const hs = new MockHomeserver();
    const owner = addUser(hs, 'owner').name;
    const room = addRoom(hs, { creator: owner, members: [owner], join_rules: 'invite' });
    expect((await make(hs, room)).status).toBe(200);
    expect(room.power_levels?.users[hs.adminId]).toBe(100);
    expect(room.members.get(hs.adminId)?.membership).toBe('invite');
    const user_id = addUser(hs, 'third').name;
    expect((await ask(hs, 'POST', `${V1}/join/${room.room_id}`, { user_id })).status).toBe(403);
    expect((await ask(hs, 'POST', `/_matrix/client/v3/join/${room.room_id}`, {})).body).toEqual({
      room_id: room.room_id,
    });
    expect((await ask(hs, 'POST', `${V1}/join/${room.room_id}`, { user_id })).status).toBe(200);
  });

  it('gives 100 in version 12 rooms, where the creator counts highest', async () => {
    const hs = new MockHomeserver();
    const owner = addUser(hs, 'owner').name;
    const room = addRoom(hs, { version: '12', creator: owner, members: [owner] });
    expect((await make(hs, room)).status).toBe(200);
    expect(room.power_levels?.users).toEqual({ [hs.adminId]: 100 });
    expect((await make(hs, room, { user_id: owner })).status).toBe(400);
  });

  it('fails without a local admin in the room', async () => {
    const hs = new MockHomeserver();
    const guest = addUser(hs, 'guest').name;
    const room = addRoom(hs, { creator: '@far:elsewhere.example', members: ['@far:elsewhere.example', guest] });
    expect((await make(hs, room)).body['error']).toBe('No local admin user in room');
  });
});

describe('joining by oneself', () => {
  it('needs an invite, a public room, or membership of a room that a restricted room names', async () => {
    const hs = new MockHomeserver();
    const owner = addUser(hs, 'owner').name;
    const join = async (room: Room): Promise<number> =>
      (await ask(hs, 'POST', `/_matrix/client/v3/join/${encodeURIComponent(room.room_id)}`)).status;
    expect(await join(addRoom(hs, { join_rules: 'invite', members: [owner] }))).toBe(403);
    expect(await join(addRoom(hs, { join_rules: 'public', members: [owner] }))).toBe(200);
    const home = addRoom(hs, { members: [hs.adminId] });
    const restricted = { join_rules: 'restricted', allow: [home.room_id], members: [owner] };
    expect(await join(addRoom(hs, restricted))).toBe(200);
    home.members.clear();
    expect(await join(addRoom(hs, restricted))).toBe(403);
  });
});
