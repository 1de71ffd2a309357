import type { Page, Request } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import type { ExternalId } from './alike.ts';
import { appUrl, expect, signInAsAdmin, test } from './fixtures.ts';
import type { Report } from './report.ts';
import {
  atRequest,
  crashAndGoOn,
  saveJson,
  savedReport,
  signInAgainAndGoOn,
  stopForGood,
  verifyToTheEnd,
  withStatus,
  changedIn,
} from './report.ts';
import type { RealSynapse } from './server.ts';
import { externalIdsOfAll, freshToken, idLines, logout } from './truth.ts';

/** Remove external ids, on the real Synapse: what the report says is what the server says. */

const PROVIDER = 'oidc-keycloak';
const PUT_USER = { method: 'PUT', path: /\/_synapse\/admin\/v2\/users\// } as const;

type Ids = Record<string, string[]>;

interface Backup {
  users: { user_id: string; external_ids: ExternalId[]; removes: ExternalId[] }[];
}

const holders = (ids: Ids): string[] => Object.keys(ids).filter((user) => ids[user]?.some(isRemoved));
const isRemoved = (line: string): boolean => line.startsWith(`${PROVIDER} `);

/** The ids as they were, without those that the report calls removed. */
function withDone(before: Ids, report: Report): Ids {
  const gone = new Set(changedIn(report).map(({ id }) => id));
  return Object.fromEntries(
    Object.entries(before).map(([user, ids]) => [user, gone.has(user) ? ids.filter((line) => !isRemoved(line)) : ids]),
  );
}

/** Every PUT of a user, as it is sent. */
function puts(page: Page): { user: string; body: unknown }[] {
  const seen: { user: string; body: unknown }[] = [];
  page.on('request', (request: Request) => {
    if (request.method() !== 'PUT') return;
    const user = decodeURIComponent(new URL(request.url()).pathname.split('/').at(-1) ?? '');
    seen.push({ user, body: request.postDataJSON() });
  });
  return seen;
}

async function readEveryone(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Read their external ids' }).click();
  await expect(page.getByRole('table', { name: 'Providers' })).toBeVisible();
}

async function plan(page: Page, synapse: RealSynapse): Promise<void> {
  await signInAsAdmin(page, synapse, paths.externalIds());
  await readEveryone(page);
  await page.getByRole('radio', { name: PROVIDER }).check();
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByRole('table', { name: 'What would happen to each user' })).toBeVisible();
}

/** Saves the backup, types the number, runs. @returns the backup */
async function confirm(page: Page, count: number): Promise<Backup> {
  const backup = await saveJson<Backup>(page, () =>
    page.getByRole('button', { name: 'Download a backup of these IDs' }).click(),
  );
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  await page.getByRole('button', { name: `Remove the IDs of ${count} users` }).click();
  return backup;
}

test('removes the ids of one provider from everyone who has one, and touches nobody else', async ({
  page,
  synapse,
  world,
}) => {
  const before = await externalIdsOfAll(synapse, world);
  const who = holders(before);
  const sent = puts(page);
  await plan(page, synapse);
  // Deactivated, erased and locked ones among them, and one with two ids of the provider.
  const { gone, erased, locked, linus } = world.users;
  expect(who).toEqual(expect.arrayContaining([gone, erased, locked, linus].map(({ userId }) => userId)));
  expect(before[linus.userId]?.filter(isRemoved)).toHaveLength(2);
  await expect(page.getByRole('button', { name: `${who.length} will change` })).toBeVisible();
  const run = page.getByRole('button', { name: `Remove the IDs of ${who.length} users` });
  await page.getByLabel(`Type ${who.length} to confirm`).fill(String(who.length));
  await expect(run).toBeDisabled();
  const backup = await confirm(page, who.length);
  expect(Object.fromEntries(backup.users.map((user) => [user.user_id, idLines(user.external_ids)]))).toEqual(
    Object.fromEntries(who.map((user) => [user, before[user]])),
  );
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ done: who.length, failed: 0, unknown: 0, skipped: 0, waiting: 0 });
  expect(withStatus(report, 'done').map(({ id }) => id)).toEqual(who.toSorted());
  for (const { id, before: had } of report.items) {
    const { external_ids } = (had as { before: { external_ids: ExternalId[] } }).before;
    expect(idLines(external_ids)).toEqual(before[id]);
  }
  const after = await externalIdsOfAll(synapse, world);
  expect(after).toEqual(withDone(before, report));
  expect(holders(after)).toEqual([]);

  // One PUT for each, with what is left and nothing else.
  expect(sent.map(({ user }) => user).toSorted()).toEqual(who.toSorted());
  for (const { user, body } of sent) {
    expect(Object.keys(body as object)).toEqual(['external_ids']);
    expect(idLines((body as { external_ids: ExternalId[] }).external_ids)).toEqual(after[user]);
  }

  // Read again, nobody has one.
  await page.goto(appUrl(paths.externalIds()));
  await readEveryone(page);
  await expect(page.getByRole('radio', { name: PROVIDER })).toHaveCount(0);
  await expect(page.getByRole('radio', { name: 'oidc-google' })).toHaveCount(1);
  await expect(page.getByText(`Sign-in also offers ${PROVIDER}`)).toBeVisible();
});

test('stopped in the middle, the report agrees with the server', async ({ page, synapse, world }) => {
  test.skip(!synapse.own, 'It freezes the server.');
  const before = await externalIdsOfAll(synapse, world);
  await plan(page, synapse);
  const frozen = atRequest(page, PUT_USER, 4, () => synapse.own?.freeze());
  await confirm(page, holders(before).length);
  await frozen;
  await stopForGood(page);
  synapse.own?.thaw();
  const report = await savedReport(page);
  expect(report.counts.done).toBeGreaterThanOrEqual(3);
  expect(report.counts.waiting).toBeGreaterThan(0);
  expect(report.counts).toMatchObject({ failed: 0, unknown: 0, running: 0, skipped: 0 });
  expect(await externalIdsOfAll(synapse, world)).toEqual(withDone(before, report));
});

test('a token that is revoked in the middle is asked for, and the job goes on to the end', async ({
  page,
  synapse,
  world,
}) => {
  const before = await externalIdsOfAll(synapse, world);
  await plan(page, synapse);
  const revoked = atRequest(page, PUT_USER, 4, async () => {
    await logout(synapse.baseUrl, synapse.adminToken);
  });
  await confirm(page, holders(before).length);
  await revoked;
  const adminToken = await freshToken(synapse);
  await signInAgainAndGoOn(page, adminToken);
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ done: report.total, failed: 0, unknown: 0, skipped: 0 });
  const after = await externalIdsOfAll({ ...synapse, adminToken }, world);
  expect(after).toEqual(withDone(before, report));
  expect(holders(after)).toEqual([]);
});

test('the page goes away in the middle and comes back: nothing is lost, and the ledger equals the server', async ({
  page,
  synapse,
  world,
}) => {
  test.skip(!synapse.own, 'It freezes the server.');
  const before = await externalIdsOfAll(synapse, world);
  await plan(page, synapse);
  const frozen = atRequest(page, PUT_USER, 4, () => synapse.own?.freeze());
  await confirm(page, holders(before).length);
  await frozen;
  await crashAndGoOn(page, () => synapse.own?.thaw());
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ failed: 0, unknown: 0, waiting: 0 });
  expect(report.counts.done + report.counts.skipped).toBe(report.total);
  const after = await externalIdsOfAll(synapse, world);
  expect(holders(after)).toEqual([]);
});

test('Synapse killed in the middle: verified, the ledger equals the server', async ({ page, synapse, world }) => {
  const { own } = synapse;
  test.skip(!own, 'It kills the server.');
  const before = await externalIdsOfAll(synapse, world);
  await plan(page, synapse);
  const killed = atRequest(page, PUT_USER, 4, () => own?.kill());
  await confirm(page, holders(before).length);
  await killed;
  await expect(page.locator('dt:has-text("unknown") + dd').first()).not.toHaveText('0', { timeout: 60_000 });
  await own?.start();
  await verifyToTheEnd(page);
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ failed: 0, unknown: 0, waiting: 0 });
  expect(changedIn(report)).toHaveLength(report.total);
  expect(await externalIdsOfAll(synapse, world)).toEqual(withDone(before, report));
});
