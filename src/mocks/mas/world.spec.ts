import { beforeAll, describe, expect, it } from 'vitest';
import { MockHomeserver } from '../homeserver';
import { fillDemoWorld } from '../world';
import { MockMas } from './mas';
import { fillMasWorld } from './world';

async function made(now?: number): Promise<MockMas> {
  const hs = new MockHomeserver({ mas: true, ...(now !== undefined && { now }) });
  await fillDemoWorld(hs, 'small');
  const mas = new MockMas(hs);
  await fillMasWorld(mas);
  return mas;
}

let mas: MockMas;
beforeAll(async () => {
  mas = await made();
});

describe('the demo world behind MAS', () => {
  it('has accounts on both sides, and some on one side alone', () => {
    const { homeserver, state } = mas;
    const names = new Set([...homeserver.state.users.keys()].map((name) => name.slice(1, name.indexOf(':'))));
    const onlyInMas = [...state.idsByName.keys()].filter((name) => !names.has(name));
    expect(onlyInMas.toSorted()).toEqual(['gone.from.synapse', 'never.on.synapse', 'not.provisioned']);
    const onlyOnSynapse = [...homeserver.state.users.values()].filter(
      ({ name }) => !state.idsByName.has(name.slice(1, name.indexOf(':'))),
    );
    expect(onlyOnSynapse.some(({ appservice_id: bridge }) => bridge !== null)).toBe(true);
    expect(onlyOnSynapse.some(({ name }) => name.startsWith('@made.by.put:'))).toBe(true);
  });

  it('has something of each kind', () => {
    const { state } = mas;
    const { jobs, config, users, idsByName, refreshTokens, ...rest } = state;
    expect([jobs.length, users.size - idsByName.size, refreshTokens.size]).toEqual([0, 0, 0]);
    for (const [name, { size }] of Object.entries(rest as unknown as Record<string, Map<string, unknown>>)) {
      expect([name, size > 0]).toEqual([name, true]);
    }
    expect(config.password_login_enabled).toBe(true);
  });

  it('keeps the devices of Synapse as they are: a sync changes nothing', () => {
    const { homeserver, state } = mas;
    const devices = () =>
      [...homeserver.state.users.values()].map((user) => [user.name, user.devices.map((one) => one.device_id)]);
    const before = devices();
    for (const { id, deactivated_at: gone } of state.users.values()) if (gone === null) mas.enqueue('sync-devices', id);
    mas.crank();
    expect(devices()).toEqual(before);
  });

  it('is the same after a reload: ids and the token of its admin', async () => {
    const [one, again] = await Promise.all([made(Date.UTC(2026, 10, 25)), made(Date.UTC(2026, 10, 25) + 61_234)]);
    expect(again.homeserver.adminToken).toBe(one.homeserver.adminToken);
    expect([...again.state.users.keys()]).toEqual([...one.state.users.keys()]);
    expect([...again.state.idsByName]).toEqual([...one.state.idsByName]);
  });
});
