import { expect, it } from 'vitest';
import { block } from '~/actions/room/block';
import { addRoom } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { planMade, signInTo } from '~/testing/signed-in';
import { planAction, type ActionPlanned } from './action-plans';
import type { RoomTargets } from './list-rooms';

let model: MockHomeserver;
modelForEach((made) => (model = made));

const plan = (rooms: RoomTargets): Promise<ActionPlanned> => {
  const session = signInTo(model);
  return planMade<ActionPlanned>((making) => planAction(block, { rooms }, null, session, making));
};

it('plans a room once that is named by its alias and by its ID, and says which alias names none', async () => {
  const { room_id } = addRoom(model, { alias: 'lobby' });
  const unknown = '!never:seen.example';
  const { items, verdicts } = await plan({ refs: ['#lobby:demo.example', room_id, '#no:demo.example', unknown] });
  // A room that nobody here knows can be blocked, too.
  expect(items.map(({ id }) => id)).toEqual([room_id, unknown]);
  expect(inWords(verdicts[0])).toMatchObject({
    verdict: 'cannot',
    id: '#no:demo.example',
    reason: 'No room has this alias.',
  });
});

it('plans all rooms that match a filter, over all pages of the list', async () => {
  for (let index = 0; index < 1004; index += 1) addRoom(model, { public: index % 501 === 0 });
  const { items } = await plan({ filter: { public_rooms: false }, total: 999 });
  expect(new Set(items.map(({ id }) => id)).size).toBe(1001);
});
