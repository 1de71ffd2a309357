import { expect, it } from 'vitest';
import { send } from '~/api/ask';
import { addDevice, addMedia, addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { groundOf, planned } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { lookAt } from '~/testing/actions';
import { modelForEach } from '~/testing/model-for-each';
import { deactivate } from './deactivate';

/** What a deactivation touches is said in numbers before, by a bounded number of looks. */

let model: MockHomeserver;
modelForEach((made) => (model = made));

async function weighed(userId: string): Promise<unknown> {
  const { homeserver, server } = groundOf(model);
  const spec = await planned(model, deactivate, [userId], { erase: false });
  const seen = await lookAt(model, deactivate, userId);
  const [item] = spec.items;
  model.log.clear();
  const by = { seen, input: { erase: false }, look: (one: never) => send(homeserver(), one), server: server() };
  return inWords(item && (await deactivate.weigh?.(item, by as never)));
}

it('counts rooms, those that are left without an admin, sessions, addresses, files and external IDs', async () => {
  const user = addUser(model, 'anna');
  user.external_ids = [{ auth_provider: 'oidc', external_id: '1' }];
  user.threepids = [{ medium: 'email', address: 'anna@example.org', validated_at: 0, added_at: 0 }];
  addDevice(model, user);
  addMedia(model, { user_id: user.name });
  addMedia(model, { user_id: user.name });
  const other = addUser(model, 'bob').name;
  const members = [user.name, other];
  addRoom(model, { creator: user.name, members });
  addRoom(model, { creator: user.name, members, version: '12' });
  addRoom(model, { creator: user.name, members, power_levels: { users: { [user.name]: 100, [other]: 50 } } });
  addRoom(model, { creator: other, members });
  addRoom(model, { creator: other, members, version: '12' });
  expect(await weighed(user.name)).toEqual([
    'It leaves 5 rooms.',
    'In 2 of them nobody else has the power to change permissions. Make someone else admin there first.',
    '1 session ends.',
    '1 email address or phone number is deleted.',
    'Its 2 files stay: delete or quarantine them separately.',
    'Its 1 external ID stays, so nobody else can sign in with it.',
  ]);
});

it('looks into ten rooms of many, and says so', async () => {
  const { name } = addUser(model, 'anna');
  for (let count = 0; count < 40; count += 1) addRoom(model, { creator: name, members: [name] });
  expect(await weighed(name)).toEqual([
    'It leaves 40 rooms.',
    'Glia checked 10 of them: in 10 nobody else has the power to change permissions. Make someone else admin there first.',
    'It is not signed in anywhere.',
    'It has no files.',
  ]);
  expect(model.log.entries.length).toBeLessThanOrEqual(23);
});
