import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** The users list filtered by what Synapse has no filter for, what it hides, and its export: with the requests that each costs. */

const LIST = /\/_synapse\/admin\/v3\/users$/;

const rows = (page: Page): Locator => page.getByRole('table').locator('[role=row][data-index]');
const panel = (page: Page): Locator => page.getByRole('region', { name: 'Read the list' });
const selection = (page: Page): Locator => page.getByRole('region', { name: 'Selection' });
const asked = (model: MockHomeserver): number => model.log.count('GET', LIST);

function crowd(model: MockHomeserver, count: number): void {
  for (let index = 0; index < count; index += 1) {
    addUser(model, { localpart: `u${String(index).padStart(4, '0')}`, creation_ts: 1_600_000_000 + index * 86_400 });
  }
}

test('a filter that Synapse lacks says so, reads nothing unasked, and then shows all that match', async ({
  page,
  model,
  homeserverUrl,
}) => {
  crowd(model, 2500);
  addUser(model, { localpart: 'ghost', displayname: 'Ghost', shadow_banned: true });
  addUser(model, { localpart: '_irc_ghost', shadow_banned: true });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await expect(rows(page).first()).toBeVisible();
  expect(asked(model)).toBe(1);
  await page.getByRole('button', { name: 'More filters' }).click();
  await expect(page.getByRole('link', { name: 'Scan users…' })).toBeVisible();
  await seeNoAxeViolation(page, 'the filters that need a reading');
  await page.getByLabel('Shadow-banned').selectOption('Shadow-banned');
  await expect(panel(page)).toContainText('Your filter: shadow-banned.');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('table')).toHaveCount(0);
  expect(asked(model)).toBe(1);
  await seeNoAxeViolation(page, 'the list before it is read');

  await panel(page).getByRole('button', { name: 'Read the list' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(['@ghost:demo.example']);
  await expect(page.getByText('1 bridged user is hidden.')).toBeVisible();
  // 2,503 users, 1,000 a page.
  expect(asked(model)).toBe(4);

  // Other filters of the kind, another order and the pages of the result ask for nothing more.
  await page.getByRole('button', { name: 'Hide bridged users' }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.goto(appUrl(`${paths.users()}?shadow_banned=none&bridged=any&size=25&page=3`));
  await expect(page.getByText('51–75 of 2,501 users')).toBeVisible();
  expect(asked(model)).toBe(4);
  expect(model.log.writes()).toEqual([]);
});

test('all that match a filter that Synapse lacks go into a job by their IDs', async ({
  page,
  model,
  homeserverUrl,
}) => {
  crowd(model, 60);
  for (const localpart of ['ghost.a', 'ghost.b', 'ghost.c']) addUser(model, { localpart, shadow_banned: true });
  for (let index = 0; index < 30; index += 1)
    addUser(model, { localpart: `ghost.${100 + index}`, shadow_banned: true });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.users()}?shadow_banned=only&size=25`);
  await panel(page).getByRole('button', { name: 'Read the list' }).click();
  await expect(page.getByText('1–25 of 33 users')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await selection(page).getByRole('button', { name: 'Select all 33 that match' }).click();
  await expect(selection(page)).toContainText('All 33 that match are selected');
  await selection(page).getByRole('button', { name: 'Remove external IDs…' }).click();
  await expect(page.getByRole('radio', { name: 'Only the 33 users selected in the list' })).toBeChecked();
});

test('accounts created between two days are found without reading the whole list', async ({
  page,
  model,
  homeserverUrl,
}) => {
  crowd(model, 3000);
  // Day 1,000 is 10 June 2023.
  await signIn(page, homeserverUrl, model.adminToken, `${paths.users()}?created_from=2023-06-01&created_to=2023-06-30`);
  await expect(panel(page)).toContainText('created from 2023-06-01 to 2023-06-30');
  expect(asked(model)).toBe(0);
  await panel(page).getByRole('button', { name: 'Read the list' }).click();
  await expect(page.getByText('30 users', { exact: true })).toBeVisible();
  expect(asked(model)).toBeLessThan(18);
});

test('a reading can be cancelled, and one that failed says why and resumes', async ({ page, model, homeserverUrl }) => {
  crowd(model, 2500);
  const answer = Promise.withResolvers<void>();
  await signIn(page, homeserverUrl, model.adminToken, `${paths.users()}?seen=unknown`);
  model.faults.next({ match: /v3\/users/, answer: 'slow', until: answer.promise });
  await panel(page).getByRole('button', { name: 'Read the list' }).click();
  await panel(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(panel(page).getByRole('button', { name: 'Read the list' })).toBeVisible();
  answer.resolve();

  // The second page is refused: what was read before is kept.
  model.faults.next({ match: /from=999/, answer: '403' });
  await panel(page).getByRole('button', { name: 'Read the list' }).click();
  await expect(page.getByRole('alert')).toContainText('Refused by a policy of this homeserver');
  await expect(page.getByRole('table')).toHaveCount(0);
  model.log.clear();
  await panel(page).getByRole('button', { name: 'Resume reading' }).click();
  await expect(page.getByText('1–100 of 2,500 users')).toBeVisible();
  expect(asked(model)).toBe(2);
});

test('what was read says so once a job has changed a user, and is read again only at a click', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const ghost = addUser(model, { localpart: 'ghost', shadow_banned: true }).name;
  await signIn(page, homeserverUrl, model.adminToken, `${paths.users()}?shadow_banned=only`);
  await panel(page).getByRole('button', { name: 'Read the list' }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: `Actions for ${ghost}` }).click();
  await page.getByRole('menuitem', { name: 'Lift shadow-ban' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lift shadow-ban' }).click();
  await expect(page.getByText(/^Users may have changed since/)).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  expect(asked(model)).toBe(1);
  await page.getByRole('button', { name: 'Read it again' }).click();
  await expect(rows(page)).toHaveCount(0);
  expect(asked(model)).toBe(2);
  await expect(page.getByText(/^Users may have changed since/)).toHaveCount(0);
});

test('bridged users and guests are hidden, and the list says how many', async ({ page, model, homeserverUrl }) => {
  crowd(model, 110);
  for (let index = 0; index < 3; index += 1) addUser(model, { localpart: `_irc_${index}`, creation_ts: 1_700_000_000 });
  addUser(model, { localpart: '_irc_old', creation_ts: 1_500_000_000 });
  addUser(model, { localpart: '4711', is_guest: true });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  const hidden = page.getByRole('group', { name: 'Hidden users' });
  await expect(hidden).toContainText('3 bridged users on this page are hidden.');
  await expect(page.getByText('@_irc_1:')).toHaveCount(0);
  expect(asked(model)).toBe(1);
  await hidden.getByRole('button', { name: 'Count them' }).click();
  await expect(hidden).toContainText('1 guest is hidden.');
  expect(asked(model)).toBe(3);

  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await selection(page).getByRole('button', { name: 'Select all that match (at most 115)' }).click();
  await selection(page).getByRole('button', { name: 'Join to rooms…' }).click();
  await expect(page.getByRole('radio', { name: /no bridged users/ })).toBeChecked();

  await page.goto(appUrl(paths.users()));
  await hidden.getByRole('button', { name: 'Find them on all pages…' }).click();
  await panel(page).getByRole('button', { name: 'Read the list' }).click();
  await expect(page.getByText('4 bridged users are hidden.')).toBeVisible();
  await expect(page.getByText('1–100 of 111 users')).toBeVisible();
  await page.getByRole('button', { name: 'Hide bridged users' }).click();
  await expect(page.getByText('1–100 of 115 users')).toBeVisible();
});

for (const format of ['CSV', 'JSON'] as const) {
  test(`${format}: all that match are exported, whatever page is shown`, async ({ page, model, homeserverUrl }) => {
    crowd(model, 1500);
    addUser(model, { localpart: '_irc_bob' });
    await signIn(page, homeserverUrl, model.adminToken, `${paths.users()}?size=25&page=2`);
    await expect(rows(page).first()).toBeVisible();
    model.log.clear();
    await page.getByRole('button', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export users' });
    await dialog.getByRole('radio', { name: format }).check();
    await seeNoAxeViolation(page, 'the export');
    expect(asked(model)).toBe(0);
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Read and download' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    await expect(dialog.getByText('1,501 users exported')).toBeVisible();
    expect(asked(model)).toBe(2);
    expect(text).not.toContain(model.adminToken);
    if (format === 'JSON') expect(JSON.parse(text)).toMatchObject({ count: 1501, may_be_missing: 0 });
    else expect(text.trimEnd().split('\r\n')).toHaveLength(1502);
  });
}
