import { beforeEach, describe, expect, it } from 'vitest';
import { ask } from '~/mocks/ask';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import type { Room } from '~/mocks/state';

let hs: MockHomeserver;
let room: Room;
const anna = '@anna:demo.example';

beforeEach(() => {
  hs = new MockHomeserver();
  addUser(hs, 'anna');
  addUser(hs, 'ben');
  room = addRoom(hs, { creator: hs.adminId, members: [hs.adminId, anna] });
});

const kick = (body: unknown, roomId = room.room_id) =>
  ask(hs, 'POST', `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/kick`, body);
const refusal = async (body: unknown, roomId?: string) => {
  const { status, body: said } = await kick(body, roomId);
  return [status, (said as { errcode: string }).errcode, (said as { error: string }).error];
};

describe('kick', () => {
  it('takes a member out of the room, with the reason', async () => {
    expect(await kick({ user_id: anna, reason: 'Joined by mistake' })).toMatchObject({ status: 200, body: {} });
    expect(room.members.get(anna)).toMatchObject({ membership: 'leave', reason: 'Joined by mistake' });
  });

  it('says 403 for who is not in, whatever the power; 403 M_BAD_STATE for who was banned', async () => {
    room.power_levels = { users: {}, users_default: 0, invite: 0, kick: 50, state_default: 50, events: {} };
    const notIn = [403, 'M_FORBIDDEN', 'The target user is not in the room'];
    expect(await refusal({ user_id: '@ben:demo.example' })).toEqual(notIn);
    room.members.set(anna, { membership: 'leave', since: 0 });
    expect(await refusal({ user_id: anna })).toEqual(notIn);
    room.members.set(anna, { membership: 'ban', since: 0 });
    expect((await refusal({ user_id: anna })).slice(0, 2)).toEqual([403, 'M_BAD_STATE']);
  });

  it('takes membership, the level of kick, and more power than the target has', async () => {
    const cannot = [403, 'M_FORBIDDEN', `You cannot kick user ${anna}.`];
    room.power_levels = { users: {}, users_default: 0, invite: 0, kick: 50, state_default: 50, events: {} };
    expect(await refusal({ user_id: anna })).toEqual(cannot);
    room.power_levels.users = { [hs.adminId]: 50, [anna]: 50 };
    expect(await refusal({ user_id: anna })).toEqual(cannot);
    room.members.delete(hs.adminId);
    room.members.set('@ben:demo.example', { membership: 'join', since: 0 });
    expect(await refusal({ user_id: anna })).toEqual([
      403,
      'M_FORBIDDEN',
      `${hs.adminId} not in room ${room.room_id}.`,
    ]);
  });

  it('lets anybody kick themselves', async () => {
    room.power_levels = { users: {}, users_default: 0, invite: 0, kick: 50, state_default: 50, events: {} };
    expect((await kick({ user_id: hs.adminId })).status).toBe(200);
  });

  it('knows no room that this server is not in', async () => {
    expect(await refusal({ user_id: anna }, '!far:far.example')).toEqual([404, 'M_UNKNOWN', 'Not a known room']);
    expect((await refusal({})).slice(0, 2)).toEqual([400, 'M_MISSING_PARAM']);
  });

  it('counts as a message of the admin: ten, then 429, unless the limit is lifted', async () => {
    const crowd = Array.from({ length: 12 }, (_, index) => addUser(hs, `u${index}`).name);
    for (const name of crowd) room.members.set(name, { membership: 'join', since: 0 });
    const statuses = [];
    for (const user_id of crowd) statuses.push((await kick({ user_id })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
    await ask(hs, 'POST', `/_synapse/admin/v1/users/${hs.adminId}/override_ratelimit`, {
      messages_per_second: 0,
      burst_count: 0,
    });
    expect((await kick({ user_id: crowd[11] })).status).toBe(200);
  });
});
