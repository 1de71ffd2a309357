import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** Changes of one user and of many: a plan, a record, an undo. */

const dialog = (page: Page) => page.getByRole('dialog');
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' });

async function choose(page: Page, userId: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${userId}` }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

test('one user is locked from the list: before and after are shown, it is undone from the notice, and no screen shows old data', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await choose(page, anna.name, 'Lock');
  await expect(dialog(page)).toContainText('Now not locked, then locked.');
  await expect(dialog(page)).toContainText('You can undo this.');
  await seeNoAxeViolation(page, 'the dialog of an action');
  expect(model.log.writes()).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(toast(page)).toContainText(`Lock ${anna.name}: done`);
  expect(anna.locked).toBe(true);
  expect(model.log.writes()).toHaveLength(1);
  const row = page.getByRole('row').filter({ hasText: anna.name });
  await expect(row).toContainText('locked');
  await seeNoAxeViolation(page, 'the notice of an action');

  await toast(page).getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page)).toContainText(`Undo: Lock ${anna.name}: done`);
  expect(anna.locked).toBe(false);
  await expect(row).not.toContainText('locked');
  await toast(page).getByRole('link', { name: 'Open job' }).first().click();
  await expect(page.getByRole('heading', { name: `Undo: Lock ${anna.name}` })).toBeVisible();
  await page.goto(appUrl(paths.jobs()));
  await expect(page.getByRole('link', { name: `Lock ${anna.name}`, exact: true })).toBeVisible();
});

test('an account is deactivated only after its ID was typed; the dialog says what does not come back', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.user(anna.name));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Deactivate' }).click();
  await expect(dialog(page)).toContainText('its rooms, sessions, email addresses and keys do not come back.');
  const go = dialog(page).getByRole('button', { name: 'Deactivate', exact: true });
  await expect(go).toBeDisabled();
  await dialog(page).getByLabel(`Type ${anna.name} to confirm`).fill(anna.name);
  await go.click();
  await expect(toast(page)).toContainText(`Deactivate ${anna.name}: done`);
  expect(anna.deactivated).toBe(true);
  await expect(page.getByText('deactivated', { exact: true }).first()).toBeVisible();
});

test('what an account is already is not offered, and what can’t be done says why', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const closed = addUser(model, { localpart: 'closed', deactivated: true });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await page.getByRole('button', { name: `Actions for ${closed.name}` }).click();
  const lock = page.getByRole('menuitem', { name: 'Lock', exact: false }).filter({ hasText: 'Deactivated accounts' });
  await expect(lock).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('menuitem', { name: 'Unlock' })).toHaveCount(0);
  await seeNoAxeViolation(page, 'the menu of a user');
});

test('a refusal stays in the dialog with the server’s own reason, and is in the record', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  model.faults.next({ match: /^PUT .*v1\/suspend/, answer: '403' });
  await choose(page, anna.name, 'Suspend');
  await dialog(page).getByRole('button', { name: 'Suspend', exact: true }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('M_FORBIDDEN');
  await dialog(page).getByRole('link', { name: 'Open job' }).click();
  await expect(page.getByRole('row').filter({ hasText: anna.name })).toContainText('failed');
  expect(anna.suspended).toBe(false);
});

test('many users are locked from the selection: plan, run and undo, each with exact IDs; what changed since is left alone', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const some = Array.from({ length: 12 }, (_, index) => addUser(model, `member${index}`));
  const closed = addUser(model, { localpart: 'member-closed', deactivated: true });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await page.getByRole('searchbox').fill('member');
  await expect(page.getByText('13 users', { exact: true })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Lock…', exact: true }).click();
  await expect(page.getByRole('radio', { name: /13 users selected in the list/ })).toBeChecked();
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText('Lock 12 users. You can undo this.')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: closed.name })).toContainText('can’t be locked');
  await seeNoAxeViolation(page, 'the review of a bulk change');
  expect(model.log.writes()).toEqual([]);

  await page.getByRole('button', { name: 'Lock 12 users' }).click();
  await expect(page.getByText('Finished', { exact: true })).toBeVisible();
  expect(some.every(({ locked }) => locked)).toBe(true);
  expect(model.log.writes()).toHaveLength(12);

  const [first] = some;
  if (first) first.locked = false;
  await page.getByRole('link', { name: 'Undo 12 changes…' }).click();
  await expect(page.getByRole('button', { name: /^Undo 11 changes/ })).toBeVisible();
  await seeNoAxeViolation(page, 'the plan of an undo');
  await page.getByRole('button', { name: /^Undo 11 changes/ }).click();
  await expect(page.getByText('Finished', { exact: true })).toBeVisible();
  expect(some.some(({ locked }) => locked)).toBe(false);
  expect(model.log.writes()).toHaveLength(23);
});

test('behind MAS and on an old homeserver an action says why it can’t be done', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.bulk('user.lock'));
  await expect(page.getByRole('heading', { name: 'Lock users', exact: true })).toBeVisible();
  await page.goto(appUrl(paths.bulk('nonsense')));
  await expect(page.getByText('This action does not exist')).toBeVisible();
});
