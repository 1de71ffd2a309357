import { expect, it } from 'vitest';
import { planAction } from '~/job-store/action-plans';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import type { AnyAction } from '~/actions/action';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { planMade, signInTo } from '~/testing/signed-in';
import { banMembers, unbanMembers } from './ban';
import { memberId } from './member';
import { removeMembers } from './remove';

/** What a plan of removals and bans knows of the admin’s own place in the room. */

let model: MockHomeserver;
let anna: string;
let ben: string;
modelForEach((made) => {
  model = made;
  [anna, ben] = [addUser(model, 'anna').name, addUser(model, 'ben').name];
});

async function verdicts(action: AnyAction, roomId: string, ...users: string[]) {
  const ids = users.map((userId) => memberId(userId, roomId));
  const session = signInTo(model);
  const input = { reason: '', unlimited: false };
  const plan = await planMade<{ verdicts: readonly object[] }>((making) =>
    planAction(action, { ids }, input, session, making),
  );
  return inWords(plan.verdicts);
}

const item = (userId: string, roomId: string) => expect.objectContaining({ id: memberId(userId, roomId) });

it('removes the admin last, and says so: who has left can’t remove anybody else', async () => {
  const { room_id } = addRoom(model, { creator: model.adminId, members: [model.adminId, anna, ben] });
  expect(await verdicts(removeMembers, room_id, model.adminId, anna, ben)).toEqual([
    expect.objectContaining({ verdict: 'will', item: item(anna, room_id) }),
    expect.objectContaining({ verdict: 'will', item: item(ben, room_id) }),
    expect.objectContaining({
      verdict: 'will',
      item: item(model.adminId, room_id),
      reason: 'This is you: you leave the room, after everyone else who is removed from it.',
    }),
  ]);
});

it('does not ban the admin', async () => {
  const { room_id } = addRoom(model, { creator: model.adminId, members: [model.adminId, anna] });
  expect(await verdicts(banMembers, room_id, model.adminId, anna)).toMatchObject([
    { verdict: 'cannot', reason: 'This is you: you can’t ban yourself.' },
    { verdict: 'will', item: { id: memberId(anna, room_id) } },
  ]);
});

it('names the power that is lacking, as the menu of one member does, and reads the levels of a room once', async () => {
  const { room_id } = addRoom(model, { creator: anna, members: [model.adminId, anna, ben] });
  const lacking = { verdict: 'cannot', reason: 'Your power level is too low: this takes at least 50.' };
  expect(await verdicts(removeMembers, room_id, anna, ben)).toMatchObject([lacking, lacking]);
  expect(await verdicts(banMembers, room_id, anna, ben)).toMatchObject([lacking, lacking]);
  const reads = model.log.entries.filter(({ path, query }) => `${path}?${query}`.includes('m.room.power_levels'));
  expect(reads).toHaveLength(2);
});

it('does not remove or ban who has as much power, and lifts a ban with the power to ban', async () => {
  const room = addRoom(model, { creator: model.adminId, members: [model.adminId, anna, ben] });
  if (room.power_levels) room.power_levels.users = { [model.adminId]: 100, [anna]: 100 };
  const notMore = { verdict: 'cannot', reason: 'Your power level must be higher than theirs.' };
  expect(await verdicts(removeMembers, room.room_id, anna)).toMatchObject([notMore]);
  expect(await verdicts(banMembers, room.room_id, anna)).toMatchObject([notMore]);
  const member = room.members.get(ben);
  if (member) member.membership = 'ban';
  expect(await verdicts(unbanMembers, room.room_id, ben)).toMatchObject([{ verdict: 'will' }]);
});
