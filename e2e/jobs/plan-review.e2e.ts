import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** A review runs what is left in, and nothing else. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const row = (page: Page, userId: string) => page.getByRole('row').filter({ hasText: userId });
const include = (page: Page, userId: string) => page.getByRole('checkbox', { name: `Include ${userId}` });

const crowd = (model: MockHomeserver, count: number) =>
  Array.from({ length: count }, (_, index) => addUser(model, `u${10 + index}`));

async function review(page: Page, kind: string, users: readonly { name: string }[]): Promise<void> {
  await page.evaluate((to) => (location.hash = to), paths.bulk(kind));
  await page.getByRole('textbox', { name: 'Users' }).fill(users.map(({ name }) => name).join('\n'));
  await button(page, 'Review').click();
  await expect(page.getByRole('checkbox', { name: 'Include all items shown' })).toBeVisible();
}

async function download(page: Page, press: () => Promise<void>): Promise<string> {
  const downloading = page.waitForEvent('download');
  await press();
  return readFile(await (await downloading).path(), 'utf8');
}

test('promise 2: items that are left out stay as they are, in the sentence, the button, the files and the scripts', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const users = crowd(model, 8);
  const [first, second, third, , , last] = users.map(({ name }) => name);
  if (!first || !second || !third || !last) throw new Error('no users');
  await signIn(page, homeserverUrl, model.adminToken);
  await review(page, 'user.lock', users);
  await expect(page.getByText('Lock 8 users. You can undo this.')).toBeVisible();

  await include(page, first).uncheck();
  await expect(row(page, first)).toContainText('left out');
  await expect(page.getByText('Lock 7 users. You can undo this.')).toBeVisible();
  // With Shift: every row from the one before to this one.
  await include(page, third).click({ modifiers: ['Shift'] });
  await expect(include(page, second)).not.toBeChecked();
  await expect(button(page, 'Lock 5 users')).toBeVisible();
  await include(page, second).check();
  await expect(button(page, '2 left out')).toBeVisible();

  // A page of what a row names is a look aside: coming back, the choice is as it was.
  await row(page, first).getByRole('link', { name: first }).click();
  await expect(page).toHaveURL(/#\/users\/./);
  await page.goBack();
  await expect(include(page, first)).not.toBeChecked();

  await button(page, 'Download plan').click();
  const csv = await download(page, () => page.getByRole('menuitem', { name: /CSV$/ }).click());
  expect(csv.split('\r\n').filter((line) => line.includes('left out'))).toHaveLength(2);
  expect(csv.split('\r\n').filter((line) => line.includes('will change'))).toHaveLength(6);
  await button(page, 'Copy as a script').click();
  const script = await download(page, () => button(page, /^Save/).click());
  expect(users.filter(({ name }) => script.includes(name)).map(({ name }) => name)).toEqual(
    users.map(({ name }) => name).filter((name) => name !== first && name !== third),
  );
  await page.keyboard.press('Escape');

  // All that are shown, and no other.
  await page.getByLabel('Search the plan').fill(last);
  await page.getByRole('checkbox', { name: 'Include all items shown' }).uncheck();
  await page.getByLabel('Search the plan').fill('');
  await expect(include(page, last)).not.toBeChecked();
  await expect(include(page, second)).toBeChecked();
  expect(model.log.writes()).toEqual([]);

  await button(page, 'Lock 5 users').click();
  await expect(page.getByRole('heading', { name: 'Lock 5 users' })).toBeVisible();
  await expect.poll(() => users.filter(({ locked }) => locked).length).toBe(5);
  expect(users.filter(({ locked }) => !locked).map(({ name }) => name)).toEqual([first, third, last]);
  expect(model.log.writes()).toHaveLength(5);
});

test('what can’t be undone runs only after its number was typed beside the button; a wrong number is reported', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const users = crowd(model, 12);
  const [first] = users;
  if (!first) throw new Error('no users');
  await signIn(page, homeserverUrl, model.adminToken);
  await review(page, 'user.deactivate', users);
  const bar = page.getByRole('status').filter({ hasText: /^(Type|The plan has|Every item)/ });
  const run = button(page, 'Deactivate 12 users');
  await expect(run).toHaveAttribute('aria-disabled', 'true');
  await expect(bar).toHaveText('Type 12 to confirm.');
  const number = page.getByLabel('Type 12 to confirm');
  // On the way to the number nothing is wrong yet.
  await number.fill('1');
  await expect(bar).toHaveText('Type 12 to confirm.');
  await number.press('Enter');
  await expect(bar).toHaveText('The plan has 12 users, not 1.');
  await number.fill('13');
  await expect(bar).toHaveText('The plan has 12 users, not 13.');
  await number.press('Enter');
  await number.fill('12');
  await expect(run).not.toHaveAttribute('aria-disabled', 'true');

  // A number that was typed before is not the number of what is left in now.
  await include(page, first.name).uncheck();
  await expect(button(page, 'Deactivate 11 users')).toHaveAttribute('aria-disabled', 'true');
  await expect(bar).toHaveText('The plan has 11 users, not 12.');
  await page.getByRole('checkbox', { name: 'Include all items shown' }).check();
  await page.getByRole('checkbox', { name: 'Include all items shown' }).uncheck();
  await expect(bar).toHaveText('Every item is left out.');
  await include(page, first.name).check();
  expect(model.log.writes()).toEqual([]);
  const one = page.getByLabel('Type 1 to confirm');
  await one.fill('1');
  await one.press('Enter');
  await expect.poll(() => users.filter(({ deactivated }) => deactivated).map(({ name }) => name)).toEqual([first.name]);
  expect(model.log.writes()).toHaveLength(1);
});

test('what was entered for all items stands beside the last click', async ({ page, model, homeserverUrl }) => {
  const users = crowd(model, 2);
  await signIn(page, homeserverUrl, model.adminToken);
  await page.evaluate((to) => (location.hash = to), paths.bulk('user.redact'));
  await page.getByRole('textbox', { name: 'Users' }).fill(users.map(({ name }) => name).join('\n'));
  await page.getByLabel('Only in these rooms').fill('!one:demo.example\n!two:demo.example');
  await page.getByLabel('Sent on or after').fill('2026-11-01');
  await page.getByLabel('Reason').fill('Spam');
  await button(page, 'Review').click();
  const entered = page.locator('section').filter({ has: page.getByRole('heading', { name: 'What you entered' }) });
  await expect(entered.getByRole('region', { name: 'Only in these rooms' })).toContainText('!two:demo.example');
  await expect(entered).toContainText('Sent on or after2026-11-01');
  await expect(entered).toContainText('Sent on or beforeempty');
  await expect(entered).toContainText('ReasonSpam');
  await expect(entered).toContainText('Redact as yourselfno');
  await expect(page.getByText('Only messages sent on 2026-11-01 or later.')).toBeVisible();
});
