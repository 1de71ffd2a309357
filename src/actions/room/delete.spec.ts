import { expect, it } from 'vitest';
import { actionJob } from '~/actions/job';
import type { AnyAction } from '~/actions/action';
import { send } from '~/api/ask';
import { whenOver } from '~/jobs/phase';
import { createJob } from '~/jobs/runner';
import type { Json } from '~/jobs/job';
import { addMedia, addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { groundOf, planned } from '~/testing/actions';
import { Hurry } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { runToTheEnd, signInTo } from '~/testing/signed-in';
import { deleteRoom } from './delete';
import { emptyRoom } from './empty';

let model: MockHomeserver;
modelForEach((made) => {
  model = made;
  model.taskMs = 0;
});

const INPUT = { block: false, replacement: null, force: false };

function roomOfTwo(over: Parameters<typeof addRoom>[1] = {}): string {
  const [anna, ben] = [addUser(model, 'anna').name, addUser(model, 'ben').name];
  return addRoom(model, { creator: anna, members: [anna, ben, '@far:far.example'], ...over }).room_id;
}

async function run(action: AnyAction, roomId: string, input: Json) {
  const [row] = await runToTheEnd(model, await planned(model, action, [roomId], input), () => undefined);
  if (!row) throw new Error('The job has no row.');
  return inWords(row);
}

it('deletes the room, and says how many members were removed', async () => {
  const roomId = roomOfTwo();
  expect(await run(deleteRoom, roomId, INPUT)).toMatchObject({
    status: 'done',
    reason: '2 members removed: @anna:demo.example, @ben:demo.example. Now deleted.',
  });
  expect(model.state.rooms.has(roomId)).toBe(false);
  expect(model.state.blockedRooms.has(roomId)).toBe(false);
});

it('blocks it, and moves its members, where that is chosen', async () => {
  const roomId = roomOfTwo();
  const replacement = { user: model.adminId, name: 'Closed', message: 'Moved' };
  const { reason } = await run(deleteRoom, roomId, { ...INPUT, block: true, replacement });
  const next = [...model.state.rooms.values()].find(({ name }) => name === 'Closed');
  expect(reason).toContain(`The new room is ${next?.room_id}.`);
  expect(model.state.blockedRooms.has(roomId)).toBe(true);
});

it('removes the members and keeps the room, where only that is chosen', async () => {
  const roomId = roomOfTwo();
  expect(await run(emptyRoom, roomId, { block: false, replacement: null })).toMatchObject({ status: 'done' });
  const members = model.state.rooms.get(roomId)?.members;
  expect([...(members ?? [])].filter(([, { membership }]) => membership === 'join').map(([name]) => name)).toEqual([
    '@far:far.example',
  ]);
});

it('explains the known failure of Synapse, and a retry deletes the room, though its members are out already', async () => {
  const roomId = roomOfTwo({ purge_failures: 1 });
  const spec = actionJob(
    deleteRoom,
    { items: (await planned(model, deleteRoom, [roomId], INPUT)).items, input: INPUT },
    groundOf(model),
  );
  signInTo(model);
  const job = createJob(spec, new Hurry());
  job.start();
  await whenOver(job);
  const failed = inWords(job.row(0));
  expect(failed.status).toBe('failed');
  expect(failed.reason).toMatch(
    /^2 members removed: [^.]*demo\.example, [^ ]*\. A known bug of Synapse.*Retry.*violates foreign key constraint/,
  );
  job.retryFailed();
  await whenOver(job);
  expect(job.row(0).status).toBe('done');
  expect(model.state.rooms.has(roomId)).toBe(false);
});

it('says before, in numbers, what the room has and what stays', async () => {
  const roomId = roomOfTwo({ alias: 'lobby', aliases: ['all'] });
  const [item] = (await planned(model, deleteRoom, [roomId], INPUT)).items;
  const file = addMedia(model);
  const named = {
    type: 'm.room.message',
    sender: '@anna:demo.example',
    origin_server_ts: 1,
    content: { msgtype: 'm.file', body: 'a', url: `mxc://${model.serverName}/${file.media_id}` },
  };
  // In two messages it is one file.
  model.state.rooms.get(roomId)?.events.push({ ...named, event_id: '$one' }, { ...named, event_id: '$two' });
  const ground = groundOf(model);
  const look = <Answer>(one: Parameters<typeof send<Answer>>[1]) => send(ground.homeserver(), one);
  const seen = await look(deleteRoom.look(roomId, ground.server()));
  if (!item) throw new Error('Nothing is planned.');
  const found = await deleteRoom.weigh?.(item, { seen, input: INPUT, look, server: ground.server() });
  expect(inWords(found)).toEqual([
    '2 local members, 1 on other homeservers.',
    'Its 2 aliases on this homeserver are deleted: #lobby:demo.example, #all:demo.example',
    '1 file from its unencrypted messages stays stored.',
  ]);
});

it('takes a whole user ID for the new room, and nothing of it where nobody is moved', () => {
  const { read } = deleteRoom.form ?? {};
  expect(read?.({ after: 'move', user: 'anna' })).toHaveProperty('problems.user');
  expect(read?.({ after: 'leave', user: 'anna', name: 'x' })).toEqual({ input: INPUT });
});
