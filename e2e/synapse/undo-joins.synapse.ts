import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { must, path } from './client.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';
import { atRequest, downloadedReport, savedReport, stopForGood, withStatus } from './report.ts';
import type { RealSynapse } from './server.ts';
import { membersOfAll } from './truth.ts';
import type { World } from './world.ts';
import { seeOver } from '../jobs/job-page.ts';

/** Joins are undone on the real Synapse: afterwards the server says what it said before the joins. */

async function join(page: Page, synapse: RealSynapse, rooms: readonly string[], users: readonly string[]) {
  await signInAsAdmin(page, synapse, paths.joinRooms());
  await page.getByRole('textbox', { name: 'Rooms to join' }).fill(rooms.join('\n'));
  await page.getByRole('textbox', { name: 'Users who join' }).fill(users.join('\n'));
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: /^Run [\d,]+ / }).click();
  return savedReport(page);
}

async function undoPlan(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Undo [\d,]+ changes?…$/ }).click();
  await expect(page.getByRole('table', { name: 'Which joins would be undone' })).toBeVisible();
}

async function confirm(page: Page): Promise<void> {
  const label = page.getByText(/^Type [\d,]+ to confirm$/);
  const count = /[\d,]+/.exec((await label.textContent()) ?? '')?.[0] ?? '';
  await page.getByLabel(`Type ${count} to confirm`).fill(count);
  await page.getByRole('button', { name: /^Undo [\d,]+ joins?$/ }).click();
}

const limitPath = ({ adminId }: RealSynapse) => path`/_synapse/admin/v1/users/${adminId}/override_ratelimit`;
const limitOf = (synapse: RealSynapse) => must(synapse.baseUrl, limitPath(synapse), { token: synapse.adminToken });
/** The filling lifted it. */
const takeLimitAway = (synapse: RealSynapse) =>
  must(synapse.baseUrl, limitPath(synapse), { method: 'DELETE', token: synapse.adminToken });
const setLimit = (synapse: RealSynapse, json: object) =>
  must(synapse.baseUrl, limitPath(synapse), { method: 'POST', token: synapse.adminToken, json });

const crowdIds = (world: World, from: number, to: number) => world.crowd.slice(from, to).map(({ userId }) => userId);

test('promise 12: removes exactly whom the job joined, whatever the kind of room', async ({ page, synapse, world }) => {
  const { rooms, users, adminId } = world;
  const before = await membersOfAll(synapse, world);
  const places = [rooms.lobby, rooms.private, rooms.v12, rooms.restricted, rooms.keeperPublic];
  const who = [users.ada, users.slash, ...world.crowd.slice(10, 14)].map(({ userId }) => userId);
  await join(
    page,
    synapse,
    places.map(({ roomId }) => roomId),
    who,
  );
  expect(await membersOfAll(synapse, world)).not.toEqual(before);
  // One of them leaves by themselves, before the undo.
  const [left = ''] = crowdIds(world, 10, 11);
  const { access_token: token } = await must<{ access_token: string }>(
    synapse.baseUrl,
    path`/_synapse/admin/v1/users/${left}/login`,
    { method: 'POST', token: synapse.adminToken, json: {} },
  );
  const leave = path`/_matrix/client/v3/rooms/${rooms.v12.roomId}/leave`;
  await must(synapse.baseUrl, leave, { method: 'POST', token, json: {} });

  await undoPlan(page);
  await page.getByRole('button', { name: '1 nothing to undo' }).click();
  const table = page.getByRole('table', { name: 'Which joins would be undone' });
  await expect(table.getByRole('row').filter({ hasText: 'no longer in the room' })).toHaveCount(1);
  // The admin is not in that one.
  await page.getByRole('checkbox', { name: `Make me admin of ${rooms.keeperPublic.name} and join it` }).check();
  await confirm(page);
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ done: report.total, failed: 0, unknown: 0, skipped: 0 });
  const after = await membersOfAll(synapse, world);
  const keeper = rooms.keeperPublic.roomId;
  expect(after).toEqual({ ...before, [keeper]: [...(before[keeper] ?? []), adminId].toSorted() });
  const state = await must<{ state: { content: { membership?: string; reason?: string }; state_key: string }[] }>(
    synapse.baseUrl,
    `${path`/_synapse/admin/v1/rooms/${rooms.private.roomId}/state`}?type=m.room.member`,
    { token: synapse.adminToken },
  );
  expect(state.state.find(({ state_key }) => state_key === who.at(-1))?.content).toMatchObject({
    membership: 'leave',
    reason: 'Joined by mistake',
  });
});

test.describe('the admin’s own rate limit', () => {
  test.beforeEach(({ synapse }) => {
    test.skip(!synapse.own, 'It changes the admin of the server.');
  });

  for (const was of [null, { messages_per_second: 2, burst_count: 11 }]) {
    test(`is lifted for the run and put back: ${was ? 'one of their own' : 'none'}`, async ({
      page,
      synapse,
      world,
    }) => {
      await takeLimitAway(synapse);
      if (was) await setLimit(synapse, was);
      const before = await membersOfAll(synapse, world);
      await join(page, synapse, [world.rooms.private.roomId], crowdIds(world, 1, 16));
      let refused = 0;
      page.on('response', (response) => {
        if (response.status() === 429) refused += 1;
      });
      await undoPlan(page);
      await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
      await confirm(page);
      const report = await savedReport(page);
      expect(report.counts).toMatchObject({ done: 17, failed: 0, unknown: 0 });
      // Fifteen where ten are let through: without the limit lifted some would have been told to wait.
      expect(refused).toBe(0);
      expect(await membersOfAll(synapse, world)).toEqual(before);
      expect(await limitOf(synapse)).toEqual(was ?? {});
    });
  }

  test('without lifting it, the eleventh is told to wait, and all are removed in the end', async ({
    page,
    synapse,
    world,
  }) => {
    await takeLimitAway(synapse);
    const before = await membersOfAll(synapse, world);
    await join(page, synapse, [world.rooms.private.roomId], crowdIds(world, 1, 13));
    let refused = 0;
    page.on('response', (response) => {
      if (response.status() === 429) refused += 1;
    });
    await undoPlan(page);
    await confirm(page);
    const report = await savedReport(page);
    expect(report.counts).toMatchObject({ done: 12, failed: 0, unknown: 0 });
    expect(refused).toBeGreaterThan(0);
    expect(await membersOfAll(synapse, world)).toEqual(before);
  });

  test('is put back also when the run is stopped in the middle', async ({ page, synapse, world }) => {
    await takeLimitAway(synapse);
    await join(page, synapse, [world.rooms.private.roomId], crowdIds(world, 1, 16));
    const joined = await membersOfAll(synapse, world);
    await undoPlan(page);
    await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
    const frozen = atRequest(page, { method: 'POST', path: /\/kick$/ }, 5, () => synapse.own?.freeze());
    await confirm(page);
    await frozen;
    await stopForGood(page);
    synapse.own?.thaw();
    await seeOver(page, 60_000);
    await expect(page.getByRole('status').getByText('Restored: no limit of your own.')).toBeVisible({
      timeout: 30_000,
    });
    expect(await limitOf(synapse)).toEqual({});
    const report = await downloadedReport(page);
    expect(report.counts.waiting).toBeGreaterThan(0);
    const gone = new Set(withStatus(report, 'done').flatMap(({ columns }) => columns['User'] ?? []));
    const { roomId } = world.rooms.private;
    const expected = { ...joined, [roomId]: (joined[roomId] ?? []).filter((user) => !gone.has(user)) };
    expect(await membersOfAll(synapse, world)).toEqual(expected);
  });
});
