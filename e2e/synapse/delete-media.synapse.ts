import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { remoteMedia } from './alike.ts';
import { must, path } from './client.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';
import type { Report } from './report.ts';
import {
  atRequest,
  crashAndGoOn,
  savedReport,
  signInAgainAndGoOn,
  stopForGood,
  verifyToTheEnd,
  withStatus,
  changedIn,
} from './report.ts';
import type { RealSynapse } from './server.ts';
import { freshToken, localMedia, logout, onDisk, remoteMediaIds } from './truth.ts';
import { DAY_MS, mediaOf } from './world.ts';
import type { World, WorldMedia } from './world.ts';

/** Delete media by date, on the real Synapse: what the report says is what the server says. */

const DELETE = { method: 'DELETE', path: /\/_synapse\/admin\/v1\/media\// } as const;

/** A day about so long ago with no file's date within a day of it: time zones then change nothing. */
function quietDay({ now, media }: World, daysAgo: number): { date: string; beforeTs: number } {
  const ages = media.flatMap((item) => [item.createdDaysAgo, item.openedDaysAgo ?? item.createdDaysAgo]);
  let days = daysAgo;
  while (ages.some((age) => Math.abs(age - days) < 2)) days += 1;
  const beforeTs = now - days * DAY_MS;
  // As the browser, which is in Berlin here, names that day.
  return { date: new Date(beforeTs).toLocaleDateString('en-CA', { timeZone: 'Europe/Berlin' }), beforeTs };
}

const notOpenedSince = ({ media }: World, beforeTs: number): WorldMedia[] =>
  media.filter((item) => (item.lastAccessTs ?? item.createdTs) < beforeTs);
const isKept = (item: WorldMedia): boolean => item.avatarOf !== undefined || item.state !== undefined;
const ids = (media: readonly WorldMedia[]): string[] => media.map(({ mediaId }) => mediaId).toSorted();

type Media = Record<string, number | null>;

/** The files as they were, with the times of their last access, without those that are gone. */
const without = (before: Media, gone: Iterable<string>): Media => {
  const left = new Map(Object.entries(before));
  for (const id of gone) left.delete(id);
  return Object.fromEntries(left);
};

/** Items are named `mxc://server/id`. */
const mediaId = (mxc: string): string => mxc.split('/').at(-1) ?? '';
const deletedBy = (report: Report): string[] => changedIn(report).map(({ id }) => mediaId(id));

/** Requests that would count as opening a file. */
function openings(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (/\/media\/.*(download|thumbnail)/.test(request.url())) seen.push(request.url());
  });
  return seen;
}

async function open(page: Page, synapse: RealSynapse, date: string, choose?: () => Promise<void>): Promise<void> {
  await signInAsAdmin(page, synapse, paths.deleteMedia());
  await choose?.();
  await page.getByLabel('Date', { exact: true }).fill(date);
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByRole('heading', { name: /Review$/ })).toBeVisible();
  await expect(
    page.getByRole('table', { name: /^(What would happen to each file|Requests to delete cached files)$/ }),
  ).toBeVisible();
}

async function confirm(page: Page, count: number, button = `Delete ${count} files`): Promise<void> {
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  await page.getByRole('button', { name: button }).click();
}

test('deletes exactly the planned files; pictures, protected and quarantined ones stay, and nothing is opened', async ({
  page,
  synapse,
  world,
}) => {
  test.skip(!world.aged, 'The media of a server elsewhere are all new.');
  const { date, beforeTs } = quietDay(world, 200);
  const fitting = notOpenedSince(world, beforeTs);
  const goes = fitting.filter((item) => !isKept(item));
  const kept = fitting.filter(isKept);
  expect(kept.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['ada-avatar', 'lobby-avatar', 'protected-old', 'quarantined-old']),
  );
  const before = await localMedia(synapse);
  const opened = openings(page);
  await open(page, synapse, date);
  const table = page.getByRole('table', { name: 'What would happen to each file' });
  await expect(page.getByRole('button', { name: `${goes.length} will be deleted` })).toBeVisible();
  await expect(page.getByRole('button', { name: `${kept.length} kept` })).toBeVisible();
  for (const [key, reason] of [
    ['lobby-avatar', 'avatar of a user or room'],
    ['ada-avatar', 'avatar of a user or room'],
    ['protected-old', 'protected'],
    ['quarantined-old', 'quarantined'],
    ['old-but-opened', 'opened or uploaded on or after the date'],
  ] as const) {
    await page.getByLabel('Search the plan').fill(mediaOf(world, key).mediaId);
    await expect(table.getByRole('row').filter({ hasText: mediaOf(world, key).mediaId })).toContainText(reason);
  }
  expect(await localMedia(synapse), 'the plan opens nothing and deletes nothing').toEqual(before);

  await confirm(page, goes.length);
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ done: goes.length, failed: 0, unknown: 0, skipped: 0, waiting: 0 });
  expect(deletedBy(report).toSorted()).toEqual(ids(goes));
  expect(await localMedia(synapse), 'all others, with their times').toEqual(without(before, ids(goes)));
  if (synapse.own) {
    for (const item of world.media) expect(onDisk(synapse, item.mediaId), item.key).toBe(!goes.includes(item));
  }
  expect(opened).toEqual([]);
});

test('takes what one user uploaded before a day, even if it was opened since', async ({ page, synapse, world }) => {
  test.skip(!world.aged, 'The media of a server elsewhere are all new.');
  const { date, beforeTs } = quietDay(world, 350);
  const { userId } = world.users.ada;
  const goes = world.media.filter((item) => item.userId === userId && item.createdTs < beforeTs && !isKept(item));
  expect(goes).toContain(mediaOf(world, 'old-but-opened'));
  const before = await localMedia(synapse);
  await open(page, synapse, date, async () => {
    await page.getByLabel('Uploaded before', { exact: true }).check();
    await page.getByLabel('Only users that I enter').check();
    await page.getByLabel('User ids').fill(userId);
  });
  await confirm(page, goes.length);
  const report = await savedReport(page);
  expect(deletedBy(report).toSorted()).toEqual(ids(goes));
  expect(await localMedia(synapse)).toEqual(without(before, ids(goes)));
});

test('leaves alone what was opened, protected or deleted after the plan was made', async ({ page, synapse, world }) => {
  test.skip(!world.aged, 'The media of a server elsewhere are all new.');
  const { date, beforeTs } = quietDay(world, 200);
  const goes = notOpenedSince(world, beforeTs).filter((item) => !isKept(item));
  const [guarded, gone] = [mediaOf(world, 'of-the-gone'), mediaOf(world, 'posted')];
  expect(goes).toEqual(expect.arrayContaining([guarded, gone]));
  const before = await localMedia(synapse);
  await open(page, synapse, date);
  const { baseUrl, adminToken: token } = synapse;
  await must(baseUrl, path`/_synapse/admin/v1/media/protect/${guarded.mediaId}`, { method: 'POST', token });
  await must(baseUrl, path`/_synapse/admin/v1/media/${world.serverName}/${gone.mediaId}`, { method: 'DELETE', token });
  await confirm(page, goes.length);
  const report = await savedReport(page);
  expect(withStatus(report, 'skipped').map(({ id, reason }) => [mediaId(id), reason])).toEqual(
    expect.arrayContaining([
      [guarded.mediaId, 'Protected since the plan was made.'],
      [gone.mediaId, 'Already deleted.'],
    ]),
  );
  expect(report.counts).toMatchObject({ done: goes.length - 2, skipped: 2, failed: 0, unknown: 0 });
  expect(await localMedia(synapse)).toEqual(without(before, [...deletedBy(report), gone.mediaId]));
});

test('the server’s own sweep, slice by slice, deletes what was planned for each', async ({ page, synapse, world }) => {
  test.skip(!world.aged, 'The sweep would take files of a server that is not ours.');
  const { date, beforeTs } = quietDay(world, 200);
  const goes = notOpenedSince(world, beforeTs).filter((item) => !isKept(item));
  const before = await localMedia(synapse);
  await open(page, synapse, date, async () => {
    await page.getByLabel('Let Synapse delete by date and size').check();
  });
  await confirm(page, goes.length);
  const report = await savedReport(page);
  expect(report.total).toBeGreaterThan(5);
  expect(report.counts).toMatchObject({ done: report.total, failed: 0, unknown: 0, skipped: 0 });
  for (const { reason } of report.items) expect(reason).toMatch(/^Deleted \d+ files?, exactly as planned\.$/);
  const swept = report.items.flatMap((item) => (item.before as { deleted: string[] }).deleted);
  expect(swept.toSorted()).toEqual(ids(goes));
  expect(await localMedia(synapse)).toEqual(without(before, swept));
});

test('empties the remote cache by date, and its counts are the server’s', async ({ page, synapse, world }) => {
  test.skip(!world.aged, 'What a server elsewhere has cached is not known.');
  const { date, beforeTs } = quietDay(world, 150);
  const stays = remoteMedia.filter(({ openedDaysAgo }) => world.now - openedDaysAgo * DAY_MS >= beforeTs);
  expect(stays.length).toBeGreaterThan(0);
  expect(remoteMediaIds(synapse)).toHaveLength(remoteMedia.length);
  const local = await localMedia(synapse);
  await open(page, synapse, date, async () => {
    await page.getByLabel('Remote media cache').check();
  });
  expect(remoteMediaIds(synapse)).toHaveLength(remoteMedia.length);
  const run = page.getByRole('button', { name: /^Delete cached files in \d+ requests$/ });
  const requests = Number(/\d+/.exec(await run.innerText())?.[0]);
  await confirm(page, requests, `Delete cached files in ${requests} requests`);
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ done: report.total, failed: 0, unknown: 0 });
  const deleted = report.items.map(({ reason }) => Number(/^Deleted (\d+) files?\.$/.exec(reason)?.[1]));
  expect(deleted.reduce((sum, count) => sum + count, 0)).toBe(remoteMedia.length - stays.length);
  expect(remoteMediaIds(synapse)).toEqual(stays.map(({ mediaId }) => mediaId).toSorted());
  expect(await localMedia(synapse)).toEqual(local);
});

test('stopped in the middle, the report agrees with the server', async ({ page, synapse, world }) => {
  test.skip(!synapse.own, 'It freezes the server.');
  const { date, beforeTs } = quietDay(world, 100);
  const goes = notOpenedSince(world, beforeTs).filter((item) => !isKept(item));
  const before = await localMedia(synapse);
  await open(page, synapse, date);
  const frozen = atRequest(page, DELETE, 4, () => synapse.own?.freeze());
  await confirm(page, goes.length);
  await frozen;
  await stopForGood(page);
  synapse.own?.thaw();
  const report = await savedReport(page);
  expect(report.counts.done).toBeGreaterThanOrEqual(3);
  expect(report.counts.waiting).toBeGreaterThan(0);
  expect(report.counts).toMatchObject({ failed: 0, unknown: 0, running: 0, skipped: 0 });
  expect(await localMedia(synapse)).toEqual(without(before, deletedBy(report)));
});

test('a token that is revoked in the middle is asked for, and the job goes on to the end', async ({
  page,
  synapse,
  world,
}) => {
  test.skip(!world.aged, 'The media of a server elsewhere are all new.');
  const { date, beforeTs } = quietDay(world, 100);
  const goes = notOpenedSince(world, beforeTs).filter((item) => !isKept(item));
  const before = await localMedia(synapse);
  await open(page, synapse, date);
  const revoked = atRequest(page, DELETE, 4, async () => {
    await logout(synapse.baseUrl, synapse.adminToken);
  });
  await confirm(page, goes.length);
  await revoked;
  const adminToken = await freshToken(synapse);
  await signInAgainAndGoOn(page, adminToken);
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ done: goes.length, failed: 0, unknown: 0, skipped: 0 });
  expect(await localMedia({ ...synapse, adminToken })).toEqual(without(before, ids(goes)));
});

test('the page goes away in the middle and comes back: nothing is lost, and the ledger equals the server', async ({
  page,
  synapse,
  world,
}) => {
  test.skip(!synapse.own, 'It freezes the server.');
  const { date, beforeTs } = quietDay(world, 100);
  const goes = notOpenedSince(world, beforeTs).filter((item) => !isKept(item));
  const before = await localMedia(synapse);
  await open(page, synapse, date);
  const frozen = atRequest(page, DELETE, 4, () => synapse.own?.freeze());
  await confirm(page, goes.length);
  await frozen;
  await crashAndGoOn(page, () => synapse.own?.thaw());
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ failed: 0, unknown: 0, waiting: 0 });
  expect(report.counts.done + report.counts.skipped).toBe(goes.length);
  expect(await localMedia(synapse)).toEqual(without(before, ids(goes)));
});

test('Synapse killed in the middle: verified, the ledger equals the server', async ({ page, synapse, world }) => {
  const { own } = synapse;
  test.skip(!own, 'It kills the server.');
  const { date, beforeTs } = quietDay(world, 100);
  const goes = notOpenedSince(world, beforeTs).filter((item) => !isKept(item));
  const before = await localMedia(synapse);
  await open(page, synapse, date);
  const killed = atRequest(page, DELETE, 4, () => own?.kill());
  await confirm(page, goes.length);
  await killed;
  await expect(page.locator('dt:has-text("unknown") + dd').first()).not.toHaveText('0', { timeout: 60_000 });
  await own?.start();
  await verifyToTheEnd(page);
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ failed: 0, unknown: 0, waiting: 0 });
  expect(deletedBy(report)).toHaveLength(goes.length);
  expect(await localMedia(synapse)).toEqual(without(before, deletedBy(report)));
});
