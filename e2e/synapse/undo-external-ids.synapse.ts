import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { must, path } from './client.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';
import { overWords } from '../jobs/job-page.ts';
import { savedReport, saveJson, withStatus } from './report.ts';
import type { RealSynapse } from './server.ts';
import { externalIdsOfAll } from './truth.ts';

/** Removed external ids are put back, on the real Synapse: afterwards the server says what it said before the removal. */

const PROVIDER = 'oidc-keycloak';

async function remove(page: Page, synapse: RealSynapse, count: number): Promise<void> {
  await signInAsAdmin(page, synapse, paths.externalIds());
  await page.getByRole('button', { name: 'Read their external ids' }).click();
  await page.getByRole('radio', { name: PROVIDER }).check();
  await page.getByRole('button', { name: 'Review' }).click();
  await saveJson(page, () => page.getByRole('button', { name: 'Download a backup of these IDs' }).click());
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  await page.getByRole('button', { name: `Remove the IDs of ${count} users` }).click();
  const report = await savedReport(page);
  expect(report.counts.done).toBe(count);
}

const planRow = (page: Page, text: string) =>
  page.getByRole('table', { name: 'What would happen to each' }).getByRole('row').filter({ hasText: text });

test('promise 12: puts back what was removed, except where somebody changed a user or took an id meanwhile', async ({
  page,
  synapse,
  world,
}) => {
  const { baseUrl, adminToken: token } = synapse;
  const before = await externalIdsOfAll(synapse, world);
  const holders = Object.keys(before).filter((user) => before[user]?.some((line) => line.startsWith(`${PROVIDER} `)));
  await remove(page, synapse, holders.length);
  const put = (userId: string, ids: object[]) =>
    must(baseUrl, path`/_synapse/admin/v2/users/${userId}`, { method: 'PUT', token, json: { external_ids: ids } });
  // Drift: one user has another id by now, the id of another one is a third's.
  const { linus, grace, rtl, gone, erased, locked } = world.users;
  await put(linus.userId, [{ auth_provider: 'oidc-google', external_id: 'drift' }]);
  const stolen = (grace.externalIds ?? []).find(({ auth_provider }) => auth_provider === PROVIDER);
  await put(rtl.userId, [stolen ?? {}]);
  const drifted = await externalIdsOfAll(synapse, world);

  await page.getByRole('link', { name: /^Undo [\d,]+ changes…$/ }).click();
  await expect(planRow(page, linus.userId)).toContainText('Changed since the job');
  await expect(planRow(page, grace.userId)).toContainText(`Held by another account now: ${PROVIDER}`);
  expect(await externalIdsOfAll(synapse, world), 'the plan only reads').toEqual(drifted);
  await page.getByRole('button', { name: /^Undo \d/ }).click();
  const report = await savedReport(page);
  const back = withStatus(report, 'done').map(({ id }) => id);
  const left = [linus.userId, grace.userId, rtl.userId];
  expect(back.toSorted()).toEqual(holders.filter((user) => !left.includes(user)).toSorted());
  // Deactivated, erased and locked ones among them.
  expect(back).toEqual(expect.arrayContaining([gone, erased, locked].map(({ userId }) => userId)));
  expect(report.counts).toMatchObject({ done: report.total, failed: 0, unknown: 0 });
  const after = await externalIdsOfAll(synapse, world);
  expect(after).toEqual({ ...before, ...Object.fromEntries(left.map((user) => [user, drifted[user]])) });
});

test('the server’s 409 is the last word', async ({ page, synapse, world }) => {
  const { baseUrl, adminToken: token } = synapse;
  const before = await externalIdsOfAll(synapse, world);
  const holders = Object.keys(before).filter((user) => before[user]?.some((line) => line.startsWith(`${PROVIDER} `)));
  await remove(page, synapse, holders.length);
  await page.getByRole('link', { name: /^Undo [\d,]+ changes…$/ }).click();
  await expect(planRow(page, world.users.grace.userId)).toBeVisible();
  // After the plan somebody signs in with grace's id, and gets it.
  const { grace, rtl } = world.users;
  const stolen = (grace.externalIds ?? []).find(({ auth_provider }) => auth_provider === PROVIDER);
  const taken = { external_ids: [stolen] };
  await must(baseUrl, path`/_synapse/admin/v2/users/${rtl.userId}`, { method: 'PUT', token, json: taken });
  await page.getByRole('button', { name: /^Undo \d/ }).click();
  const goOn = page.getByRole('button', { name: 'Resume' });
  await expect(goOn.or(overWords(page)).first()).toBeVisible({ timeout: 30_000 });
  if (await goOn.isVisible()) await goOn.click();
  const report = await savedReport(page);
  const failed = withStatus(report, 'failed');
  expect(failed.map(({ id }) => id)).toEqual([grace.userId]);
  expect(failed[0]?.reason).toContain('External id is already in use.');
  const kept = (before[grace.userId] ?? []).filter((line) => !line.startsWith(`${PROVIDER} `));
  expect((await externalIdsOfAll(synapse, world))[grace.userId]).toEqual(kept);
});
