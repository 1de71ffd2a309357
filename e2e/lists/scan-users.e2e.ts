import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addDevice, addMedia, addUser } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { PHONE } from '../app/visits.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** Scanning users: from the first click to a change of all that match, over reloads and between accounts. */

const table = (page: Page): Locator => page.getByRole('table', { name: 'Scanned users' });
const start = (page: Page): Locator => page.getByRole('button', { name: /^Scan [\d,]+ users$/ });
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });
const EACH = /\/v2\/users\/[^/]+$/;

/** 60 users; every third is suspended, every fourth has an email address. */
function crowd(model: MockHomeserver): void {
  for (let index = 0; index < 60; index += 1) {
    const address = { medium: 'email' as const, address: `u${index}@old.example`, validated_at: 1, added_at: 1 };
    const user = addUser(model, {
      localpart: `u${index}`,
      suspended: index % 3 === 0,
      threepids: index % 4 === 0 ? [address] : [],
    });
    if (index === 5) for (let count = 0; count < 11; count += 1) addDevice(model, user);
    if (index === 6) addMedia(model, { user_id: user.name, media_length: 2_000_000 });
  }
}

test('finds users by what only a scan knows, and changes all that match', async ({ page, model, homeserverUrl }) => {
  crowd(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.scanUsers());
  await expect(page.getByText('61 users: about 124 requests.')).toBeVisible();
  expect(model.log.count('GET', EACH)).toBe(1);
  await seeNoAxeViolation(page, 'the form of a scan');
  model.log.clear();
  await start(page).click();
  await expect(page.getByText('61 users scanned')).toBeVisible();
  expect([model.log.count('GET', EACH), model.log.count('GET', /devices$/)]).toEqual([61, 61]);
  expect(model.log.writes()).toEqual([]);

  await page.getByLabel('Sessions over').fill('10');
  await expect(page.getByText('1 of 61 users')).toBeVisible();
  await expect(table(page)).toContainText('@u5:demo.example');
  await page.getByLabel('Sessions over').fill('');
  await page.getByLabel('Storage over').fill('1 MB');
  await expect(table(page)).toContainText('@u6:demo.example');
  await page.getByLabel('Storage over').fill('');
  await page.getByLabel('Suspended').selectOption('Suspended');
  await page.getByLabel('Email', { exact: true }).selectOption('No address');
  await expect(page.getByText('15 of 61 users')).toBeVisible();
  expect(page.url()).toContain('suspended=yes&email=none');
  await seeNoAxeViolation(page, 'a scan');
  await page.setViewportSize(PHONE);
  await seeNoSidewaysScrolling(page, 'a scan');
  await page.setViewportSize({ width: 1280, height: 800 });

  const downloading = page.waitForEvent('download');
  await button(page, 'Export').click();
  await page.getByRole('menuitem', { name: 'CSV of 15 users' }).click();
  const lines = (await readFile(await (await downloading).path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(16);

  await page.getByRole('checkbox', { name: 'Select all that match' }).check();
  await expect(page.getByText('All 15 that match are selected')).toBeVisible();
  // Meanwhile one is as the job would make them: the plan sees that.
  const u3 = model.state.users.get('@u3:demo.example');
  if (u3) u3.locked = true;
  await button(page, 'More').last().click();
  await page.getByRole('menuitem', { name: 'Lock…', exact: true }).click();
  await expect(page.getByText('the 15 users selected in the list', { exact: false })).toBeVisible();
  await button(page, 'Review').click();
  await expect(page.getByText(/14 will change/)).toBeVisible();
});

test('is there after a reload with its age and the filter of the URL, until it is deleted', async ({
  page,
  model,
  homeserverUrl,
}) => {
  crowd(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.scanUsers());
  await start(page).click();
  await expect(page.getByText('61 users scanned')).toBeVisible();
  await page.getByLabel('Suspended').selectOption('Suspended');
  await expect(page.getByText('20 of 61 users')).toBeVisible();
  model.log.clear();
  await page.reload();
  await expect(page.getByText('20 of 61 users')).toBeVisible();
  await expect(page.getByText('61 users scanned')).toBeVisible();
  expect(model.log.count('GET', EACH)).toBe(0);

  await button(page, 'Delete…').click();
  await button(page, 'Delete scan').click();
  await expect(start(page)).toBeVisible();
  await page.reload();
  await expect(start(page)).toBeVisible();
  await expect(table(page)).toHaveCount(0);
});

test('keeps what was read when its page is reloaded, and reads only the others afterwards', async ({
  page,
  model,
  homeserverUrl,
}) => {
  crowd(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.scanUsers());
  await page.getByRole('checkbox', { name: 'How many sessions' }).uncheck();
  // Slow enough to be reloaded in the middle.
  model.latencyMs = 250;
  await start(page).click();
  await expect(page.getByText('Reading each user: one request per user.')).toBeVisible();
  await expect.poll(() => model.log.count('GET', EACH), { timeout: 30_000 }).toBeGreaterThan(25);
  await page.reload();
  model.latencyMs = 0;
  await expect(page.getByText(/^Partial: \d+ of 61 users read$/)).toBeVisible();
  const others = Number(/\d+/.exec((await button(page, /^Read the other/).textContent()) ?? '')?.[0]);
  expect(others).toBeGreaterThan(0);
  expect(others).toBeLessThan(61);
  model.log.clear();
  await button(page, /^Read the other/).click();
  await expect(page.getByText('61 users scanned')).toBeVisible();
  await expect(page.getByText(/^Partial/)).toHaveCount(0);
  expect(model.log.count('GET', EACH)).toBe(others);
});

test('is never shown to another account of the same browser', async ({ page, model, homeserverUrl }) => {
  crowd(model);
  const other = addUser(model, { localpart: 'other', admin: true });
  await signIn(page, homeserverUrl, model.adminToken, paths.scanUsers());
  await start(page).click();
  await expect(page.getByText('62 users scanned')).toBeVisible();
  await button(page, 'Account').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Access token')).toBeVisible();
  await signIn(page, homeserverUrl, model.issueToken(other.name), paths.scanUsers());
  await page.goto(appUrl(paths.scanUsers()));
  await expect(start(page)).toBeVisible();
  await expect(table(page)).toHaveCount(0);
});

test('is deleted on signing out where that is chosen', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.scanUsers());
  await button(page, 'Scan 1 user').click();
  await expect(page.getByText('1 user scanned')).toBeVisible();
  await button(page, 'Account').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('checkbox', { name: /^Also delete the scan of users of/ }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  // It leads to the first page once the scan is deleted.
  await expect(page.getByLabel('Access token')).toBeVisible();
  await signIn(page, homeserverUrl, model.adminToken, paths.scanUsers());
  await expect(button(page, 'Scan 1 user')).toBeVisible();
});

test.describe('behind MAS', () => {
  test.use({
    // Playwright asks for a destructured first argument, even an empty one.
    // oxlint-disable-next-line no-empty-pattern
    model: async ({}, use) => use(new MockHomeserver({ mas: true })),
  });
  test('a filter by email address says that MAS keeps the addresses', async ({ page, model, homeserverUrl }) => {
    await signIn(page, homeserverUrl, model.adminToken, paths.scanUsers());
    await button(page, 'Scan 1 user').click();
    await expect(page.getByText('1 user scanned')).toBeVisible();
    const note = page.getByText('keeps the email addresses and external IDs of this homeserver’s users.');
    await expect(note).toHaveCount(0);
    await page.getByLabel('Email', { exact: true }).selectOption('No address');
    await expect(note).toBeVisible();
  });
});
