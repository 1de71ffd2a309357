import { expect, it } from 'vitest';
import { send } from '~/api/ask';
import { verdictOf, type Verdict } from '~/actions/plan';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { groundOf, lookAt } from '~/testing/actions';
import { modelForEach } from '~/testing/model-for-each';
import { inWords } from '~/testing/in-words';
import { runToTheEnd } from '~/testing/signed-in';
import { actionJob } from '~/actions/job';
import { makeRoomAdmin } from './make-admin';

let model: MockHomeserver;
modelForEach((made) => (model = made));

async function verdict(roomId: string, user: string | null): Promise<Verdict> {
  return verdictOf(makeRoomAdmin, roomId, await lookAt(model, makeRoomAdmin, roomId), { user }, model.adminId);
}

async function obstacle(roomId: string, user: string) {
  const found = await verdict(roomId, user);
  if (found.verdict !== 'will') throw new Error('Nothing is planned.');
  const ground = groundOf(model);
  return makeRoomAdmin.obstacle?.(found.item, (one) => send(ground.homeserver(), one), ground.server());
}

it('makes the user an admin who is named, and nobody else', async () => {
  const [owner, anna] = [addUser(model, 'owner').name, addUser(model, 'anna').name];
  const { room_id, power_levels } = addRoom(model, { creator: owner, members: [owner] });
  const found = await verdict(room_id, anna);
  if (found.verdict !== 'will') throw new Error('Nothing is planned.');
  const spec = actionJob(makeRoomAdmin, { items: [found.item], input: { user: anna } }, groundOf(model));
  const [row] = await runToTheEnd(model, spec, () => undefined);
  expect(row?.status).toBe('done');
  expect(model.state.rooms.get(room_id)?.power_levels?.users).toEqual({ ...power_levels?.users, [anna]: 100 });
  expect((await verdict(room_id, anna)).verdict).toBe('nothing');
});

it('says of a creator of a room of version 12 that there is nothing to do', async () => {
  const owner = addUser(model, 'owner').name;
  const { room_id } = addRoom(model, { version: '12', creator: owner, members: [owner] });
  expect(inWords(await obstacle(room_id, owner))).toMatch(/^Nothing to do: .*owner.* created the room/);
});

it('names a user who does not exist, or whose account is deactivated', async () => {
  const owner = addUser(model, 'owner').name;
  const { room_id } = addRoom(model, { creator: owner, members: [owner] });
  expect(inWords(await obstacle(room_id, `@nobody:${model.serverName}`))).toMatch(/^There is no user/);
  const closed = addUser(model, { localpart: 'closed', deactivated: true }).name;
  expect(inWords(await obstacle(room_id, closed))).toMatch(/is deactivated/);
  expect(await obstacle(room_id, '@far:far.example')).toBeNull();
});

it('takes a whole user ID only', () => {
  expect(makeRoomAdmin.form?.read({ user: ' ' })).toEqual({ input: { user: null } });
  expect(makeRoomAdmin.form?.read({ user: 'anna' })).toHaveProperty('problems.user');
  expect(makeRoomAdmin.form?.read({ user: '@anna:a.example' })).toEqual({ input: { user: '@anna:a.example' } });
});
