import { describe, expect, it } from 'vitest';
import { endDevice } from '~/actions/device/end';
import { addDevice, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { planned, verdictFor } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { runToTheEnd } from '~/testing/signed-in';
import { endSessions } from './end-sessions';

/** Which sessions end, and which never do. */

const DAY_MS = 86_400_000;
let model: MockHomeserver;
modelForEach((made) => (model = made));

/** A user with sessions that were used so many days ago; null: nobody knows. */
function anna(used: Readonly<Record<string, number | null>>) {
  const user = addUser(model, 'anna');
  for (const [device_id, days] of Object.entries(used)) {
    addDevice(model, user, { device_id, last_seen_ts: days === null ? null : Date.now() - days * DAY_MS });
  }
  return user;
}

async function left(userId: string, input: { days: number; keep: number }): Promise<unknown> {
  await runToTheEnd(model, await planned(model, endSessions, [userId], input), () => undefined);
  return model.state.users.get(userId)?.devices.map(({ device_id }) => device_id);
}

describe('ends', () => {
  it('all of them', async () => {
    expect(await left(anna({ A: 1, B: 40, C: null }).name, { days: 0, keep: 0 })).toEqual([]);
    expect(model.log.writes()).toMatchObject([{ body: { devices: ['A', 'B', 'C'] } }]);
  });

  it('those that were not used for so many days, never one of which that is not known', async () => {
    expect(await left(anna({ A: 1, B: 40, C: null, D: 31 }).name, { days: 30, keep: 0 })).toEqual(['A', 'C']);
  });

  it('all but the ones that were used last', async () => {
    expect(await left(anna({ A: 9, B: 1, C: null, D: 4 }).name, { days: 0, keep: 2 })).toEqual(['B', 'D']);
    const name = addUser(model, 'bob');
    for (const days of [50, 60, 70]) addDevice(model, name, { last_seen_ts: Date.now() - days * DAY_MS });
    expect(await left(name.name, { days: 30, keep: 1 })).toHaveLength(1);
  });

  it('never a dehydrated one, which holds keys for messages that are still to come', async () => {
    const user = anna({ A: 1 });
    addDevice(model, user, { device_id: 'DRY', last_seen_ts: null, dehydrated: true });
    expect(await left(user.name, { days: 0, keep: 0 })).toEqual(['DRY']);
  });
});

it('leaves alone a user who began another session since the plan, or took up an idle one', async () => {
  for (const change of ['new', 'used'] as const) {
    const user = anna({ A: 90, B: 1 });
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const spec = await planned(model, endSessions, [user.name], { days: 30, keep: 0 });
    if (change === 'new') addDevice(model, user, { device_id: 'NEW' });
    else for (const device of user.devices) device.last_seen_ts = Date.now();
    // oxlint-disable-next-line no-await-in-loop -- as above
    const [row] = await runToTheEnd(model, spec, () => undefined);
    expect(inWords([row?.status, row?.reason])).toEqual(['skipped', expect.stringMatching(/^Changed since the plan/)]);
    expect(model.log.writes()).toEqual([]);
  }
});

describe('the session that Glia uses', () => {
  it('stays where all of one’s own are ended, and the plan says so', async () => {
    const me = model.state.users.get(model.adminId);
    if (me) addDevice(model, me, { device_id: 'PHONE' });
    const found = await verdictFor(model, endSessions, model.adminId, { days: 0, keep: 0 });
    expect(inWords(found)).toMatchObject({ verdict: 'will', reason: 'The session that Glia uses stays.' });
    expect(await left(model.adminId, { days: 0, keep: 0 })).toEqual(['ADMINDEVICE']);
  });

  it('is nothing to do where it is the only one', async () => {
    const found = await verdictFor(model, endSessions, model.adminId, { days: 0, keep: 0 });
    expect(found).toMatchObject({ verdict: 'nothing' });
  });

  it('can’t be ended by itself', async () => {
    const found = await verdictFor(model, endDevice, `${model.adminId} ADMINDEVICE`);
    expect(inWords(found)).toMatchObject({ verdict: 'cannot', reason: expect.stringContaining('Sign out of Glia') });
    // Of someone else’s sessions nothing is asked.
    model.log.clear();
    const { name } = anna({ A: 1 });
    expect(await verdictFor(model, endDevice, `${name} A`)).toMatchObject({ verdict: 'will' });
    expect(model.log.count('GET', /whoami/)).toBe(0);
  });
});
